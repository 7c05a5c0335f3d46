import { useEffect, useState } from 'preact/hooks';
import { TextAreaField, TextField } from '../ui/field.tsx';

interface ListFieldProps {
  label: string;
  hint: string;
  values: readonly string[];
  error: string | undefined;
  /** Each on a line of its own, read from left to right, instead of behind commas. */
  isOfAddresses?: boolean;
  onChange: (values: string[]) => void;
}

/** Several short things in one field. What is being typed stays as typed. */
export function ListField({ label, hint, values, error, isOfAddresses = false, onChange }: ListFieldProps) {
  const [text, setText] = useState(() => written(values, isOfAddresses));
  const known = values.join('\n');
  useEffect(() => {
    if (read(text, isOfAddresses).join('\n') !== known) setText(written(values, isOfAddresses));
  }, [known]);
  const field = {
    label,
    hint,
    error,
    value: text,
    onInput: (typed: string) => {
      setText(typed);
      onChange(read(typed, isOfAddresses));
    },
  };
  return isOfAddresses ? (
    <TextAreaField {...field} dir="ltr" rows={2} placeholder="/checkout" />
  ) : (
    <TextField {...field} autoComplete="off" />
  );
}

function read(typed: string, isOfAddresses: boolean): string[] {
  return [...new Set(typed.split(isOfAddresses ? '\n' : /[,،\n]/).map((one) => one.trim()))].filter(Boolean);
}

function written(values: readonly string[], isOfAddresses: boolean): string {
  return values.join(isOfAddresses ? '\n' : ', ');
}
