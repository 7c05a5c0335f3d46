import { useRef, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { formatDate } from '../ui/format.ts';
import styles from './day-bars.module.css';
import { noonOf } from './question-filter.ts';

interface Bar {
  first: string;
  last: string;
  count: number;
}

interface DayBarsProps {
  label: string;
  bars: readonly Bar[];
  /** Whose questions are shown below. */
  chosen: string | null;
  onChoose: (bar: Bar | null) => void;
}

/** One bar a day or a week, each a button that shows its rows; the arrow keys go from one to the next. */
export function DayBars({ label, bars, chosen, onChoose }: DayBarsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [here, setHere] = useState(bars.length - 1);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const go = (at: number) => {
    const next = Math.min(bars.length - 1, Math.max(0, at));
    setHere(next);
    box.current?.querySelectorAll('button')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const forward = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = document.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const to = { [forward]: here + 1, [back]: here - 1, Home: 0, End: bars.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  return (
    <figure class={styles.figure}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a chart in every browser */}
      <div ref={box} class={styles.bars} role="group" aria-label={label} onKeyDown={onKeyDown}>
        {bars.map((bar, at) => (
          <button
            key={bar.first}
            type="button"
            class={styles.bar}
            tabIndex={at === Math.min(here, bars.length - 1) ? 0 : -1}
            aria-pressed={chosen === bar.first}
            aria-label={t('questions.bar', { count: bar.count, when: spanText(bar) })}
            title={t('questions.bar', { count: bar.count, when: spanText(bar) })}
            onFocus={() => setHere(at)}
            onClick={() => onChoose(chosen === bar.first ? null : bar)}
          >
            <span class={styles.fill} style={{ blockSize: `${(100 * bar.count) / most}%` }} />
          </button>
        ))}
      </div>
      <figcaption class={styles.ends}>
        <span>{formatDate(noonOf(bars[0]?.first ?? ''))}</span>
        <span>{formatDate(noonOf(bars.at(-1)?.last ?? ''))}</span>
      </figcaption>
    </figure>
  );
}

export function spanText({ first, last }: Pick<Bar, 'first' | 'last'>): string {
  return first === last ? formatDate(noonOf(first)) : `${formatDate(noonOf(first))} – ${formatDate(noonOf(last))}`;
}
