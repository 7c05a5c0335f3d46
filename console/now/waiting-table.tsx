import { useRef } from 'preact/hooks';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import type { Desk } from '../conversations/desk.ts';
import { useHeldOrder } from '../conversations/held-order.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { NowRights } from './now-rights.ts';
import type { Rows } from './rows-dialog.tsx';
import { WaitingRow } from './waiting-row.tsx';
import styles from './waiting-table.module.css';

interface WaitingTableProps {
  desk: Desk;
  board: NowBoard;
  now: number;
  rights: NowRights;
  onWhisper: (summary: ConversationSummary) => void;
  onOpen: (rows: Rows) => void;
}

/** Everybody who waits, the longest first. Rows stand still under the pointer, so that nobody takes over the wrong chat. */
export function WaitingTable({ desk, board, now, rights, onWhisper, onOpen }: WaitingTableProps) {
  const wanted = board.rows.map(({ id }) => id);
  const table = useRef<HTMLElement>(null);
  const { ids, newCount, letIn } = useHeldOrder(table, wanted);
  const seen = useRef(new Map<string, ConversationSummary>());
  for (const row of board.rows) seen.current.set(row.id, row);
  for (const id of seen.current.keys()) if (!ids.includes(id) && !wanted.includes(id)) seen.current.delete(id);
  const replying = new Map<string, string[]>();
  for (const { agentId, replyingIn } of board.byAgent)
    for (const id of replyingIn) replying.set(id, [...(replying.get(id) ?? []), agentId]);
  const rest = board.waiting.count - wanted.length;

  return (
    <section ref={table} aria-labelledby="now-waiting">
      <header class={styles.header}>
        <h2 id="now-waiting">{t('now.waitingTitle')}</h2>
        {newCount > 0 && (
          <Button size="small" onClick={letIn}>
            {t('list.new', { count: newCount })}
          </Button>
        )}
      </header>
      {ids.length === 0 ? (
        <EmptyState icon="circle-check" title={t('now.nobodyWaits')} text={t('now.nobodyWaitsHint')} />
      ) : (
        <ul class={styles.rows} onKeyDown={walk}>
          {ids.map((id) => {
            const summary = seen.current.get(id);
            if (!summary) return null;
            return (
              <WaitingRow
                key={id}
                desk={desk}
                summary={summary}
                now={now}
                isGone={!wanted.includes(id)}
                replyingIds={replying.get(id) ?? []}
                rights={rights}
                onWhisper={() => onWhisper(summary)}
              />
            );
          })}
        </ul>
      )}
      {rest > 0 && (
        <Button class={styles.rest} onClick={() => onOpen({ title: t('now.waiting'), what: 'waiting' })}>
          {t('now.andMore', { count: rest })}
        </Button>
      )}
    </section>
  );
}

/** Arrows go to the same place of the next row. */
function walk(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const from = event.target as HTMLElement;
  if (step === 0 || event.altKey || from.closest('[role="menu"]') || from.getAttribute('aria-haspopup')) return;
  const row = from.closest('li');
  const next = step === 1 ? row?.nextElementSibling : row?.previousElementSibling;
  const at = [...(row?.querySelectorAll('a, button') ?? [])].indexOf(from);
  const target = next?.querySelectorAll<HTMLElement>('a, button')[at] ?? next?.querySelector<HTMLElement>('a');
  if (!target) return;
  event.preventDefault();
  target.focus();
}
