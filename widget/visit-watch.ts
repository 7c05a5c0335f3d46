import type { Situation } from './invitation-rules.ts';

/** Scrolled back up so far within `SCROLL_WINDOW_MS`, a visitor on a touch screen is looking for the browser's bar. */
const SCROLL_BACK_PX = 300;
const SCROLL_WINDOW_MS = 400;

/**
 * What the visitor does on the page. A visitor returns who was here in an earlier session: `visitedKey` remembers that in
 * the browser, `returningKey` what it meant when this tab's session began. Throws where storage is blocked.
 */
export function watchVisit(visitedKey: string, returningKey: string) {
  let url = location.href;
  let since = Date.now();
  let scrolledPercent = 0;
  let isLeaving = false;
  let highest = { y: scrollY, at: Date.now() };
  sessionStorage[returningKey] ??= localStorage[visitedKey] ?? '';
  localStorage[visitedKey] = '1';
  const isReturning = sessionStorage[returningKey] !== '';

  addEventListener('mouseout', ({ relatedTarget, clientY }) => {
    if (!relatedTarget && clientY <= 0) isLeaving = true;
  });
  addEventListener(
    'scroll',
    () => {
      const now = Date.now();
      if (scrollY >= highest.y || now - highest.at > SCROLL_WINDOW_MS) highest = { y: scrollY, at: now };
      else if (highest.y - scrollY > SCROLL_BACK_PX && matchMedia('(hover: none)').matches) isLeaving = true;
    },
    { passive: true },
  );

  return {
    now(language: string, cartValue: number | null): Situation {
      // A page of an application that changes its address is another page.
      if (location.href !== url) {
        url = location.href;
        since = Date.now();
        scrolledPercent = 0;
        isLeaving = false;
      }
      const { scrollHeight } = document.documentElement;
      scrolledPercent = Math.max(scrolledPercent, Math.round((100 * (scrollY + innerHeight)) / scrollHeight));
      return { url, secondsOnPage: (Date.now() - since) / 1_000, scrolledPercent, isLeaving, isReturning, language, cartValue };
    },
  };
}
