/** What a filter asks for, in words: one chip for each condition. */
import type { Inbox } from '../../shared/inbox.ts';
import type { ViewFilter } from '../../shared/view.ts';
import { language, t } from '../texts/texts.ts';
import type { Desk } from './desk.ts';

export interface FilterChip {
  key: keyof ViewFilter;
  text: string;
}

export type InboxNames = readonly Pick<Inbox, 'id' | 'name'>[];

export function filterChips(desk: Desk, filter: ViewFilter, inboxes: InboxNames): FilterChip[] {
  const { statuses = [], assignees = [], teams = [], tags = [], inboxIds = [], languages = [], lifecycles = [], fields = [] } = filter;
  const { promises = [] } = filter;
  const chips: (FilterChip | null)[] = [
    chip(
      'statuses',
      t('search.status'),
      statuses.map((status) => t(`views.status.${status}`)),
    ),
    chip(
      'assignees',
      t('conversation.assignee'),
      assignees.map((id) => assigneeName(desk, id)),
    ),
    chip(
      'teams',
      t('conversation.team'),
      teams.map((id) => teamName(desk, id)),
    ),
    chip('tags', t('search.tag'), tags),
    chip(
      'inboxIds',
      t('search.inbox'),
      inboxIds.map((id) => inboxes.find((inbox) => inbox.id === id)?.name ?? '…'),
    ),
    filter.isMentioned ? { key: 'isMentioned', text: t('views.mentioned') } : null,
    filter.isUnread ? { key: 'isUnread', text: t('views.unread') } : null,
    filter.waitingMs === undefined
      ? null
      : { key: 'waitingMs', text: t('views.waitingFor', { count: Math.round(filter.waitingMs / 60_000) }) },
    chip(
      'promises',
      t('views.promise'),
      promises.map((one) => t(`views.promise.${one}`)),
    ),
    chip('languages', t('views.language'), languages.map(languageName)),
    chip(
      'lifecycles',
      t('views.lifecycle'),
      lifecycles.map((one) => t(`contact.lifecycle.${one}`)),
    ),
    filter.isVerified === undefined ? null : { key: 'isVerified', text: filter.isVerified ? t('views.verified') : t('views.unverified') },
    ...fields.map(({ name, value }): FilterChip => ({ key: 'fields', text: `${name}: ${value}` })),
  ];
  return chips.filter((one) => one !== null);
}

function chip(key: keyof ViewFilter, label: string, values: readonly string[]): FilterChip | null {
  if (values.length === 0) return null;
  return { key, text: `${label}: ${new Intl.ListFormat(language.value, { type: 'disjunction' }).format(values)}` };
}

export function assigneeName(desk: Desk, id: string): string {
  if (id === 'me') return t('views.me');
  return id === 'none' ? t('assign.nobody') : (desk.colleagues.agents.value.get(id)?.name ?? '…');
}

export function teamName(desk: Desk, id: string): string {
  if (id === 'mine') return t('view.teams');
  return id === 'none' ? t('views.noTeam') : (desk.colleagues.teams.value.find((team) => team.id === id)?.name ?? '…');
}

export function languageName(tag: string): string {
  return new Intl.DisplayNames(language.value, { type: 'language' }).of(tag) ?? tag;
}
