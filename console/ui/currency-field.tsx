import { useMemo } from 'preact/hooks';
import { SelectField } from './field.tsx';
import { locale } from './format.ts';

/** Offered first; after them all that there are. */
const USUAL = ['ILS', 'USD', 'EUR', 'GBP', 'JOD'];

interface CurrencyFieldProps {
  label: string;
  value: string;
  onChoose: (currency: string) => void;
  hint?: string;
  isLabelHidden?: boolean;
}

export function CurrencyField({ label, value, onChoose, hint, isLabelHidden = false }: CurrencyFieldProps) {
  const tag = locale.value;
  const options = useMemo(() => {
    const names = new Intl.DisplayNames(tag, { type: 'currency' });
    const codes = new Set([...USUAL, ...Intl.supportedValuesOf('currency'), value]);
    return [...codes].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
  }, [tag, value]);
  return (
    <SelectField
      label={label}
      isLabelHidden={isLabelHidden}
      value={value}
      options={options}
      onChoose={onChoose}
      {...(hint !== undefined && { hint })}
    />
  );
}
