/** The bot's own sentences, in one language and by the inbox's clock. */
import type { BotRule } from '../../shared/bot-rule.ts';
import type { Availability, Inbox } from '../../shared/inbox.ts';
import type { ByLanguage, Language } from '../../shared/language.ts';
import type { App } from '../app.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import { type BotTexts, botTexts } from './texts/bot-texts.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface BotWords {
  language: Language;
  say: (key: keyof BotTexts, places?: Record<string, string>) => string;
  /** Who speaks: whatever an inbox calls its bot, that it is none of its people can be read in it. */
  name: string;
  /** When a person will answer, and that there may be a call instead. */
  promise: string;
}

export interface Setting {
  availability: Availability;
  hasCallback: boolean;
  timeZone: string;
  now: number;
}

/** That of its business hours, which say when it opens; else its own. */
export async function timeZoneOf(app: App, { id, settings }: Inbox): Promise<string> {
  return (await clockOf(app, { inboxId: id })).timeZone ?? settings.timeZone;
}

export function wordsIn(language: Language, rule: BotRule, setting: Setting): BotWords {
  const say: BotWords['say'] = (key, places = {}) =>
    botTexts[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole);
  const waiting = whenAnswered(say, language, setting);
  const isCallWorthIt = setting.hasCallback && !setting.availability.staffed;
  return {
    language,
    say,
    name: botName(language, rule),
    promise: isCallWorthIt ? `${waiting} ${say('call')}` : waiting,
  };
}

export function botName(language: Language, { name }: Pick<BotRule, 'name'>): string {
  const own = (name[language] ?? Object.values(name as ByLanguage)[0])?.trim();
  const { named, name: unnamed } = botTexts[language];
  return own ? named.replace('{name}', () => own) : unnamed;
}

function whenAnswered(say: BotWords['say'], language: Language, { availability, timeZone, now }: Setting): string {
  const { open, staffed, opensAt, expectedWaitMs } = availability;
  if (staffed) return expectedWaitMs ? say('inMinutes', { minutes: String(Math.ceil(expectedWaitMs / 60_000)) }) : say('shortly');
  if (open || opensAt === null) return say('later');
  const isFar = opensAt - now > 6 * DAY_MS;
  const clock = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    ...(isFar && { day: 'numeric', month: 'long' }),
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    // Whoever reads it may be anywhere.
    timeZoneName: 'longGeneric',
    numberingSystem: 'latn',
  });
  return say('opens', { when: clock.format(opensAt) });
}
