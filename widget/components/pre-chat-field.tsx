import type { ComponentType } from 'preact';
import { useRef } from 'preact/hooks';
import type { TextKey } from '../../shared/texts/text-keys.ts';
import type { AskedField, FormValues } from '../pre-chat-fields.ts';
import { MessageText } from './message-text.tsx';
import type { PhoneFieldProps } from './phone-field.tsx';
import css from './pre-chat.css?inline';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';

interface PreChatFieldProps {
  field: AskedField;
  id: string;
  values: FormValues;
  mistake: TextKey | null;
  PhoneField: ComponentType<PhoneFieldProps> | undefined;
  onInput: (said: FormValues) => void;
  onLeave: () => void;
}

/** What browsers fill in by themselves, and the longest that the server takes. */
const inputs = {
  name: { type: 'text', autoComplete: 'name', maxLength: 120, dir: 'auto' },
  email: { type: 'email', autoComplete: 'email', maxLength: 254, dir: 'ltr' },
  text: { type: 'text', maxLength: 1_000, dir: 'auto' },
  number: { type: 'text', inputMode: 'decimal', maxLength: 40, dir: 'ltr' },
} as const;

export function PreChatField({ field, id, values, mistake, PhoneField, onInput, onLeave }: PreChatFieldProps) {
  const { t } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  useStyle(place, css);
  const { key, kind, label, isRequired, options } = field;
  const value = values[key] ?? '';
  const mistakeId = `${id}-mistake`;
  const say = (next: string) => onInput({ [key]: next });
  const shared = {
    id,
    required: isRequired,
    'aria-invalid': mistake !== null,
    'aria-describedby': mistake === null ? undefined : mistakeId,
    onBlur: onLeave,
  };
  const words = (
    <>
      {label ? <MessageText text={label} /> : t(kind === 'consent' ? 'agree' : (kind as 'name'))}
      {!isRequired && <span class="may"> {t('optional')}</span>}
    </>
  );
  const isTick = kind === 'consent' || kind === 'checkbox';
  return (
    <div ref={place} class="asked">
      {isTick ? (
        <div class="tick">
          <input
            {...shared}
            type="checkbox"
            checked={value !== ''}
            onChange={(event) => say(event.currentTarget.checked ? t('yes') : '')}
          />
          <label for={id} dir="auto">
            {words}
          </label>
        </div>
      ) : (
        <label for={id} dir="auto">
          {words}
        </label>
      )}
      {kind === 'phone' ? (
        PhoneField && <PhoneField shared={shared} value={value} country={values.country} onInput={onInput} />
      ) : kind === 'choice' ? (
        <select {...shared} value={value} onChange={(event) => say(event.currentTarget.value)}>
          <option value="">{t('chooseOne')}</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        kind in inputs && (
          <input {...shared} {...inputs[kind as keyof typeof inputs]} value={value} onInput={(event) => say(event.currentTarget.value)} />
        )
      )}
      {mistake !== null && (
        <p id={mistakeId} class="mistake" role="alert">
          {t(mistake)}
        </p>
      )}
    </div>
  );
}
