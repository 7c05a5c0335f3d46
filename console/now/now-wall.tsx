import { useEffect, useRef } from 'preact/hooks';
import type { NowBoard } from '../../shared/now-board.ts';
import type { Desk } from '../conversations/desk.ts';
import { waitingTone } from '../conversations/list-views.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { formatClock, formatNumber } from '../ui/format.ts';
import styles from './now-wall.module.css';

interface NowWallProps {
  desk: Desk;
  board: NowBoard;
  now: number;
  onClose: () => void;
}

/** For a screen on the wall: large figures that can be read across the room, and nobody's name. */
export function NowWall({ desk, board: { waiting, today, byTeam }, now, onClose }: NowWallProps) {
  const ref = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    ref.current?.focus();
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const longestMs = waiting.oldestSince === null ? null : now - waiting.oldestSince;
  const agents = [...desk.colleagues.agents.value.values()];
  const here = (availability: string) => formatNumber(agents.filter((agent) => agent.availability === availability).length);
  const teams = desk.colleagues.teams.value;
  const teamOf = (id: string | null) => teams.find((team) => team.id === id)?.name ?? t('now.noTeam');
  return (
    <main ref={ref} class={styles.wall} tabIndex={-1}>
      <h1 class="visually-hidden">{t('now.title')}</h1>
      <IconButton class={styles.close} icon="x" label={t('now.wallClose')} onClick={onClose} />
      <dl class={styles.large}>
        <Figure label={t('now.waiting')} value={formatNumber(waiting.count)} />
        <Figure
          label={t('now.longest')}
          value={longestMs === null ? '–' : formatClock(longestMs)}
          tone={longestMs === null ? 'neutral' : waitingTone(longestMs)}
        />
        <Figure label={t('now.breached')} value={formatNumber(waiting.breached)} tone={waiting.breached > 0 ? 'red' : 'neutral'} />
        <Figure label={t('availability.online')} value={here('online')} />
      </dl>
      <dl class={styles.small}>
        <Figure label={t('availability.away')} value={here('away')} />
        <Figure label={t('now.started')} value={formatNumber(today.started)} />
        <Figure label={t('now.answered')} value={formatNumber(today.answered)} />
        <Figure label={t('now.resolved')} value={formatNumber(today.resolved)} />
        <Figure label={t('now.median')} value={today.medianFirstResponseMs === null ? '–' : formatClock(today.medianFirstResponseMs)} />
        {teams.length > 0 && byTeam.map(({ id, count }) => <Figure key={id ?? 'none'} label={teamOf(id)} value={formatNumber(count)} />)}
      </dl>
    </main>
  );
}

function Figure({ label, value, tone = 'neutral' }: { label: string; value: string; tone?: 'neutral' | 'amber' | 'red' }) {
  return (
    <div class={[styles.figure, styles[tone]].filter(Boolean).join(' ')}>
      <dt>
        <bdi>{label}</bdi>
      </dt>
      <dd>
        <bdi dir="ltr">{value}</bdi>
      </dd>
    </div>
  );
}
