/** A policy as one would say it: "Chats of team Sales: first answer within 2 minutes, …, in open time." */
import type { SlaRules } from '../../shared/sla.ts';
import { language, t } from '../texts/texts.ts';
import { formatPercent, formatSpan } from '../ui/format.ts';
import type { Named, SlaPlaces } from './sla-parts.ts';

export function policySentence(
  { when, firstResponseMs, nextResponseMs, resolutionMs, isBusinessTime, warnAfter, appliesTo = ['chats'] }: SlaRules,
  places: SlaPlaces,
): string {
  const conditions = conditionsOf(when, places);
  const isForChats = appliesTo.includes('chats');
  const subject = !isForChats ? '.tickets' : appliesTo.length > 1 ? '.both' : '';
  const promises = [
    firstResponseMs !== null && t('sla.says.first', { time: formatSpan(firstResponseMs) }),
    nextResponseMs !== null && isForChats && t('sla.says.next', { time: formatSpan(nextResponseMs) }),
    resolutionMs !== null && t('sla.says.resolution', { time: formatSpan(resolutionMs) }),
  ].filter((part) => part !== false);
  return t('sla.says', {
    chats: conditions.length === 0 ? t(`sla.says.all${subject}`) : t(`sla.says.chats${subject}`, { conditions: conditions.join(' ') }),
    promises: promises.length === 0 ? t('sla.says.nothing') : promises.join(', '),
    time: t(isBusinessTime ? 'sla.says.open' : 'sla.says.calendar'),
    share: formatPercent(warnAfter),
  });
}

function conditionsOf(
  { inboxIds = [], teamIds = [], priorities = [], lifecycles = [], ticketCategoryIds = [], fields = [] }: SlaRules['when'],
  { inboxes, teams, ticketCategories }: SlaPlaces,
): string[] {
  const says: (string | false)[] = [
    inboxIds.length > 0 && t('sla.says.inboxes', { names: anyOf(inboxIds.map((id) => nameIn(inboxes, id))) }),
    teamIds.length > 0 && t('sla.says.teams', { names: anyOf(teamIds.map((id) => nameIn(teams, id))) }),
    priorities.length > 0 && t('sla.says.priorities', { names: anyOf(priorities.map((one) => t(`priority.${one}`))) }),
    lifecycles.length > 0 && t('sla.says.lifecycles', { names: anyOf(lifecycles.map(lifecycleName)) }),
    ticketCategoryIds.length > 0 && t('sla.says.categories', { names: anyOf(ticketCategoryIds.map((id) => nameIn(ticketCategories, id))) }),
    ...fields.map(({ key, value }) => t('sla.says.field', { key, value })),
  ];
  return says.filter((part) => part !== false);
}

function nameIn(known: readonly Named[], id: string): string {
  return known.find((one) => one.id === id)?.name ?? t('sla.gone');
}

function lifecycleName(name: string): string {
  return name === 'lead' || name === 'customer' || name === 'lapsed' ? t(`contact.lifecycle.${name}`) : name;
}

function anyOf(parts: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: 'disjunction' }).format(parts);
}
