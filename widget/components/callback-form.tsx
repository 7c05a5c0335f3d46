import { useMemo, useRef, useState } from 'preact/hooks';
import { callbackSlots } from '../callback-slots.ts';
import { entrust } from '../errands.ts';
import { newId } from '../url-safe-id.ts';
import type { AsideProps } from './aside-props.ts';
import { FormActions, FormDone, useFormStyle } from './page-form.tsx';
import { useSpeech } from './speech.ts';

type Outcome = 'asking' | 'promised' | 'kept';

/** Where to call, when, and what about. */
export function CallbackForm({ chat, settings, onBack }: AsideProps) {
  const { t, times } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  useFormStyle(form);
  const [id] = useState(newId);
  const [phone, setPhone] = useState(chat.unsentDetails.value?.phone ?? chat.visitor.value?.phone ?? '');
  const [at, setAt] = useState('');
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome>('asking');
  const days = useMemo(() => byDay(callbackSlots(Date.now(), settings.timeZone), times.day), [settings.timeZone, times]);

  const ask = async (event: Event) => {
    event.preventDefault();
    if (phone.replace(/\D/g, '').length < 7) return refuse('phone');
    setWrong(null);
    setOutcome('kept');
    const [country] = navigator.languages.map((tag) => /-([A-Z]{2})$/.exec(tag)?.[1]).filter(Boolean);
    const reply = await entrust(chat.errands, 'callback:request', {
      id,
      phone: phone.trim(),
      ...(at && { at: Number(at) }),
      ...(note.trim() && { note: note.trim() }),
      ...(country && { country }),
    });
    if (reply?.ok) setOutcome('promised');
    else if (reply) refuse(reply.error.field ?? '');
  };
  const refuse = (field: string) => {
    setOutcome('asking');
    setWrong(field);
    form.current?.querySelector<HTMLElement>(field === 'at' ? 'select' : 'input')?.focus();
  };

  if (outcome !== 'asking') {
    const when = at ? times.ahead(Number(at)) : '';
    return (
      <FormDone
        title={t('callback')}
        text={t(outcome === 'kept' ? 'callbackKept' : at ? 'callbackPromised' : 'callbackSoon', { when })}
        onBack={onBack}
      />
    );
  }
  return (
    <form ref={form} class="page" noValidate onSubmit={ask}>
      <h3>{t('callback')}</h3>
      <p class="why">{t('callbackWhy')}</p>
      <label for="kesher-callback-phone">{t('phone')}</label>
      <input
        id="kesher-callback-phone"
        type="tel"
        autoComplete="tel"
        dir="ltr"
        maxLength={40}
        value={phone}
        aria-invalid={wrong === 'phone'}
        aria-describedby={wrong === 'phone' ? 'kesher-callback-wrong' : undefined}
        onInput={(event) => setPhone(event.currentTarget.value)}
      />
      <label for="kesher-callback-at">{t('callbackWhen')}</label>
      <select id="kesher-callback-at" value={at} onChange={(event) => setAt(event.currentTarget.value)}>
        <option value="">{t('callbackAsap')}</option>
        {days.map(([day, slots]) => (
          <optgroup key={day} label={day}>
            {slots.map((slot) => (
              <option key={slot} value={String(slot)}>
                {times.time(slot)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <label for="kesher-callback-note">
        {t('callbackNote')} <span class="optional">{t('optional')}</span>
      </label>
      <textarea
        id="kesher-callback-note"
        rows={3}
        maxLength={1_000}
        dir={note === '' ? undefined : 'auto'}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      {wrong !== null && (
        <p id="kesher-callback-wrong" class="field-error" role="alert">
          {t(wrong === 'phone' ? 'invalidPhone' : wrong === 'at' ? 'callbackPast' : 'couldNot')}
        </p>
      )}
      <FormActions submitLabel={t('callbackSubmit')} onCancel={onBack} />
    </form>
  );
}

function byDay(slots: readonly number[], dayOf: (at: number) => string): [string, number[]][] {
  const days = new Map<string, number[]>();
  for (const slot of slots) days.set(dayOf(slot), [...(days.get(dayOf(slot)) ?? []), slot]);
  return [...days];
}
