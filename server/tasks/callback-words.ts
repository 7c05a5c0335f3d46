/** A promised call in words, in the visitor's language and time. */
import type { Language } from '../../shared/language.ts';
import { spokenLocale } from '../../shared/spoken-locale.ts';
import { filled } from '../mail/letter-frame.ts';
import type { TaskRow } from '../storage/tables.ts';
import { type CallbackTexts, callbackTexts } from './texts/callback-texts.ts';

export interface CallbackWords {
  language: Language;
  say: (key: keyof CallbackTexts, places?: Record<string, string>) => string;
  /** Day and hour. */
  when: (at: number) => string;
  day: (at: number) => string;
  /** With the weekday: a closed list shows nothing else. */
  hour: (at: number) => string;
  /** The name of the time zone. */
  zone: string;
  /** When we call. */
  promise: string;
}

type Promised = Pick<TaskRow, 'locale' | 'timeZone' | 'dueAt' | 'slotAt' | 'attemptCount' | 'awaitsTurn'>;

/** `timeZone` and `locale` of the inbox stand in where the visitor's are not known. */
export function wordsOf(task: Promised, inbox: { locale: string; timeZone: string }, business: string): CallbackWords {
  const { language, locale } = spokenLocale(task.locale, inbox.locale);
  const timeZone = task.timeZone ?? inbox.timeZone;
  const say: CallbackWords['say'] = (key, places = {}) => filled(callbackTexts[language][key], { business, ...places });
  const format = (options: Intl.DateTimeFormatOptions) => {
    const clock = new Intl.DateTimeFormat(locale, { ...options, timeZone, numberingSystem: 'latn' });
    return (at: number) => clock.format(at);
  };
  const when = format({ weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' });
  return {
    language,
    say,
    when,
    day: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    hour: format({ weekday: 'short', hour: 'numeric', minute: '2-digit' }),
    zone: zoneName(language, timeZone, task.dueAt),
    promise: task.awaitsTurn === 1 ? say('turn') : hasTime(task) ? say('at', { when: when(task.dueAt) }) : say('soon'),
  };
}

/** Somebody chose when: the visitor, or we when nobody answered. Else it is as soon as possible. */
export function hasTime({ slotAt, attemptCount }: Pick<TaskRow, 'slotAt' | 'attemptCount'>): boolean {
  return slotAt !== null || attemptCount > 0;
}

function zoneName(language: Language, timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
