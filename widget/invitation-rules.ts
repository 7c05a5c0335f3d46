/** When an invitation is due: plain rules over what is known of the page and its visitor. */
import type { Invitation } from '../shared/invitation.ts';

export interface Situation {
  /** Of the page. */
  url: string;
  secondsOnPage: number;
  /** 0 to 100. */
  scrolledPercent: number;
  /** The visitor was about to leave. */
  isLeaving: boolean;
  isReturning: boolean;
  language: string;
  /** What the site told of the cart; null if it told nothing. */
  cartValue: number | null;
}

/** Whether all conditions hold that the browser can judge by itself; `hours` is the server's to know. */
export function isDue(invitation: Invitation, now: Situation): boolean {
  const { pages, languages } = invitation;
  return (
    (pages.length === 0 || pages.some((pattern) => fitsPage(pattern, now.url))) &&
    (languages.length === 0 || languages.some((language) => language === now.language)) &&
    now.secondsOnPage >= (invitation.afterSeconds ?? 0) &&
    now.scrolledPercent >= (invitation.scrolledPercent ?? 0) &&
    (!invitation.onExitIntent || now.isLeaving) &&
    (invitation.isReturning ?? now.isReturning) === now.isReturning &&
    (invitation.cartValueMin === null || (now.cartValue !== null && now.cartValue >= invitation.cartValueMin))
  );
}

/**
 * `*` stands for anything, also for nothing. A pattern that begins with `http` is compared with the whole address, any other
 * with path and query; one that says nothing of a query fits with any. Case and the fragment do not matter.
 */
export function fitsPage(pattern: string, url: string): boolean {
  const { origin, pathname, search } = new URL(url);
  const isWhole = /^https?:/i.test(pattern);
  const path = isWhole || pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const address = (isWhole ? origin : '') + pathname + (path.includes('?') ? search : '');
  return fits(readable(path).split('*'), readable(address));
}

/** Piece by piece instead of by a regular expression, which some patterns could keep busy for minutes. */
function fits(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** Hebrew addresses are written with their letters by people and with percent signs by browsers. */
function readable(address: string): string {
  try {
    return decodeURI(address).toLowerCase();
  } catch {
    return address.toLowerCase();
  }
}
