import { useRef, useState } from 'preact/hooks';
import { looksLikeEmail } from '../email-shape.ts';
import { FormActions, useFormStyle } from './page-form.tsx';
import { useSpeech } from './speech.ts';

export interface ToldDetails {
  name?: string;
  phone?: string;
  email?: string;
}
type Field = keyof ToldDetails;

interface DetailsFormProps {
  details: ToldDetails;
  /** Of the last attempt: what the server did not accept. */
  refusedField: string | null;
  onInput: (details: ToldDetails) => void;
  onSave: (details: ToldDetails) => void;
  onCancel: () => void;
}

const fields = [
  { name: 'name', type: 'text', autoComplete: 'name', max: 120 },
  { name: 'phone', type: 'tel', autoComplete: 'tel', max: 40 },
  { name: 'email', type: 'email', autoComplete: 'email', max: 254 },
] as const;

/** Whether it could be one at all; who really answers there is not ours to judge here. */
const isPlausible: Record<Field, (value: string) => boolean> = {
  name: () => true,
  phone: (value) => /^[+\d\s().\-–/]+$/.test(value) && value.replace(/\D/g, '').length >= 7,
  email: looksLikeEmail,
};

export function DetailsForm({ details, refusedField, onInput, onSave, onCancel }: DetailsFormProps) {
  const { t } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  useFormStyle(form);
  const [checked, setChecked] = useState<Partial<Record<Field, boolean>>>({});
  const hasError = (name: Field) => {
    const value = (details[name] ?? '').trim();
    return value !== '' && !isPlausible[name](value);
  };
  const errorOf = (name: Field) => {
    if (refusedField === name) return t(name === 'phone' ? 'invalidPhone' : name === 'email' ? 'invalidEmail' : 'detailsRefused');
    if (!checked[name] || !hasError(name)) return null;
    return t(name === 'phone' ? 'invalidPhone' : 'invalidEmail');
  };

  const save = (event: SubmitEvent) => {
    event.preventDefault();
    setChecked({ name: true, phone: true, email: true });
    const wrong = fields.find((field) => hasError(field.name));
    if (wrong) {
      form.current?.querySelector<HTMLInputElement>(`#kesher-${wrong.name}`)?.focus();
      return;
    }
    onSave(Object.fromEntries(Object.entries(details).map(([name, value]) => [name, value.trim()])));
  };

  return (
    <form ref={form} class="page" noValidate onSubmit={save}>
      <h3>{t('yourDetails')}</h3>
      <p class="why">{t('detailsWhy')}</p>
      {refusedField !== null && !fields.some((field) => field.name === refusedField) && (
        <p class="field-error" role="alert">
          {t('detailsRefused')}
        </p>
      )}
      {fields.map(({ name, type, autoComplete, max }) => {
        const error = errorOf(name);
        return (
          <div key={name}>
            <label for={`kesher-${name}`}>
              {t(name)} <span class="optional">{t('optional')}</span>
            </label>
            <input
              id={`kesher-${name}`}
              name={name}
              type={type}
              list={undefined}
              autoComplete={autoComplete}
              maxLength={max}
              // Numbers and addresses run from left to right in every language.
              dir={name === 'name' ? 'auto' : 'ltr'}
              value={details[name] ?? ''}
              aria-invalid={error !== null}
              aria-describedby={error === null ? undefined : `kesher-${name}-error`}
              onInput={(event) => onInput({ ...details, [name]: event.currentTarget.value })}
              onBlur={() => setChecked({ ...checked, [name]: true })}
            />
            {error !== null && (
              <p id={`kesher-${name}-error`} class="field-error" role="alert">
                {error}
              </p>
            )}
          </div>
        );
      })}
      <FormActions submitLabel={t('save')} onCancel={onCancel} />
    </form>
  );
}
