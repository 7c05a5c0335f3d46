/** What an automatic answer does, in plain words. */
import type { Answer } from '../../shared/automatic-answer.ts';
import type { BotRule } from '../../shared/bot-rule.ts';
import type { Language } from '../../shared/language.ts';
import { language, t } from '../texts/texts.ts';
import { formatDate, formatLanguage, formatTime } from '../ui/format.ts';
import { countBlanks } from './blanks.ts';

type AnswerState = 'off' | 'blank' | 'ended' | 'later' | 'unheard' | 'speaks';

export interface NamedInbox {
  id: string;
  name: string;
  settings: { bot: Pick<BotRule, 'outside' | 'waiting'> };
}

export function stateOf(answer: Answer, inboxes: readonly NamedInbox[], now: number): AnswerState {
  if (!answer.isOn) return countBlanks(answer) > 0 ? 'blank' : 'off';
  if (answer.validTo !== null && answer.validTo <= now) return 'ended';
  if (answer.validFrom !== null && answer.validFrom > now) return 'later';
  return mayBeHeard(answer, inboxes) ? 'speaks' : 'unheard';
}

/** Whether any inbox lets answers speak when this one wants to. */
export function mayBeHeard({ inboxIds, moment }: Pick<Answer, 'inboxIds' | 'moment'>, inboxes: readonly NamedInbox[]): boolean {
  const own = inboxes.filter(({ id }) => inboxIds === null || inboxIds.includes(id));
  // Whoever does not see inboxes is not told about them.
  return (
    own.length === 0 || own.some(({ settings: { bot } }) => (moment !== 'waiting' && bot.outside) || (moment !== 'outside' && bot.waiting))
  );
}

/** "Speaks outside hours in Shop", "Off: two blanks to fill in", "Ended 3 May" */
export function stateSentence(answer: Answer, inboxes: readonly NamedInbox[], now: number): string {
  const state = stateOf(answer, inboxes, now);
  if (state === 'off') return t('answers.state.off');
  if (state === 'blank') return t('answers.state.blank', { count: countBlanks(answer) });
  if (state === 'ended') return t('answers.state.ended', { date: formatEnd(answer.validTo ?? now) });
  if (state === 'later') return t('answers.state.later', { date: formatStart(answer.validFrom ?? now) });
  if (state === 'unheard') return t('answers.state.unheard');
  const place = placeOf(answer.inboxIds, inboxes);
  const sentence = place === null ? t(`answers.speaks.${answer.moment}`) : t(`answers.speaksIn.${answer.moment}`, { place });
  return answer.validTo === null ? sentence : t('answers.until', { sentence, date: formatEnd(answer.validTo) });
}

/** "Hebrew and English" */
export function languageList(languages: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(languages.map(formatLanguage));
}

export function languagesOf({ bodies }: Pick<Answer, 'bodies'>): Language[] {
  return Object.keys(bodies) as Language[];
}

/** "7 phrasings": the title question counts, it is a way of asking, too. */
export function phrasingFact({ phrasings, intent }: Pick<Answer, 'phrasings' | 'intent'>): string {
  if (intent !== null && phrasings.length === 0) return t('answers.phrasingsOfLibrary');
  return t('answers.phrasingCount', { count: phrasings.length + 1 });
}

/** Null: everywhere. */
function placeOf(inboxIds: readonly string[] | null, inboxes: readonly NamedInbox[]): string | null {
  if (inboxIds === null) return null;
  const names = inboxIds.flatMap((id) => inboxes.find((inbox) => inbox.id === id)?.name ?? []);
  if (names.length < inboxIds.length || names.length > 3) return t('answers.inboxes', { count: inboxIds.length });
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(names);
}

/** It ends before `at`: at midnight the day before is its last. */
function formatEnd(at: number): string {
  return isMidnight(at) ? formatDate(at - 1) : `${formatDate(at)}, ${formatTime(at)}`;
}

function formatStart(at: number): string {
  return isMidnight(at) ? formatDate(at) : `${formatDate(at)}, ${formatTime(at)}`;
}

export function isMidnight(at: number): boolean {
  const moment = new Date(at);
  return moment.getHours() === 0 && moment.getMinutes() === 0;
}
