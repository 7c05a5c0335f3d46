import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { SelectField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';
import { SpanField } from './span-field.tsx';

const shares = ['0', '0.25', '0.5', '1'] as const;

/** What holds for every agent: how many chats, what one counts, and when somebody is gone. */
export function EverybodysLoad() {
  const { draft, set, errorAt } = useRoutingForm();
  const share = String(draft.waitingCounts);
  const isUsual = shares.some((one) => one === share);
  return (
    <Card title={t('routing.general')}>
      <div class={styles.grid}>
        <NumberField
          label={t('routing.generalCapacity')}
          value={draft.capacity}
          min={1}
          max={100}
          wrong={t('routing.error.number', { min: 1, max: 100 })}
          error={errorAt('capacity')}
          onChange={(capacity) => capacity !== null && set('capacity', capacity)}
        />
        <SelectField
          label={t('routing.waitingCounts')}
          value={share}
          options={[
            ...shares.map((one) => ({ value: one as string, label: t(`routing.waitingCounts.${one}`) })),
            ...(isUsual ? [] : [{ value: share, label: t('routing.waitingCounts.own', { share: draft.waitingCounts }) }]),
          ]}
          onChoose={(value) => set('waitingCounts', Number(value))}
        />
      </div>
      <div class={styles.hinted}>
        <SpanField
          label={t('routing.grace')}
          seconds={draft.graceSeconds}
          units={['second', 'minute']}
          min={5}
          max={3_600}
          error={errorAt('graceSeconds')}
          onChange={(graceSeconds) => set('graceSeconds', graceSeconds)}
        />
        <p class={styles.soft}>{t('routing.graceHint')}</p>
      </div>
    </Card>
  );
}
