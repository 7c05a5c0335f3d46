/** A rule as one would say it: "Chats in Hebrew from /checkout go to Sales, urgent." */
import type { RoutingRule, RuleConditions } from '../../shared/routing.ts';
import { language, t } from '../texts/texts.ts';
import { formatLanguage } from '../ui/format.ts';
import type { Named } from './routing-form.ts';

interface Known {
  inboxes: readonly Named[];
  teams: readonly Named[];
}

export function ruleSentence({ when, teamId, priority, skills }: RoutingRule, known: Known): string {
  const conditions = conditionsOf(when, known);
  const chats = conditions.length === 0 ? t('routing.says.all') : t('routing.says.chats', { conditions: conditions.join(' ') });
  const more = [
    priority === 'normal' ? '' : t(`routing.says.priority.${priority}`),
    skills.length === 0 ? '' : t('routing.says.skills', { names: listed(skills, 'conjunction') }),
  ].join('');
  if (teamId === null) return t('routing.says.toAnybody', { chats, more });
  return t('routing.says.toTeam', { chats, team: nameIn(known.teams, teamId) ?? t('routing.goneTeam'), more });
}

function conditionsOf(when: RuleConditions, { inboxes }: Known): string[] {
  const { inboxIds = [], languages = [], pages = [], fields = [], lifecycles = [], isVerified, isReturning, hours } = when;
  const says: (string | false)[] = [
    inboxIds.length > 0 && t('routing.says.inboxes', { names: anyOf(inboxIds.map((id) => nameIn(inboxes, id) ?? '…')) }),
    languages.length > 0 && t('routing.says.languages', { names: anyOf(languages.map(formatLanguage)) }),
    pages.length > 0 && t('routing.says.pages', { names: anyOf(pages.map((page) => `\u2066${page}\u2069`)) }),
    ...fields.map(({ key, value }) => t('routing.says.field', { key, value })),
    lifecycles.length > 0 && t('routing.says.lifecycles', { names: anyOf(lifecycles.map(lifecycleName)) }),
    isVerified !== undefined && t(isVerified ? 'routing.says.verified' : 'routing.says.unverified'),
    isReturning !== undefined && t(isReturning ? 'routing.says.returning' : 'routing.says.firstTime'),
    hours !== undefined && t(`routing.says.${hours}`),
  ];
  return says.filter((part) => part !== false);
}

export function nameIn(known: readonly Named[], id: string): string | undefined {
  return known.find((one) => one.id === id)?.name;
}

function lifecycleName(name: string): string {
  return name === 'lead' || name === 'customer' || name === 'lapsed' ? t(`contact.lifecycle.${name}`) : name;
}

const anyOf = (parts: readonly string[]) => listed(parts, 'disjunction');

function listed(parts: readonly string[], type: Intl.ListFormatType): string {
  return new Intl.ListFormat(language.value, { type }).format(parts);
}
