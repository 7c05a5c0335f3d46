import type { Recurrence } from '../../shared/recurrence.ts';
import { language, t } from '../texts/texts.ts';
import { CheckField } from '../ui/check-field.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import styles from './recurrence-field.module.css';
import { recurrenceWords, weekdayName } from './recurrence-words.ts';

interface RecurrenceFieldProps {
  value: Recurrence | null;
  /** When the first one is due: what "every week" and the last day of a month mean is told by it. */
  dueAt: number | null;
  onChange: (value: Recurrence | null) => void;
}

const units = ['none', 'day', 'week', 'month', 'year'] as const;
const ENDS = ['never', 'until', 'count'] as const;

/** How often it comes again, until when, and what about days on which nobody works; with a sentence that says it all. */
export function RecurrenceField({ value, dueAt, onChange }: RecurrenceFieldProps) {
  const choose = (unit: (typeof units)[number]) => {
    if (unit === 'none') return onChange(null);
    const { weekdays, isMonthEnd, ...kept } = value ?? newRule();
    onChange({ ...kept, unit, ...(unit === 'week' && { weekdays: weekdays ?? [weekdayOf(dueAt)] }) });
  };
  return (
    <div class={styles.field}>
      <SelectField
        label={t('todo.repeat')}
        value={value?.unit ?? 'none'}
        options={units.map((unit) => ({ value: unit, label: t(`todo.repeat.${unit}`) }))}
        onChoose={choose}
      />
      {value && <RuleFields rule={value} dueAt={dueAt} onChange={onChange} />}
    </div>
  );
}

function RuleFields({ rule, dueAt, onChange }: { rule: Recurrence; dueAt: number | null; onChange: (rule: Recurrence) => void }) {
  const change = (part: Partial<Recurrence>) => onChange({ ...rule, ...part });
  const days = Array.from({ length: 7 }, (_, place) => ((rule.weekStartsOn + place - 1) % 7) + 1);
  const chosen = rule.weekdays ?? [];
  const toggle = (day: number) => {
    const next = chosen.includes(day) ? chosen.filter((other) => other !== day) : [...chosen, day].toSorted((one, other) => one - other);
    if (next.length > 0) change({ weekdays: next });
  };
  return (
    <div class={styles.rule}>
      <div class={styles.pair}>
        <NumberField
          label={t(`todo.everyN.${rule.unit}`)}
          value={rule.every}
          min={1}
          max={99}
          wrong={t('todo.everyWrong')}
          onChange={(every) => change({ every: every ?? 1 })}
        />
        <EndFields rule={rule} dueAt={dueAt} change={change} />
      </div>
      {rule.unit === 'week' && (
        <fieldset class={styles.days}>
          <legend class="visually-hidden">{t('todo.weekdays')}</legend>
          {days.map((day) => (
            <label key={day} class={styles.day}>
              <input
                type="checkbox"
                class={styles.dayBox}
                checked={chosen.includes(day)}
                aria-label={weekdayName(day, 'long')}
                onChange={() => toggle(day)}
              />
              <span class={styles.dayFace} aria-hidden="true">
                {weekdayName(day, 'short')}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {rule.unit === 'month' && (
        <CheckField label={t('todo.monthEnd')} isChecked={rule.isMonthEnd ?? false} onChange={(isMonthEnd) => change({ isMonthEnd })} />
      )}
      <CheckField
        label={t('todo.workingDays')}
        hint={t('todo.workingDaysHint')}
        isChecked={rule.isOnWorkingDays ?? false}
        onChange={(isOnWorkingDays) => change({ isOnWorkingDays })}
      />
      <SelectField
        label={t('todo.makesNext')}
        value={rule.makesNext}
        options={(['done', 'time'] as const).map((key) => ({ value: key, label: t(`todo.makesNext.${key}`) }))}
        onChoose={(makesNext) => change({ makesNext })}
      />
      <p class={styles.sentence}>{recurrenceWords(rule)}</p>
    </div>
  );
}

interface EndFieldsProps {
  rule: Recurrence;
  dueAt: number | null;
  change: (part: Partial<Recurrence>) => void;
}

function EndFields({ rule: { until, count }, dueAt, change }: EndFieldsProps) {
  const end = typeof until === 'number' ? 'until' : typeof count === 'number' ? 'count' : 'never';
  const choose = (key: (typeof ENDS)[number]) =>
    change({ until: key === 'until' ? endOfDay((dueAt ?? Date.now()) + 90 * 86_400_000) : null, count: key === 'count' ? 10 : null });
  return (
    <>
      <SelectField
        label={t('todo.ends')}
        value={end}
        options={ENDS.map((key) => ({ value: key, label: t(`todo.ends.${key}`) }))}
        onChoose={choose}
      />
      {typeof until === 'number' && (
        <TextField
          type="date"
          label={t('todo.endsOn')}
          value={new Date(until).toLocaleDateString('sv')}
          onInput={(date) => {
            const at = new Date(`${date}T23:59:59`).getTime();
            if (Number.isFinite(at) && at > 0) change({ until: at });
          }}
        />
      )}
      {typeof count === 'number' && (
        <NumberField
          label={t('todo.endsAfter')}
          value={count}
          min={1}
          max={999}
          wrong={t('todo.countWrong')}
          onChange={(times) => change({ count: times ?? 1 })}
        />
      )}
    </>
  );
}

function newRule(): Recurrence {
  return {
    unit: 'week',
    every: 1,
    weekStartsOn: language.value === 'he' ? 7 : 1,
    makesNext: 'done',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function weekdayOf(dueAt: number | null): number {
  return new Date(dueAt ?? Date.now()).getDay() || 7;
}

function endOfDay(at: number): number {
  return new Date(at).setHours(23, 59, 59, 0);
}
