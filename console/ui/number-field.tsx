import { useEffect, useState } from 'preact/hooks';
import { TextField } from './field.tsx';

interface NumberFieldProps {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
  min: number;
  max: number;
  hint?: string;
  error?: string | undefined;
  /** Said where the field is left empty; without it a number is demanded, and an empty field gives none. */
  placeholder?: string;
  /** The sentence for what is no number within bounds. */
  wrong: string;
  isLabelHidden?: boolean;
}

/** A whole number. What cannot be one is shown as wrong and not passed on. */
export function NumberField({
  label,
  value,
  onChange,
  min,
  max,
  hint,
  error,
  placeholder,
  wrong,
  isLabelHidden = false,
}: NumberFieldProps) {
  const [text, setText] = useState(value === null ? '' : String(value));
  const read = (typed: string): number | null | undefined => {
    if (typed.trim() === '') return placeholder === undefined ? undefined : null;
    const number = Number(typed);
    return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
  };
  // A change from elsewhere (discarded, another administrator's) shows; what is being typed stays as typed.
  useEffect(() => {
    if (read(text) !== value) setText(value === null ? '' : String(value));
  }, [value]);
  return (
    <TextField
      label={label}
      isLabelHidden={isLabelHidden}
      value={text}
      // A placeholder is words.
      {...(text !== '' && { dir: 'ltr' as const })}
      inputMode="numeric"
      maxLength={8}
      hint={hint}
      {...(placeholder !== undefined && { placeholder })}
      error={read(text) === undefined ? wrong : error}
      onInput={(typed) => {
        setText(typed);
        const number = read(typed);
        if (number !== undefined) onChange(number);
      }}
    />
  );
}
