import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Desk } from '../conversations/desk.ts';
import { errorText } from '../texts/error-text.ts';
import { fetchShelf, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { late } from '../ui/late.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { secondClock, useSecondClock } from '../ui/second-clock.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { AgentCards } from './agent-cards.tsx';
import { BrokenDialog } from './broken-dialog.tsx';
import { LateTable } from './late-table.tsx';
import { NowFigures } from './now-figures.tsx';
import styles from './now-page.module.css';
import type { NowRights } from './now-rights.ts';
import { nowStateOf } from './now-state.ts';
import { NowWall } from './now-wall.tsx';
import { type Rows, RowsDialog } from './rows-dialog.tsx';
import { WaitingPlaces } from './waiting-places.tsx';
import { WaitingTable } from './waiting-table.tsx';
import { WhisperDialog } from './whisper-dialog.tsx';

const LateTickets = late(async () => {
  const [{ LateTickets }] = await Promise.all([import('./late-tickets.tsx'), fetchShelf('tickets')]);
  return LateTickets;
});

interface NowPageProps {
  desk: Desk;
  rights: NowRights;
}

/** What a supervisor looks at: who waits, who answers, what the day has brought. Every number opens its rows. */
export function NowPage({ desk, rights }: NowPageProps) {
  const state = nowStateOf(desk.connection);
  const [rows, setRows] = useState<Rows | null>(null);
  const [isBrokenOpen, setIsBrokenOpen] = useState(false);
  const [whisperTo, setWhisperTo] = useState<ConversationSummary | null>(null);
  const { query, route } = useLocation();
  useSecondClock();
  // Midnight begins another day while the board hangs on the wall.
  const day = new Date(secondClock.value).setHours(0, 0, 0, 0);
  useEffect(() => state.watch(day), [state, day]);
  useEffect(() => () => state.unwatch(), [state]);

  const board = state.board.value;
  if (!board) {
    return (
      <PageFrame title={t('now.title')} width="wide">
        {state.error.value ? (
          <EmptyState icon="circle-alert" tone="problem" title={errorText(state.error.value)}>
            <Button onClick={() => state.watch(day)}>{t('action.retry')}</Button>
          </EmptyState>
        ) : (
          <Skeleton rows={8} label={t('state.loading')} />
        )}
      </PageFrame>
    );
  }
  const now = secondClock.value + state.aheadMs.value;
  if (query.wall !== undefined) return <NowWall desk={desk} board={board} now={now} onClose={() => route('/console/now', true)} />;
  // Whoever was answered meanwhile is on the board no more, and the whisper is still being written.
  const whispered = board.rows.find(({ id }) => id === whisperTo?.id) ?? whisperTo;
  return (
    <PageFrame
      title={t('now.title')}
      width="wide"
      actions={
        <Button icon="maximize" onClick={() => route('/console/now?wall=on')}>
          {t('now.wall')}
        </Button>
      }
    >
      <NowFigures board={board} now={now} onOpen={setRows} onOpenBroken={() => setIsBrokenOpen(true)} />
      <WaitingPlaces desk={desk} board={board} mayAssign={rights.mayAssign} onOpen={setRows} />
      <div class={styles.columns}>
        <div class={styles.waiting}>
          <LateTable desk={desk} board={board} now={now} rights={rights} onWhisper={setWhisperTo} onOpen={setRows} />
          {board.tickets.breached + board.tickets.soon > 0 && <LateTickets desk={desk} tickets={board.tickets} />}
          <WaitingTable desk={desk} board={board} now={now} rights={rights} onWhisper={setWhisperTo} onOpen={setRows} />
        </div>
        <AgentCards desk={desk} board={board} now={now} mayAssign={rights.mayAssign} onOpen={setRows} />
      </div>
      {rows && <RowsDialog desk={desk} rows={rows} since={day} onClose={() => setRows(null)} />}
      {isBrokenOpen && <BrokenDialog desk={desk} since={day} onClose={() => setIsBrokenOpen(false)} />}
      {whispered && <WhisperDialog desk={desk} summary={whispered} onClose={() => setWhisperTo(null)} />}
    </PageFrame>
  );
}
