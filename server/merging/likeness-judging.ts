/** What speaks for two files being one person, and how much. No database here. */
import { wordsOf } from '../../shared/fold.ts';
import type { LikenessReason } from '../../shared/merging.ts';
import type { SharedIdentity, Somebody } from './likeness-store.ts';
import { likenessOfNames, nameWords } from './name-likeness.ts';

/** Below this nothing is proposed. */
const SCORE_MIN = 40;
const SCORE_MAX = 99;
/** A number that so many have is an office's, and says little of one person. */
const HELD_BY_MANY = 4;

/** Post boxes for everybody: two people there have nothing in common. */
const openDomains = new Set(
  (
    'gmail googlemail hotmail outlook live msn yahoo ymail rocketmail icloud me mac aol proton protonmail pm gmx web t-online ' +
    'mail inbox bk list yandex ya rambler walla bezeqint netvision 012 013 zahav barak smile nana orange free laposte wanadoo ' +
    'libero qq 163 126 sina zoho fastmail tutanota hey'
  ).split(' '),
);
/** Said of companies of every kind. */
const companyKinds = new Set('בעמ ltd limited inc llc gmbh co company corp ag sa sarl חברה חברת the ה'.split(' '));
const weights = { external: 95, email: 85, phone: 75 } as const;
const MAILBOX_MIN = 5;

export interface Judged {
  kind: 'claim' | 'duplicate';
  reasons: LikenessReason[];
  score: number;
}

export interface Signs {
  name: string[];
  company: string[];
  domains: Map<string, string>;
  mailboxes: Map<string, string>;
}

export function signsOf({ name, company, identities }: Pick<Somebody, 'name' | 'company' | 'identities'>): Signs {
  const emails = identities.filter(({ kind }) => kind === 'email').map(({ value }) => value);
  return {
    name: nameWords(name),
    company: [...new Set(wordsOf(company ?? '').map(({ word }) => word))].filter((word) => !companyKinds.has(word)).slice(0, 4),
    domains: new Map(emails.flatMap((email) => (isOwnDomain(domainOf(email)) ? [[domainOf(email), email]] : []))),
    mailboxes: new Map(emails.flatMap((email) => (boxOf(email).length >= MAILBOX_MIN ? [[boxOf(email), email]] : []))),
  };
}

/** Null where too little speaks for it. `holders`: how many files hold a value, by `kind value`. */
export function judge(one: Somebody, other: Somebody, holders: ReadonlyMap<string, number>): Judged | null {
  const [a, b] = [signsOf(one), signsOf(other)];
  const shared = one.identities.flatMap((own) => {
    const theirs = other.identities.find(({ kind, value }) => kind === own.kind && value === own.value);
    return theirs ? [{ own, theirs }] : [];
  });
  const names = likenessOfNames(a.name, b.name);
  const reasons: LikenessReason[] = shared.map(({ own }) => ({ sign: own.kind as keyof typeof weights, value: own.value }));
  const weak: LikenessReason[] = [];
  const isSameCompany = one.companyId !== null && one.companyId === other.companyId;
  if (isSameCompany || (a.company.length > 0 && isSameSet(a.company, b.company))) weak.push({ sign: 'company', value: one.company ?? '' });
  const domain = [...a.domains.keys()].find((own) => b.domains.has(own));
  if (domain !== undefined) weak.push({ sign: 'domain', value: domain });
  const box = [...a.mailboxes.keys()].find((own) => b.mailboxes.has(own) && a.mailboxes.get(own) !== b.mailboxes.get(own));
  if (box !== undefined) weak.push({ sign: 'mailbox', value: box });
  if (names) reasons.push({ sign: names === 'same' ? 'name' : 'near-name', value: one.name ?? '' });
  reasons.push(...weak);
  const score = scoreOf({ shared: shared.map(({ own }) => own), names, weak, hasNames: a.name.length > 0 && b.name.length > 0, holders });
  if (score < SCORE_MIN) return null;
  return { kind: shared.some(({ own, theirs }) => isClaim(own, theirs)) ? 'claim' : 'duplicate', reasons, score };
}

/** A visitor says what stood in another file before, on better word than its own. */
export function isClaim(own: SharedIdentity, theirs: SharedIdentity): boolean {
  return own.source === 'visitor' && own.isVerified === 0 && (theirs.isVerified === 1 || theirs.source !== 'visitor');
}

interface Evidence {
  shared: readonly SharedIdentity[];
  names: 'same' | 'near' | null;
  weak: readonly LikenessReason[];
  hasNames: boolean;
  holders: ReadonlyMap<string, number>;
}

function scoreOf({ shared, names, weak, hasNames, holders }: Evidence): number {
  const byName = names === 'same' ? 15 : names === 'near' ? 8 : hasNames ? -20 : 0;
  const strong = shared.map(({ kind, value }) =>
    (holders.get(`${kind} ${value}`) ?? 0) >= HELD_BY_MANY ? 30 : weights[kind as keyof typeof weights],
  );
  if (strong.length > 0) return clamp(Math.max(...strong) + byName + 5 * (strong.length - 1) + 3 * weak.length);
  if (names === null || weak.length === 0) return 0;
  return clamp((names === 'same' ? 55 : 42) + 10 * (weak.length - 1) + (weak.some(({ sign }) => sign === 'mailbox') ? 5 : 0));
}

function clamp(score: number): number {
  return Math.max(0, Math.min(SCORE_MAX, score));
}

export function isOwnDomain(domain: string): boolean {
  return domain !== '' && !openDomains.has(domain.split('.')[0] ?? '');
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/** Before the `+`, without dots. */
function boxOf(email: string): string {
  return email.slice(0, email.lastIndexOf('@')).replace(/\+.*$/, '').replaceAll('.', '');
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word) => other.includes(word));
}
