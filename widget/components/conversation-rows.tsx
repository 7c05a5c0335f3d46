import { useEffect, useRef, useState } from 'preact/hooks';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import css from './conversation-rows.css?inline';
import { Face } from './face.tsx';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';

interface ConversationRowsProps {
  conversations: readonly VisitorConversation[];
  business: string;
  /** Fetches the newest message of a conversation. */
  preview: (conversationId: string) => Promise<Message | null>;
  onChoose: (conversationId: string) => void;
}

export function ConversationRows({ conversations, business, preview, onChoose }: ConversationRowsProps) {
  const { t } = useSpeech();
  const page = useRef<HTMLDivElement>(null);
  useStyle(page, css);
  return (
    <div ref={page} class="page">
      <h3>{t('conversations')}</h3>
      <ul>
        {conversations.map((conversation) => (
          <ConversationRow key={conversation.id} conversation={conversation} business={business} preview={preview} onChoose={onChoose} />
        ))}
      </ul>
    </div>
  );
}

function ConversationRow({
  conversation,
  business,
  preview,
  onChoose,
}: { conversation: VisitorConversation } & Omit<ConversationRowsProps, 'conversations'>) {
  const { t, times } = useSpeech();
  const [last, setLast] = useState<Message | null>(null);
  const { id, lastSeq, assignee } = conversation;
  useEffect(() => {
    let isGone = false;
    void preview(id).then((message) => !isGone && setLast(message));
    return () => {
      isGone = true;
    };
  }, [id, lastSeq, preview]);
  const isUnread = lastSeq > conversation.visitorReadSeq && last !== null && last.author.kind !== 'visitor';
  return (
    <li>
      <button type="button" class="row" data-unread={isUnread || undefined} onClick={() => onChoose(id)}>
        <Face name={assignee?.name ?? business} url={assignee?.avatarUrl} size="large" />
        <span class="row-text">
          <span class="row-name">
            <bdi>{assignee?.name ?? business}</bdi>
          </span>
          <span class="row-last">
            <bdi>{last ? last.text || `📎 ${last.attachments[0]?.name}` : t('noPreview')}</bdi>
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
