import { useState } from 'preact/hooks';
import { fromDecimal, toDecimal } from '../../shared/money.ts';
import { TextField } from './field.tsx';

interface MoneyFieldProps {
  label: string;
  currency: string;
  /** In the currency's smallest unit; null: nothing was typed. */
  amount: number | null;
  /** NaN for what cannot be read. */
  onChange: (amount: number | null) => void;
  error?: string | undefined;
  isLabelHidden?: boolean;
  isRequired?: boolean;
}

/** An amount as people write it. What is being typed stays as typed; a change from elsewhere shows. */
export function MoneyField({ label, currency, amount, onChange, error, isLabelHidden = false, isRequired = false }: MoneyFieldProps) {
  const [text, setText] = useState(() => written(amount, currency));
  const shown =
    read(text, currency) === amount || (Number.isNaN(amount) && Number.isNaN(read(text, currency))) ? text : written(amount, currency);
  return (
    <TextField
      label={label}
      isLabelHidden={isLabelHidden}
      isRequired={isRequired}
      dir="ltr"
      autoComplete="off"
      maxLength={24}
      value={shown}
      error={error}
      onInput={(typed) => {
        setText(typed);
        onChange(read(typed, currency));
      }}
    />
  );
}

function read(text: string, currency: string): number | null {
  if (text.trim() === '') return null;
  return fromDecimal(text, currency) ?? Number.NaN;
}

function written(amount: number | null, currency: string): string {
  return amount === null || Number.isNaN(amount) ? '' : toDecimal({ amount, currency });
}
