import type { NowBoard } from '../../shared/now-board.ts';
import { waitingTone } from '../conversations/list-views.ts';
import { t } from '../texts/texts.ts';
import { formatClock, formatNumber } from '../ui/format.ts';
import styles from './now-figures.module.css';
import type { Rows } from './rows-dialog.tsx';

interface NowFiguresProps {
  board: NowBoard;
  /** By the server's clock. */
  now: number;
  onOpen: (rows: Rows) => void;
  /** To the promises that were broken today. */
  onOpenBroken: () => void;
}

/** Numbers at a glance; each is a button that shows what it counts. */
export function NowFigures({ board: { waiting, today }, now, onOpen, onOpenBroken }: NowFiguresProps) {
  const longestMs = waiting.oldestSince === null ? null : now - waiting.oldestSince;
  const figures = [
    { what: 'waiting', value: formatNumber(waiting.count), tone: 'plain' },
    {
      what: 'longest',
      value: longestMs === null ? '–' : formatClock(longestMs),
      tone: longestMs === null ? 'plain' : waitingTone(longestMs),
    },
    { what: 'unassigned', value: formatNumber(waiting.unassigned), tone: 'plain' },
    { what: 'breached', value: formatNumber(waiting.breached), tone: waiting.breached > 0 ? 'red' : 'plain' },
    { what: 'started', value: formatNumber(today.started), tone: 'plain' },
    { what: 'answered', value: formatNumber(today.answered), tone: 'plain' },
    { what: 'resolved', value: formatNumber(today.resolved), tone: 'plain' },
    { what: 'median', value: today.medianFirstResponseMs === null ? '–' : formatClock(today.medianFirstResponseMs), tone: 'plain' },
    { what: 'broken', value: formatNumber(today.broken), tone: 'plain' },
  ] as const;
  const subject = { longest: 'waiting', median: 'answered' } as const;
  return (
    <ul class={styles.figures}>
      {figures.map(({ what, value, tone }) => (
        <li key={what}>
          <button
            type="button"
            class={[styles.figure, styles[tone]].filter(Boolean).join(' ')}
            data-figure={what}
            title={what === 'breached' || what === 'broken' ? t(`now.${what}Hint`) : undefined}
            onClick={() =>
              what === 'broken'
                ? onOpenBroken()
                : onOpen({ title: t(`now.${what}`), what: what === 'longest' || what === 'median' ? subject[what] : what })
            }
          >
            <span class={styles.label}>{t(`now.${what}`)}</span>
            <bdi class={styles.value} dir="ltr">
              {value}
            </bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}
