import { useLayoutEffect, useRef } from 'preact/hooks';
import type { HoursSpan } from '../../shared/business-hours.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './spans-field.module.css';
import { TimeField } from './time-field.tsx';
import { spanBetween, tidySpans } from './typed-time.ts';

const DAY_MINUTES = 24 * 60;
const SPANS_MAX = 8;
/** Where a day is opened: as most shops are. */
const usual: HoursSpan = { from: 9 * 60, to: 18 * 60 };

interface SpansFieldProps {
  /** Whose hours they are, for who hears it: "Sunday". */
  of: string;
  spans: readonly HoursSpan[];
  error: string | undefined;
  onChange: (spans: HoursSpan[]) => void;
}

/** The hours of one day: none, several, or beyond midnight. */
export function SpansField({ of, spans, error, onChange }: SpansFieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<'last' | 'add' | null>(null);
  // Who has added hours types them next; who has removed some is not left nowhere.
  useLayoutEffect(() => {
    if (wanted.current === 'last') [...(box.current?.querySelectorAll('input') ?? [])].at(-2)?.focus();
    if (wanted.current === 'add') box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
    wanted.current = null;
  }, [spans.length]);
  const next = nextSpan(spans);
  const change = (place: number, span: HoursSpan) => onChange(spans.map((one, at) => (at === place ? span : one)));
  const add = (span: HoursSpan) => {
    wanted.current = 'last';
    onChange([...spans, span]);
  };
  return (
    <div ref={box} class={styles.spans}>
      {spans.length === 0 && <span class={styles.closed}>{t('hours.closed')}</span>}
      {spans.map((span, place) => (
        <fieldset key={place} class={styles.span} aria-label={t('hours.spanOf', { day: of, number: place + 1 })}>
          <span class={styles.pair} dir="ltr">
            <TimeField
              label={t('hours.from', { day: of })}
              value={span.from}
              hasFault={error !== undefined}
              onChange={(from) => change(place, spanBetween(from, clockOf(span.to)))}
            />
            <span aria-hidden="true">–</span>
            <TimeField
              label={t('hours.until', { day: of })}
              value={span.to}
              hasFault={error !== undefined}
              onChange={(until) => change(place, spanBetween(span.from, until))}
            />
          </span>
          <IconButton
            icon="x"
            label={t('hours.removeSpan', { day: of, number: place + 1 })}
            onClick={() => {
              wanted.current = 'add';
              onChange(spans.filter((_, at) => at !== place));
            }}
          />
          {span.to > DAY_MINUTES && <span class={styles.note}>{t('hours.nextDay')}</span>}
          {span.from === 0 && span.to === DAY_MINUTES && <span class={styles.note}>{t('hours.allDay')}</span>}
        </fieldset>
      ))}
      {next && spans.length === 0 && (
        <Button look="quiet" size="small" icon="plus" data-add aria-label={t('hours.openOn', { day: of })} onClick={() => add(next)}>
          {t('hours.open')}
        </Button>
      )}
      {next && spans.length > 0 && spans.length < SPANS_MAX && (
        <IconButton icon="plus" data-add label={t('hours.addSpanTo', { day: of })} onClick={() => add(next)} />
      )}
      {error && (
        <p class={styles.error} role="alert">
          <Icon name="circle-alert" size="small" />
          {error}
        </p>
      )}
      {!error && tidySpans(spans).length < spans.length && <p class={styles.overlap}>{t('hours.overlap')}</p>}
    </div>
  );
}

/** As it is typed: midnight at the day's end is midnight. */
const clockOf = (to: number): number => (to > DAY_MINUTES ? to - DAY_MINUTES : to);

/** After a break of an hour, until the evening; null where the day is full. */
function nextSpan(spans: readonly HoursSpan[]): HoursSpan | null {
  if (spans.length === 0) return usual;
  const from = Math.max(...spans.map(({ to }) => to)) + 60;
  return from < DAY_MINUTES ? { from, to: Math.min(from + 4 * 60, DAY_MINUTES) } : null;
}
