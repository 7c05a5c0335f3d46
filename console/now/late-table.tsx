import { useRef, useState } from 'preact/hooks';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import { USUAL_WAIT_MS } from '../../shared/usual-wait.ts';
import type { Desk } from '../conversations/desk.ts';
import { useHeldOrder } from '../conversations/held-order.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { NowRights } from './now-rights.ts';
import type { Rows } from './rows-dialog.tsx';
import { WaitingRow } from './waiting-row.tsx';
import styles from './waiting-table.module.css';

const kinds = ['late', 'breached', 'soon'] as const;
type Kind = (typeof kinds)[number];

interface LateTableProps {
  desk: Desk;
  board: NowBoard;
  now: number;
  rights: NowRights;
  onWhisper: (summary: ConversationSummary) => void;
  onOpen: (rows: Rows) => void;
}

/** Promises that were broken or soon will be, the first to run out first; nothing where all is kept. */
export function LateTable({ desk, board, now, rights, onWhisper, onOpen }: LateTableProps) {
  const [kind, setKind] = useState<Kind>('late');
  const isBreached = (row: ConversationSummary) => (row.sla?.dueAt ?? (row.waitingSince ?? now) + USUAL_WAIT_MS) <= now;
  const wanted = board.late.filter((row) => kind === 'late' || isBreached(row) === (kind === 'breached')).map(({ id }) => id);
  const table = useRef<HTMLElement>(null);
  const { ids, newCount, letIn } = useHeldOrder(table, wanted);
  const seen = useRef(new Map<string, ConversationSummary>());
  for (const row of board.late) seen.current.set(row.id, row);
  for (const id of seen.current.keys()) if (!ids.includes(id) && !wanted.includes(id)) seen.current.delete(id);
  const { breached, soon } = board.waiting;
  const counts: Record<Kind, number> = { late: breached + soon, breached, soon };
  if (counts.late === 0 && ids.length === 0) return null;
  const rest = counts[kind] - wanted.length;
  return (
    <section ref={table} aria-labelledby="now-late">
      <header class={styles.header}>
        <h2 id="now-late">{t('now.lateTitle')}</h2>
        {newCount > 0 && (
          <Button size="small" onClick={letIn}>
            {t('list.new', { count: newCount })}
          </Button>
        )}
        <Segmented
          label={t('now.lateTitle')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`now.kind.${value}`, { count: counts[value] }) }))}
          onChoose={setKind}
        />
      </header>
      {ids.length === 0 && <p class={styles.nothing}>{t('now.noneOfKind')}</p>}
      <ul class={styles.rows}>
        {ids.map((id) => {
          const summary = seen.current.get(id);
          if (!summary) return null;
          return (
            <WaitingRow
              key={id}
              {...{ desk, summary, now, rights }}
              isGone={!wanted.includes(id)}
              replyingIds={board.byAgent.filter(({ replyingIn }) => replyingIn.includes(id)).map(({ agentId }) => agentId)}
              onWhisper={() => onWhisper(summary)}
            />
          );
        })}
      </ul>
      {rest > 0 && (
        <Button class={styles.rest} onClick={() => onOpen({ title: t('now.lateTitle'), what: kind })}>
          {t('now.andMore', { count: rest })}
        </Button>
      )}
    </section>
  );
}
