import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../shared/message.ts';
import { t } from '../texts/texts.ts';
import { formatTime } from '../ui/format.ts';
import { authorName } from './message-row.tsx';
import { noticeText } from './notice-text.ts';

interface MessageAnnouncerProps {
  messages: readonly Message[];
  agentId: string;
  contactName: string;
}

/** Says each message of others that comes while the conversation is open, once, to who listens instead of looking. */
export function MessageAnnouncer({ messages, agentId, contactName }: MessageAnnouncerProps) {
  const [announced, setAnnounced] = useState<readonly Message[]>([]);
  const lastSeq = useRef<number | null>(null);
  const newest = messages.at(-1);
  useEffect(() => {
    const known = lastSeq.current;
    if (newest) lastSeq.current = newest.seq;
    if (known === null || !newest || newest.seq <= known) return;
    setAnnounced(messages.filter((message) => message.seq > known && message.author.id !== agentId));
  }, [newest, messages, agentId]);
  return (
    <div class="visually-hidden" role="log" aria-live="polite" aria-label={t('transcript.news')}>
      {announced.map((message) => (
        <p key={message.id}>
          {message.author.kind === 'system'
            ? noticeText(message)
            : t('transcript.announced', {
                name: authorName(message, agentId, contactName),
                time: formatTime(message.createdAt),
                text: [message.text, ...message.attachments.map(({ name }) => name)].filter(Boolean).join(', '),
              })}
        </p>
      ))}
    </div>
  );
}
