import type { When } from '../../shared/when.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';

interface WhenFieldsProps {
  when: When;
  /** Whether what is asked about may lie ahead. */
  isAhead: boolean;
  onChange: (when: When) => void;
}

const DAY_MS = 24 * 3_600_000;

export function WhenFields({ when, isAhead, onChange }: WhenFieldsProps) {
  const ops: readonly When['op'][] = [
    ...(isAhead ? (['ahead'] as const) : []),
    'within',
    'older',
    'before',
    'after',
    'between',
    'ever',
    'never',
  ];
  const days = 'days' in when ? when.days : 30;
  const choose = (op: When['op']) => {
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    if (op === 'ahead' || op === 'within' || op === 'older') onChange({ op, days });
    else if (op === 'before' || op === 'after') onChange({ op, at: today });
    else if (op === 'between') onChange({ op, from: today - 30 * DAY_MS, to: today });
    else onChange({ op });
  };
  return (
    <>
      <SelectField
        label={t('customers.filter.how')}
        isLabelHidden
        value={when.op}
        options={ops.map((op) => ({ value: op, label: t(`customers.when.${op}`) }))}
        onChoose={choose}
      />
      {'days' in when && (
        <NumberField
          label={t('customers.filter.days')}
          isLabelHidden
          value={when.days}
          min={0}
          max={36_500}
          wrong={t('customers.filter.notNumber')}
          onChange={(next) => next !== null && onChange({ ...when, days: next })}
        />
      )}
      {'at' in when && <DayField label={t('customers.filter.day')} at={when.at} onChange={(at) => onChange({ ...when, at })} />}
      {when.op === 'between' && (
        <>
          <DayField label={t('customers.filter.from')} at={when.from} onChange={(from) => onChange({ ...when, from })} />
          {/* Of the last day all of it. */}
          <DayField label={t('customers.filter.to')} at={when.to} onChange={(to) => onChange({ ...when, to: to + DAY_MS - 1 })} />
        </>
      )}
    </>
  );
}

function DayField({ label, at, onChange }: { label: string; at: number; onChange: (at: number) => void }) {
  return (
    <TextField
      label={label}
      isLabelHidden
      type="date"
      value={dayOf(at)}
      onInput={(day) => {
        const [year, month, date] = day.split('-').map(Number);
        if (year && month && date) onChange(new Date(year, month - 1, date).getTime());
      }}
    />
  );
}

/** By the reader's own clock. */
function dayOf(at: number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}
