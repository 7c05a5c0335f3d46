import { TextField } from './field.tsx';

interface DateFieldProps {
  label: string;
  /** `YYYY-MM-DD`, or null for none. */
  value: string | null;
  onChange: (date: string | null) => void;
  error?: string | undefined;
  hint?: string;
  isRequired?: boolean;
  isLabelHidden?: boolean;
}

export function DateField({ label, value, onChange, error, hint, isRequired = false, isLabelHidden = false }: DateFieldProps) {
  return (
    <TextField
      type="date"
      label={label}
      isLabelHidden={isLabelHidden}
      isRequired={isRequired}
      hint={hint}
      dir="ltr"
      value={value ?? ''}
      error={error}
      onInput={(typed) => onChange(typed === '' ? null : typed)}
    />
  );
}

/** A moment's day where this browser is. */
export function dateOf(at: number): string {
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** When that day begins where this browser is, or its last moment. */
export function momentOf(date: string, isEnd = false): number {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return isEnd ? new Date(year, month - 1, day + 1).getTime() - 1 : new Date(year, month - 1, day).getTime();
}
