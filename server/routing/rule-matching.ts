/** Which rule decides about a newcomer: the first that fits, as an administrator reads the list. */
import { fitsPage } from '../../shared/page-pattern.ts';
import type { RoutingRule, RoutingRules, RuleConditions } from '../../shared/routing.ts';

/** What rules may ask of somebody who begins to wait. */
export interface Newcomer {
  inboxId: string;
  page: string | null;
  /** A tag without a region. */
  language: string | null;
  fields: Readonly<Record<string, string>>;
  lifecycle: string | null;
  isVerified: boolean;
  isReturning: boolean;
  isOpen: boolean;
}

export function matchRule({ rules }: Pick<RoutingRules, 'rules'>, newcomer: Newcomer): RoutingRule | null {
  return rules.find(({ isOn, when }) => isOn && holds(when, newcomer)) ?? null;
}

/** The spoken language of a tag like `he-IL`. */
export function spokenOf(tag: string | null): string | null {
  const spoken = tag?.split('-')[0]?.toLowerCase() ?? '';
  if (!/^[a-z]{2,3}$/.test(spoken)) return null;
  return spoken === 'iw' ? 'he' : spoken;
}

function holds(when: RuleConditions, newcomer: Newcomer): boolean {
  const { inboxIds, pages, languages, fields, lifecycles, isVerified, isReturning, hours } = when;
  return (
    isAmong(inboxIds, newcomer.inboxId) &&
    isAmong(languages, newcomer.language) &&
    isAmong(lifecycles, newcomer.lifecycle) &&
    (isVerified === undefined || isVerified === newcomer.isVerified) &&
    (isReturning === undefined || isReturning === newcomer.isReturning) &&
    (hours === undefined || (hours === 'open') === newcomer.isOpen) &&
    (fields === undefined || fields.length === 0 || fields.some(({ key, value }) => isSame(newcomer.fields[key], value))) &&
    (pages === undefined || pages.length === 0 || isOnPage(pages, newcomer.page))
  );
}

/** A condition that names nothing asks nothing. */
function isAmong(named: readonly string[] | undefined, value: string | null): boolean {
  return named === undefined || named.length === 0 || (value !== null && named.includes(value));
}

function isSame(value: string | undefined, wanted: string): boolean {
  return value !== undefined && value.trim().toLowerCase() === wanted.trim().toLowerCase();
}

function isOnPage(patterns: readonly string[], page: string | null): boolean {
  if (page === null || !URL.canParse(page)) return false;
  const address = new URL(page);
  return patterns.some((pattern) => fitsPage(pattern, address) || fitsPage(`${pattern}*`, address));
}
