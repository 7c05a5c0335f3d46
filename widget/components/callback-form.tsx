import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Reply } from '../../shared/errors.ts';
import type { CallbackReply, CallbackTimes } from '../../shared/task.ts';
import { dropErrand, entrust, heldWish, lateAnswer } from '../errands.ts';
import { newId } from '../url-safe-id.ts';
import type { AsideProps } from './aside-props.ts';
import { CallbackLink } from './callback-link.tsx';
import { FormActions, FormDone, useFirstFocus, useFormStyle } from './page-form.tsx';
import { useSpeech } from './speech.ts';
import { useValue } from './use-value.ts';

type Outcome = 'asking' | 'promised' | 'kept';

const TURN = 'turn';
const SOON_MS = 5 * 60_000;

/** Where to call, when, and what about. Without a connection it can only be as soon as possible; the wish is kept until there is one. */
export function CallbackForm({ chat, onBack }: AsideProps) {
  const { t, times, language } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  useFormStyle(form);
  useFirstFocus(form);
  // Not promised yet: it waits for the connection, or was refused while nobody looked.
  const [held] = useState(() => heldWish(chat.errands));
  const [id] = useState(() => held?.payload.id ?? newId());
  const visitor = useValue(chat.visitor);
  const [typed, setPhone] = useState(held?.payload.phone ?? chat.unsentDetails.value?.phone);
  // Who the visitor is may be known only after the form stands.
  const phone = typed ?? visitor?.phone ?? '';
  const [at, setAt] = useState(chat.conversation.value?.queue?.offersCallback ? TURN : '');
  const [note, setNote] = useState(held?.payload.note ?? '');
  const [wrong, setWrong] = useState<string | null>(held?.refusal ?? null);
  const [outcome, setOutcome] = useState<Outcome>(held && held.refusal === undefined ? 'kept' : 'asking');
  const late = useValue(lateAnswer);
  const [link, setLink] = useState<string>();
  const [offered, setOffered] = useState<CallbackTimes>();
  const days = useMemo(() => byDay(offered?.slots ?? [], times.day), [offered, times]);
  const isLive = useValue(chat.status) === 'live';
  const lookAtTimes = async () => {
    const reply = await chat.ask<CallbackTimes>('callback:times', {});
    if (reply.ok && reply.data.slots) setOffered(reply.data);
  };
  useEffect(() => {
    if (isLive) void lookAtTimes();
  }, [isLive]);
  // Somebody took it, or somebody came: what is chosen must be there to choose.
  const choice = at === TURN ? (offered && !offered.mayKeepPlace ? '' : at) : offered?.slots.includes(Number(at)) ? at : '';

  const ask = async (event: Event) => {
    event.preventDefault();
    if (phone.replace(/\D/g, '').length < 7) return refuse('phone');
    setWrong(null);
    setOutcome('kept');
    const [country] = navigator.languages.map((tag) => /-([A-Z]{2})$/.exec(tag)?.[1]).filter(Boolean);
    settle(
      await entrust(chat.errands, 'callback:request', {
        id,
        phone: phone.trim(),
        ...(choice === TURN ? { keepsPlace: true } : choice && { at: Number(choice) }),
        timeZone: zone(),
        ...(note.trim() && { note: note.trim() }),
        ...(country && { country }),
      }),
    );
  };
  const settle = (reply: Reply<unknown> | null) => {
    if (reply?.ok) {
      setLink((reply.data as Partial<CallbackReply>).link);
      setOutcome('promised');
    } else if (reply) {
      refuse(reply.error.field === 'keepsPlace' ? 'at' : (reply.error.field ?? ''));
      void lookAtTimes();
    }
  };
  const refuse = (field: string) => {
    setOutcome('asking');
    setWrong(field);
    showWrong(field);
  };
  const showWrong = (field: string) => form.current?.querySelector<HTMLElement>(field === 'at' ? 'select' : 'input')?.focus();
  // A refusal that takes the thanks away again.
  useEffect(() => {
    if (outcome === 'asking' && wrong !== null) showWrong(wrong);
  }, [outcome]);

  const call = offered?.call;
  const isLate = late?.subject === id;
  useEffect(() => {
    if (isLate) settle(late.reply);
  }, [late]);

  /** At `chosen`, as the select has it. */
  const promise = (chosen: string | number | undefined) =>
    t(chosen === TURN ? 'callbackTurnPromised' : chosen ? 'callbackPromised' : 'callbackSoon', {
      when: Number(chosen) > 0 ? times.ahead(Number(chosen)) : '',
    });
  const problem = (said: 'invalidPhone' | 'callbackPast' | 'couldNot') => (
    <p id="kesher-callback-wrong" class="field-error" role="alert">
      {t(said)}
    </p>
  );
  if (outcome !== 'asking') {
    const promised = isLate && late.isSoonInstead ? t('callbackSoonInstead') : promise(choice);
    return (
      <FormDone title={t('callback')} text={outcome === 'kept' ? t('callbackKept') : promised} onBack={onBack}>
        {link && <CallbackLink link={link} />}
      </FormDone>
    );
  }
  return (
    <form ref={form} class="page" noValidate onSubmit={ask}>
      <h3>{t('callback')}</h3>
      {call ? (
        <>
          <p class="why" role="status">
            {promise(call.awaitsTurn ? TURN : call.at)}
          </p>
          <CallbackLink link={call.link} />
        </>
      ) : (
        <p class="why">{t('callbackWhy')}</p>
      )}
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
      {wrong === 'phone' && problem('invalidPhone')}
      <label for="kesher-callback-at">{t('callbackWhen')}</label>
      <select
        id="kesher-callback-at"
        value={choice}
        aria-invalid={wrong === 'at'}
        aria-describedby={wrong === 'at' ? 'kesher-callback-wrong' : undefined}
        onChange={(event) => setAt(event.currentTarget.value)}
      >
        {(offered?.mayKeepPlace || choice === TURN) && <option value={TURN}>{t('callbackTurn')}</option>}
        <option value="">{[t('callbackAsap'), later(offered) && times.ahead(later(offered))].filter(Boolean).join(' · ')}</option>
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
      {wrong === 'at' && problem('callbackPast')}
      {days.length > 0 && (
        <p class="why below">
          {Number(choice) > 0 && `${times.ahead(Number(choice))}. `}
          {t('callbackZone', { zone: zoneName(language) })}
        </p>
      )}
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
      {wrong !== null && wrong !== 'phone' && wrong !== 'at' && problem('couldNot')}
      <FormActions
        submitLabel={t('callbackSubmit')}
        onCancel={() => {
          dropErrand(chat.errands, id);
          onBack();
        }}
      />
    </form>
  );
}

/** When "as soon as possible" is, if that is not now. */
function later(offered: CallbackTimes | undefined): number {
  return offered && offered.soonAt > Date.now() + SOON_MS ? offered.soonAt : 0;
}

function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function zoneName(language: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZoneName: 'longGeneric' }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone();
}

function byDay(slots: readonly number[], dayOf: (at: number) => string): [string, number[]][] {
  const days = new Map<string, number[]>();
  for (const slot of slots) days.set(dayOf(slot), [...(days.get(dayOf(slot)) ?? []), slot]);
  return [...days];
}
