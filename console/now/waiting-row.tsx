import type { ConversationSummary } from '../../shared/conversation.ts';
import { contactName } from '../contacts/contact-name.ts';
import { PriorityMark } from '../contacts/priority-mark.tsx';
import { SlaClock } from '../contacts/sla-clock.tsx';
import { AssignMenu } from '../conversations/assign-menu.tsx';
import type { Desk } from '../conversations/desk.ts';
import { assign } from '../conversations/desk-actions.ts';
import { waitingTone } from '../conversations/list-views.ts';
import { MessagePreview } from '../messages/message-preview.tsx';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatClock, formatMoment } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { dragSource } from './dragged-row.ts';
import type { NowRights } from './now-rights.ts';
import styles from './waiting-row.module.css';

interface WaitingRowProps {
  desk: Desk;
  summary: ConversationSummary;
  now: number;
  /** Answered by now, and only waits for the pointer to leave. */
  isGone: boolean;
  replyingIds: readonly string[];
  rights: NowRights;
  onWhisper: () => void;
}

export function WaitingRow({ desk, summary, now, isGone, replyingIds, rights, onWhisper }: WaitingRowProps) {
  const waitedMs = now - (summary.waitingSince ?? now);
  const names = replyingIds.map((id) => desk.colleagues.agents.value.get(id)?.name ?? '').filter(Boolean);
  const name = contactName(summary.contact);
  const isMine = summary.assigneeId === desk.agentId;
  return (
    <li
      class={[styles.row, isGone && styles.gone].filter(Boolean).join(' ')}
      data-waiting={summary.id}
      {...(rights.mayAssign && !isGone && dragSource(summary))}
    >
      <div class={styles.clocks}>
        <Badge
          tone={summary.sla ? 'neutral' : waitingTone(waitedMs)}
          title={t('waiting.since', { moment: formatMoment(summary.waitingSince ?? now) })}
        >
          <Icon name="clock" size="small" label={t('waiting.label')} />
          <bdi class={styles.clock} dir="ltr">
            {formatClock(waitedMs)}
          </bdi>
        </Badge>
        {summary.sla && <SlaClock sla={summary.sla} />}
      </div>
      <div class={styles.who}>
        <a class={styles.name} href={`/console/conversations/${summary.id}?view=open`} draggable={false}>
          <OneLine text={name} />
        </a>
        <span class={styles.preview}>
          {names.length > 0 ? (
            <span class={styles.replying}>
              <Icon name="pencil" size="small" />
              {t('viewers.replying', { count: names.length, names: names.join(', ') })}
            </span>
          ) : (
            summary.lastMessage && <MessagePreview message={summary.lastMessage} agentId={desk.agentId} />
          )}
        </span>
      </div>
      <div class={styles.actions}>
        <PriorityMark priority={summary.priority} />
        {rights.mayReply && summary.assigneeId !== null && !isMine && (
          <Button size="small" icon="lock" disabled={isGone} onClick={onWhisper}>
            {t('now.whisper')}
            <span class="visually-hidden">: {name}</span>
          </Button>
        )}
        {rights.mayAssign && !isMine && (
          <Button size="small" icon="user-plus" disabled={isGone} onClick={() => assign(desk, summary, desk.agentId)}>
            {t('now.takeOver')}
            <span class="visually-hidden">: {name}</span>
          </Button>
        )}
        {rights.mayAssign && !isGone && <AssignMenu desk={desk} summary={summary} />}
      </div>
    </li>
  );
}
