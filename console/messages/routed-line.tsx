import type { Message } from '../../shared/message.ts';
import type { Reason } from '../../shared/routing.ts';
import { t } from '../texts/texts.ts';
import { formatMoment } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { noticeText } from './notice-text.ts';
import { isFor, reasonText } from './reason-text.ts';
import styles from './routed-line.module.css';

/** To whom routing gave the conversation, in a quiet line that opens to the whole thought. */
export function RoutedLine({ message }: { message: Message }) {
  return (
    <details class={styles.line}>
      <summary class={styles.brief} title={formatMoment(message.createdAt)}>
        <Icon name="route" size="small" label={t('reason.why')} />
        <span dir="auto">{noticeText(message)}</span>
        <span class={styles.turn}>
          <Icon name="chevron-down" size="small" />
        </span>
      </summary>
      <ReasonList reasons={message.notice?.reasons ?? []} />
    </details>
  );
}

interface ReasonListProps {
  reasons: readonly Reason[];
  /** In other words than usual. */
  textOf?: (reason: Reason) => string;
}

export function ReasonList({ reasons, textOf = reasonText }: ReasonListProps) {
  return (
    <ol class={styles.reasons}>
      {reasons.map((reason, at) => {
        const verdict = isFor(reason);
        return (
          <li key={at} class={styles.reason} data-for={verdict ?? undefined}>
            <Icon name={verdict === null ? 'minus' : verdict ? 'check' : 'x'} size="small" />
            <span dir="auto">{textOf(reason)}</span>
          </li>
        );
      })}
    </ol>
  );
}
