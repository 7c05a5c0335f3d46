import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { TextField } from '../ui/field.tsx';

interface Range {
  from?: number | undefined;
  to?: number | undefined;
}

interface RangeFieldsProps {
  range: Range;
  /** Amounts travel in the smallest unit. */
  minorDigits: number;
  onChange: (range: Range) => void;
}

/** From and to, both included; an empty end is open. */
export function RangeFields({ range, minorDigits, onChange }: RangeFieldsProps) {
  const unit = 10 ** minorDigits;
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <EndField
          key={end}
          label={t(`customers.filter.${end}`)}
          value={range[end] === undefined ? null : (range[end] ?? 0) / unit}
          onChange={(value) => {
            const { [end]: _, ...other } = range;
            onChange(value === null ? other : { ...other, [end]: Math.round(value * unit * 100) / 100 });
          }}
        />
      ))}
    </>
  );
}

function EndField({ label, value, onChange }: { label: string; value: number | null; onChange: (value: number | null) => void }) {
  const [text, setText] = useState(value === null ? '' : String(value));
  const isWrong = text.trim() !== '' && !Number.isFinite(Number(text));
  return (
    <TextField
      label={label}
      isLabelHidden
      placeholder={label}
      dir="ltr"
      value={text}
      maxLength={16}
      error={isWrong ? t('customers.filter.notNumber') : undefined}
      onInput={(typed) => {
        setText(typed);
        const number = typed.trim() === '' ? null : Number(typed);
        if (number === null || Number.isFinite(number)) onChange(number);
      }}
    />
  );
}
