/** One visitor's stay on the site, and what each agent is shown of it. No clock, no sockets. */
import type { Page } from '../../shared/contact.ts';
import { wordsOf } from '../../shared/fold.ts';
import type { LiveDevice, LiveVisitor } from '../../shared/live-visitor.ts';
import { maySee, type Place, type Sight } from '../access/sight.ts';
import { isInDetail } from '../contacts/masking.ts';

/** What the database knows of a visitor. */
export interface Acquaintance {
  contact: LiveVisitor['contact'];
  /** What the site told of the cart while the window was open. */
  cartValue: number | null;
  earlier: number;
  open: (Place & { id: string }) | null;
}

export interface Visit {
  id: string;
  inboxId: string;
  /** The tabs that are open, the one looked at last at the end. */
  tabs: Map<string, Page>;
  page: { url: string; title: string };
  pageSince: number;
  arrivedAt: number;
  pagesSeen: number;
  referrer: string | null;
  locale: string | null;
  device: LiveDevice;
  country: string | null;
  cartValue: number | null;
  known: Acquaintance;
  /** The database is to be asked again. */
  isStale: boolean;
  /** When its last tab was closed; null while one is open. */
  leftAt: number | null;
  /** Grows with every change that a screen could show. */
  version: number;
  /** What it is found by, for those who see whole addresses and for the others. */
  words: Map<boolean, { version: number; words: readonly string[] }>;
}

export const stranger: Acquaintance = { contact: null, cartValue: null, earlier: 0, open: null };

/** The page of the tab that was looked at last. True if that is another one than before. */
export function followPage(visit: Visit, now: number): boolean {
  const shown = [...visit.tabs.values()].at(-1);
  if (!shown) return false;
  const isOther = shown.url !== visit.page.url;
  const cartValue = shown.cartValue ?? visit.cartValue;
  if (!isOther && shown.title === visit.page.title && cartValue === visit.cartValue) return false;
  if (isOther) visit.pageSince = now;
  visit.page = { url: shown.url, title: shown.title };
  visit.cartValue = cartValue;
  visit.version += 1;
  return isOther;
}

/** An address of the same site says nothing about where somebody came from. */
export function foreignReferrer({ url, referrer }: Page): string | null {
  if (!referrer || !URL.canParse(referrer) || !/^https?:/i.test(referrer)) return null;
  return new URL(referrer).host === new URL(url).host ? null : referrer;
}

/** Shops put order numbers and addresses behind the question mark. */
function withoutQuestion(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

export function shownVisit(visit: Visit, sight: Sight): LiveVisitor {
  const isWhole = isInDetail(sight);
  const address = (url: string) => (isWhole ? url : withoutQuestion(url));
  const { known, page, referrer } = visit;
  return {
    id: visit.id,
    inboxId: visit.inboxId,
    page: { url: address(page.url), title: page.title },
    pageSince: visit.pageSince,
    arrivedAt: visit.arrivedAt,
    pagesSeen: visit.pagesSeen,
    referrer: referrer === null ? null : address(referrer),
    locale: visit.locale,
    device: visit.device,
    country: visit.country,
    contact: known.contact,
    cartValue: isWhole ? (visit.cartValue ?? known.cartValue) : null,
    earlier: known.earlier,
    isTalking: known.open !== null,
    conversationId: known.open && maySee(sight, known.open) ? known.open.id : null,
  };
}

/** Whether every word that was looked for stands in the page or in the name, as this agent is shown them. */
export function isFound(visit: Visit, sight: Pick<Sight, 'permissions'>, sought: readonly string[]): boolean {
  if (sought.length === 0) return true;
  const words = wordsOn(visit, isInDetail(sight));
  return sought.every((one) => words.some((word) => word.includes(one)));
}

/** Kept until something changes: thousands of visitors are looked through every second. */
function wordsOn(visit: Visit, isWhole: boolean): readonly string[] {
  const held = visit.words.get(isWhole);
  if (held?.version === visit.version) return held.words;
  const { page, known, version } = visit;
  const address = isWhole ? page.url : withoutQuestion(page.url);
  const words = [...pageWords(address, page.title), ...soughtWords(known.contact?.name ?? '')];
  visit.words.set(isWhole, { version, words });
  return words;
}

const KEPT_PAGES = 2_000;
const keptPages = new Map<string, readonly string[]>();

/** Thousands of visitors look at hundreds of pages. */
function pageWords(address: string, title: string): readonly string[] {
  const text = `${address} ${title}`;
  const words = keptPages.get(text) ?? soughtWords(`${readable(address)} ${title}`);
  if (keptPages.size >= KEPT_PAGES) keptPages.clear();
  keptPages.set(text, words);
  return words;
}

export function soughtWords(q: string): string[] {
  return wordsOf(q).map(({ word }) => word);
}

/** Hebrew in an address is written in percents. */
function readable(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
