/** When an invitation is due: plain rules over what is known of the page and its visitor. */
import type { Invitation } from '../shared/invitation.ts';
import { fitsPage } from '../shared/page-pattern.ts';

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
    (pages.length === 0 || pages.some((pattern) => fitsPage(pattern, new URL(now.url)))) &&
    (languages.length === 0 || languages.some((language) => language === now.language)) &&
    now.secondsOnPage >= (invitation.afterSeconds ?? 0) &&
    now.scrolledPercent >= (invitation.scrolledPercent ?? 0) &&
    (!invitation.onExitIntent || now.isLeaving) &&
    (invitation.isReturning ?? now.isReturning) === now.isReturning &&
    (invitation.cartValueMin === null || (now.cartValue !== null && now.cartValue >= invitation.cartValueMin))
  );
}
