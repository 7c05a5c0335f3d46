import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './conversation-list.module.css';
import { ConversationRow } from './conversation-row.tsx';
import type { Desk } from './desk.ts';
import { useHeldOrder } from './held-order.ts';
import { KeepButton } from './keep-button.tsx';
import { ListEmpty } from './list-empty.tsx';
import { ListEnd } from './list-end.tsx';
import { listKeys } from './list-keys.ts';
import type { AskedView, ViewName } from './list-views.ts';
import { conversationPath } from './paths.ts';
import { RowCheck } from './row-check.tsx';
import type { ShownView } from './shown-view.ts';

interface ConversationListProps {
  desk: Desk;
  view: ViewName;
  openId: string | null;
}

/** The rows of one view. */
export function ConversationList({ desk, view, openId }: ConversationListProps) {
  const asked = desk.views.asked(view);
  const loading = <Skeleton rows={7} hasAvatar label={t('state.loading')} />;
  if (!asked) return desk.views.saved.value ? <ListEmpty desk={desk} view={view} /> : loading;
  const shown = desk.list.shown(asked);
  return (
    <>
      <Following shown={shown} desk={desk} />
      {shown.isReady.value || shown.phase.value === 'failed' ? (
        <Rows desk={desk} view={view} openId={openId} asked={asked} shown={shown} />
      ) : (
        loading
      )}
    </>
  );
}

/** Reads what a view shows beyond what is known, again after each reconnection, and asks about newcomers. */
function Following({ desk, shown }: { desk: Desk; shown: ShownView }) {
  const session = desk.list.session.value;
  const summaries = desk.list.summaries.value;
  const mentioned = desk.list.mentionedLately.value;
  const phase = shown.phase.value;
  useEffect(() => void shown.follow(), [shown, session]);
  useEffect(() => {
    const timer = setTimeout(() => void shown.judge(), 200);
    return () => clearTimeout(timer);
  }, [shown, summaries, mentioned, phase]);
  return null;
}

/** Live, but still while somebody is at them. */
function Rows({ desk, view, openId, asked, shown }: ConversationListProps & { asked: AskedView; shown: ShownView }) {
  const { list, bulk } = desk;
  const wanted = shown.ids.value;
  const boxRef = useRef<HTMLDivElement>(null);
  const { ids, newCount, letIn } = useHeldOrder(boxRef, wanted);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const here = new Set(ids);
  const inView = new Set(wanted);
  const tabStop = [focusedId, openId, ids[0]].find((id) => id != null && here.has(id));
  const teams = desk.colleagues.teams.value;
  const saysWhose = asked.filter.assignees?.length !== 1;

  useEffect(() => {
    if (openId) boxRef.current?.querySelector(`[data-conversation="${openId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [openId]);
  useEffect(() => {
    list.held.value = newCount > 0 ? { count: newCount, letIn } : null;
  }, [list, newCount, letIn]);
  useEffect(() => {
    list.onScreen = ids;
    return () => {
      list.onScreen = [];
    };
  }, [list, ids]);
  useEffect(
    () => () => {
      list.held.value = null;
    },
    [list],
  );

  return (
    <div ref={boxRef} class={styles.box}>
      {ids.length === 0 && shown.isComplete.value && <ListEmpty desk={desk} view={view} />}
      <ul
        class={styles.list}
        aria-label={t('nav.conversations')}
        data-choosing={bulk.isChoosing.value || bulk.chosen.value.size > 0 || undefined}
        onKeyDown={listKeys({ ref: boxRef, ids, bulk })}
        onFocusIn={(event) => setFocusedId((event.target as HTMLElement).dataset.conversation ?? null)}
      >
        {ids.map((id) => {
          const summary = list.summaries.value.get(id);
          return (
            summary && (
              <li key={id} class={styles.item}>
                <ConversationRow
                  summary={summary}
                  href={conversationPath(id, view)}
                  agentId={desk.agentId}
                  assigneeName={saysWhose ? (desk.colleagues.agents.value.get(summary.assigneeId ?? '')?.name ?? null) : null}
                  teamName={teams.find((team) => team.id === summary.teamId)?.name ?? null}
                  isMentioned={list.mentions.ids.value.has(id)}
                  isOpen={id === openId}
                  isGone={!inView.has(id)}
                  isTabStop={id === tabStop}
                  isChosen={bulk.chosen.value.has(id)}
                  onRange={() => bulk.chooseTo(id, desk.list.onScreen)}
                />
                <RowCheck bulk={bulk} summary={summary} ids={ids} />
                <KeepButton desk={desk} summary={summary} isTabStop={id === tabStop} />
              </li>
            )
          );
        })}
      </ul>
      <ListEnd shown={shown} />
    </div>
  );
}
