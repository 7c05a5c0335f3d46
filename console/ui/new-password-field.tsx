import { TextField } from './field.tsx';

/** As `passwordSchema` has it. */
const LENGTH_MIN = 10;
const LENGTH_MAX = 200;

interface NewPasswordFieldProps {
  label: string;
  hint: string;
  value: string;
  error?: string | undefined;
  onInput: (value: string) => void;
}

/** A password that somebody chooses, for password stores to propose and to keep. */
export function NewPasswordField(props: NewPasswordFieldProps) {
  return (
    <TextField {...props} type="password" dir="ltr" autoComplete="new-password" minLength={LENGTH_MIN} maxLength={LENGTH_MAX} isRequired />
  );
}
