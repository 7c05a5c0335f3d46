import type { ComponentChildren, RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { contactName } from '../contacts/contact-name.ts';
import type { Draft } from '../messages/drafts.ts';
import { mentionsIn } from '../messages/mention-text.ts';
import { MessageHistory } from '../messages/message-history.tsx';
import { ReplyComposer } from '../messages/reply-composer.tsx';
import { takenBack } from '../messages/taken-back.ts';
import { errorText } from '../texts/error-text.ts';
import { fetchShelf, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { late } from '../ui/late.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { AdvicePlace, AdviceSwitch } from './advice-place.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import styles from './conversation-pane.module.css';
import type { Desk } from './desk.ts';
import { FindBar } from './find-bar.tsx';
import { useFindKey, useTarget } from './find-target.ts';
import { pendingMacro, quickSource } from './macro-actions.ts';
import { PriorityMenu } from './priority-menu.tsx';
import { TagEditor } from './tag-editor.tsx';
import { useNaming } from './use-naming.ts';
import { ReplyingWarning, ViewerFaces } from './viewers-line.tsx';

const ChatTickets = late(async () => {
  const [{ ChatTickets }] = await Promise.all([import('../tickets/chat-tickets.tsx'), fetchShelf('tickets')]);
  return ChatTickets;
});

export interface Rights {
  mayReply: boolean;
  mayAssign: boolean;
  mayEditContacts: boolean;
}

interface ConversationPaneProps {
  desk: Desk;
  conversationId: string;
  rights: Rights;
  /** Which of those that lie open; null for the only one. */
  place: number | null;
  /** The one that the keys are about, and whose messages count as read when they are in sight. */
  isInFocus: boolean;
  backHref: string;
  fileButton: ComponentChildren;
  /** To keep it open, and to close it. */
  deckButtons: ComponentChildren;
  onClose: () => void;
  /** From the address: the message to be shown. */
  messageSeq?: number | null;
}

/** One conversation, whole: who, what was said, and the composer. Several of them may stand side by side. */
export function ConversationPane({
  desk,
  conversationId,
  rights,
  place,
  isInFocus,
  backHref,
  fileButton,
  deckButtons,
  onClose,
  messageSeq = null,
}: ConversationPaneProps) {
  useEffect(() => {
    desk.openConversation(conversationId);
    return () => desk.leaveConversation(conversationId);
  }, [desk, conversationId]);
  const conversation = useMemo(() => desk.conversation(conversationId), [desk, conversationId]);
  const onSeen = useCallback((seq: number) => conversation.read(seq), [conversation]);
  const summary = desk.list.summaries.value.get(conversationId);
  const pending = desk.courier.pending.value;
  const waiting = useMemo(() => pending.filter((message) => message.conversationId === conversationId), [pending, conversationId]);
  const draft = desk.drafts.of(conversationId).value;
  const paneRef = useRef<HTMLElement>(null);
  const [isFinding, setIsFinding] = useState(false);
  const [target, setTarget] = useTarget(messageSeq);
  useFindKey(paneRef, isInFocus, () => setIsFinding(true));
  const focusRequest = useFocusWish(desk, conversationId, paneRef);
  const naming = useNaming(desk, conversationId);

  if (conversation.phase.value === 'failed') {
    return <NotOpened desk={desk} conversationId={conversationId} backHref={backHref} onClose={onClose} />;
  }
  if (!summary) {
    return (
      <div class={styles.pane}>
        <Skeleton rows={5} hasAvatar label={t('state.loading')} />
      </div>
    );
  }

  const held = desk.me.value?.permissions ?? [];
  const inSight = () => conversation.messages.transcript.value.messages.at(-1)?.seq ?? summary.lastSeq;
  const change = (changed: Draft) => {
    const { text, files, seenSeq } = desk.drafts.of(conversationId).value;
    desk.drafts.set(conversationId, {
      ...changed,
      seenSeq: (text === '' && !files?.length) || seenSeq === undefined ? inSight() : seenSeq,
    });
    conversation.typed(changed.text.trim() !== '', changed.visibility);
  };
  /** The agent has been told of the colleague's answer: what is being written is written with it in sight. */
  const knowOfAnswer = () => {
    const held = desk.drafts.of(conversationId).value;
    if (held.text !== '') desk.drafts.set(conversationId, { ...held, seenSeq: inSight() });
  };
  const send = ({ text, visibility, files, seenSeq, named = [], isWhisper, macro }: Draft, { isResolving }: { isResolving: boolean }) => {
    try {
      const mentions = visibility === 'internal' ? mentionsIn(text, named) : [];
      const run = pendingMacro(desk, conversationId, macro);
      desk.send(conversationId, text, visibility, { isResolving, seenSeq, files, mentions, isWhisper, macro: run });
      // What was resolved is no place to go on typing.
      if (isResolving) paneRef.current?.querySelector<HTMLElement>('[data-heading]')?.focus();
      return true;
    } catch {
      showToast({ text: t('toast.storageFull'), tone: 'problem' });
      return false;
    }
  };
  const stopFinding = () => {
    setIsFinding(false);
    setTarget(null);
    paneRef.current?.querySelector<HTMLElement>('[data-find]')?.focus();
  };
  const edit = (id: string) => {
    const message = desk.courier.discard(id);
    if (!message) return;
    knowOfAnswer();
    change(takenBack(message, draft));
  };

  return (
    <section ref={paneRef} class={styles.pane} aria-label={paneLabel(contactName(summary.contact), place)}>
      <ConversationHeader
        desk={desk}
        summary={summary}
        backHref={backHref}
        mayAssign={rights.mayAssign}
        mayReply={rights.mayReply}
        isInFocus={isInFocus}
        fileButton={fileButton}
        deckButtons={deckButtons}
        isFinding={isFinding}
        onFind={() => (isFinding ? stopFinding() : setIsFinding(true))}
      />
      {isFinding && <FindBar http={desk.http} conversationId={conversationId} onTarget={setTarget} onClose={stopFinding} />}
      <div class={styles.strip}>
        <PriorityMenu desk={desk} summary={summary} mayEdit={rights.mayReply} />
        <TagEditor desk={desk} summary={summary} mayEdit={rights.mayReply} />
        {held.includes('tickets:view') && (
          <ChatTickets
            key={conversationId}
            desk={desk}
            conversationId={conversationId}
            contactId={summary.contact.id}
            mayEdit={held.includes('tickets:edit')}
          />
        )}
        <ViewerFaces desk={desk} viewers={conversation.viewers.value} />
      </div>
      {conversation.phase.value === 'opening' ? (
        <div class={styles.opening}>
          <Skeleton rows={4} hasAvatar label={t('state.loading')} />
        </div>
      ) : (
        <MessageHistory
          key={conversationId}
          state={conversation.messages}
          pending={waiting}
          agentId={desk.agentId}
          contactName={contactName(summary.contact)}
          contactId={summary.contact.id}
          isNameless={summary.contact.name === null}
          visitorReadSeq={summary.visitorReadSeq}
          preview={conversation.preview.value}
          uploads={desk.uploads}
          isInFocus={isInFocus}
          onSeen={onSeen}
          target={target}
          onRetry={(id) => desk.courier.retry(id)}
          onSendAnyway={(id) => {
            knowOfAnswer();
            desk.courier.retry(id, { isUnguarded: true });
          }}
          onEdit={edit}
          onDiscard={(id) => {
            knowOfAnswer();
            desk.courier.discard(id);
          }}
        />
      )}
      <ReplyingWarning desk={desk} viewers={conversation.viewers.value} />
      <AdvicePlace
        desk={desk}
        conversationId={conversationId}
        draft={draft}
        onChange={change}
        mayReply={rights.mayReply}
        isInFocus={isInFocus}
      />
      <ReplyComposer
        uploads={desk.uploads}
        draft={draft}
        onChange={change}
        onSend={send}
        focusRequest={focusRequest}
        mayReply={rights.mayReply}
        naming={naming}
        whisperTo={summary.assigneeId === desk.agentId ? null : (desk.colleagues.agents.value.get(summary.assigneeId ?? '')?.name ?? null)}
        quick={quickSource(desk, summary)}
        adviceSwitch={<AdviceSwitch desk={desk} />}
      />
    </section>
  );
}

/** Two customers may have one name: the number, which is also the key that goes there, tells them apart. */
function paneLabel(name: string, place: number | null): string {
  return place === null ? t('conversation.with', { name }) : t('deck.pane', { place, name });
}

/** Sends the focus where it was wished to. Returns the request for the composer, 0 while there is none. */
function useFocusWish({ deck }: Desk, id: string, pane: RefObject<HTMLElement | null>): number {
  const wish = deck.focusWish.value;
  const mine = wish?.id === id ? wish : null;
  useLayoutEffect(() => {
    if (!mine || !pane.current) return;
    const composer = pane.current.querySelector('[data-composer]');
    if (mine.part === 'heading' || !composer) pane.current.querySelector<HTMLElement>('[data-heading]')?.focus();
    deck.wishGranted();
  });
  return mine?.part === 'composer' ? mine.turn : 0;
}

interface NotOpenedProps {
  desk: Desk;
  conversationId: string;
  backHref: string;
  onClose: () => void;
}

function NotOpened({ desk, conversationId, backHref, onClose }: NotOpenedProps) {
  const code = desk.conversation(conversationId).failure.value ?? 'internal';
  // `invalid`: what stands in the address cannot be the id of a conversation.
  const isMissing = code === 'not-found' || code === 'invalid';
  return (
    <section class={styles.notOpened}>
      <EmptyState icon="circle-alert" tone="problem" title={isMissing ? t('conversation.notFound') : errorText({ code })}>
        {isMissing ? (
          <a href={backHref} onClick={onClose}>
            {t('conversation.back')}
          </a>
        ) : (
          <Button onClick={() => desk.reopenFailed(conversationId)}>{t('action.retry')}</Button>
        )}
      </EmptyState>
    </section>
  );
}
