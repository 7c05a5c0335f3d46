import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './conversation-list.module.css';
import { ConversationRow } from './conversation-row.tsx';
import type { Desk } from './desk.ts';
import { useHeldOrder } from './held-order.ts';
import { KeepButton } from './keep-button.tsx';
import type { ViewName } from './list-views.ts';
import { conversationPath } from './paths.ts';

interface ConversationListProps {
  desk: Desk;
  view: ViewName;
  openId: string | null;
}

/** The rows of one view, live but still under the pointer. Arrows walk, Enter opens. */
export function ConversationList({ desk, view, openId }: ConversationListProps) {
  const { list } = desk;
  const wanted = list.view(view).value;
  const { ids, newCount, letIn, onPointerMove, onPointerLeave } = useHeldOrder(wanted);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const ref = useRef<HTMLUListElement>(null);
  const tabStop = [focusedId, openId, ids[0]].find((id) => id != null && ids.includes(id));
  const teams = desk.colleagues.teams.value;
  const isResolved = view === 'resolved';

  useEffect(() => {
    if (isResolved && list.resolvedPhase.value === 'idle') void list.loadResolved();
  }, [isResolved, list, list.resolvedPhase.value]);

  useEffect(() => {
    if (openId) ref.current?.querySelector(`[data-conversation="${openId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [openId]);

  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(ref.current?.querySelectorAll<HTMLElement>('[data-conversation]') ?? [])];
    const next = rows[nextIndex(event.key, rows.indexOf(document.activeElement as HTMLElement), rows.length)];
    if (!next || event.altKey) return;
    event.preventDefault();
    next.focus();
  };

  const isLoading = isResolved ? list.resolvedPhase.value === 'loading' && ids.length === 0 : !list.isLoaded.value;
  if (isLoading) return <Skeleton rows={7} hasAvatar label={t('state.loading')} />;
  return (
    <>
      {newCount > 0 && (
        <Button class={styles.news} size="small" onClick={letIn}>
          {t('list.new', { count: newCount })}
        </Button>
      )}
      {ids.length === 0 && list.resolvedPhase.value !== 'failed' && <EmptyView view={view} />}
      <ul
        ref={ref}
        class={styles.list}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={onPointerLeave}
        onFocusIn={(event) => setFocusedId((event.target as HTMLElement).dataset.conversation ?? null)}
      >
        {ids.map((id) => {
          const summary = list.summaries.value.get(id);
          return (
            summary && (
              <li key={id}>
                <ConversationRow
                  summary={summary}
                  href={conversationPath(id, view)}
                  agentId={desk.agentId}
                  assigneeName={
                    view === 'mine' || view === 'unassigned'
                      ? null
                      : (desk.colleagues.agents.value.get(summary.assigneeId ?? '')?.name ?? null)
                  }
                  teamName={teams.find((team) => team.id === summary.teamId)?.name ?? null}
                  isOpen={id === openId}
                  isGone={!wanted.includes(id)}
                  isTabStop={id === tabStop}
                />
                <KeepButton desk={desk} summary={summary} isTabStop={id === tabStop} />
              </li>
            )
          );
        })}
      </ul>
      {isResolved && <ResolvedEnd desk={desk} />}
    </>
  );
}

function ResolvedEnd({ desk: { list } }: { desk: Desk }) {
  const phase = list.resolvedPhase.value;
  if (phase === 'complete') return null;
  return (
    <div class={styles.end}>
      {phase === 'failed' && <p role="alert">{t('list.failed')}</p>}
      <Button size="small" isBusy={phase === 'loading'} onClick={() => void list.loadResolved()}>
        {phase === 'failed' ? t('action.retry') : t('action.more')}
      </Button>
    </div>
  );
}

function EmptyView({ view }: { view: ViewName }) {
  return (
    <EmptyState
      icon={view === 'snoozed' ? 'alarm-clock' : 'circle-check'}
      title={t(`list.empty.${view}`)}
      text={t(`list.emptyHint.${view}`)}
    />
  );
}

function nextIndex(key: string, at: number, count: number): number {
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return -1;
}
