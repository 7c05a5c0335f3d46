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
  /** Of what is stored there are no parts. */
  isWhole?: boolean;
  onChange: (range: Range) => void;
}

/** From and to, both included; an empty end is open. */
export function RangeFields({ range, minorDigits, isWhole = false, onChange }: RangeFieldsProps) {
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
            const stored = value === null ? null : isWhole ? Math.round(value * unit) : Math.round(value * unit * 100) / 100;
            onChange(stored === null ? other : { ...other, [end]: stored });
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
