import { botReasons, type Deflection } from '../../shared/deflection.ts';
import { t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import type { Counted } from './deflected-dialog.tsx';
import styles from './deflection-figures.module.css';

/** Numbers that are buttons, under the sentence that matters. */
export function DeflectionFigures({
  deflection: { total, outcomes, reasons },
  onOpen,
}: {
  deflection: Deflection;
  onOpen: (counted: Counted) => void;
}) {
  const alone = outcomes.helped + outcomes.quiet;
  const figure = (label: string, value: number, wanted: Omit<Counted, 'title'>) => (
    <li key={label}>
      <button type="button" class={styles.figure} onClick={() => onOpen({ title: label, ...wanted })}>
        <span class={styles.label}>{label}</span>
        <bdi class={styles.value} dir="ltr">
          {formatNumber(value)}
        </bdi>
      </button>
    </li>
  );
  return (
    <>
      <button type="button" class={styles.main} onClick={() => onOpen({ title: t('deflection.alone'), kind: 'alone' })}>
        {t('deflection.sentence', { alone: formatNumber(alone), count: total })}
        <span class={styles.share} aria-hidden="true">
          <span style={{ inlineSize: `${(100 * alone) / total}%` }} />
        </span>
      </button>
      <ul class={styles.figures}>
        {figure(t('deflection.helped'), outcomes.helped, { kind: 'helped' })}
        {figure(t('deflection.quiet'), outcomes.quiet, { kind: 'quiet' })}
        {figure(t('deflection.person'), outcomes.person, { kind: 'person' })}
        {figure(t('deflection.going'), outcomes.going, { kind: 'going' })}
      </ul>
      <h2 class={styles.heading}>{t('deflection.why')}</h2>
      <ul class={styles.figures}>
        {botReasons.map((reason) => figure(t(`deflection.reason.${reason}`), reasons[reason], { kind: 'person', reason }))}
      </ul>
    </>
  );
}
