import { useEffect, useRef } from 'preact/hooks';
import type { VisitorConversation } from '../../shared/conversation.ts';
import css from './conversation-rows.css?inline';
import { Face } from './face.tsx';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';

interface ConversationRowsProps {
  conversations: readonly VisitorConversation[];
  business: string;
  /** Something was said since the previews were fetched. */
  onStale: () => void;
  onChoose: (conversationId: string) => void;
}

export function ConversationRows({ conversations, business, onStale, onChoose }: ConversationRowsProps) {
  const { t } = useSpeech();
  const page = useRef<HTMLDivElement>(null);
  useStyle(page, css);
  const said = conversations.reduce((sum, { lastSeq }) => sum + lastSeq, 0);
  useEffect(() => void onStale(), [said, onStale]);
  useEffect(() => {
    // A list that stands as it stood on the page before takes no focus from that page.
    if (navigator.userActivation?.hasBeenActive !== false) page.current?.querySelector<HTMLElement>('.row')?.focus();
  }, []);
  return (
    <div ref={page} class="page">
      <h3>{t('conversations')}</h3>
      <ul>
        {conversations.map((conversation) => (
          <ConversationRow key={conversation.id} conversation={conversation} business={business} onChoose={onChoose} />
        ))}
      </ul>
    </div>
  );
}

interface ConversationRowProps {
  conversation: VisitorConversation;
  business: string;
  onChoose: (conversationId: string) => void;
}

function ConversationRow({ conversation, business, onChoose }: ConversationRowProps) {
  const { t, times } = useSpeech();
  const { id, lastSeq, assignee, lastMessage: last } = conversation;
  const isUnread = lastSeq > conversation.visitorReadSeq && last !== undefined && last.author.kind !== 'visitor';
  return (
    <li>
      <button type="button" class="row" data-unread={isUnread || undefined} onClick={() => onChoose(id)}>
        <Face name={assignee?.name ?? business} url={assignee?.avatarUrl} size="large" />
        <span class="row-text">
          <span class="row-name">
            <bdi>{assignee?.name ?? business}</bdi>
          </span>
          <span class="row-last">
            <bdi>{last ? last.text || (last.fileName && `📎 ${last.fileName}`) : t('noPreview')}</bdi>
          </span>
        </span>
        <span class="row-side">
          {last && <time dateTime={new Date(last.createdAt).toISOString()}>{times.short(last.createdAt)}</time>}
          {conversation.status === 'resolved' && <span class="row-status">{t('ended')}</span>}
          {isUnread && <span class="unseen">{t('unreadBadge', { count: 1 })}</span>}
        </span>
      </button>
    </li>
  );
}
