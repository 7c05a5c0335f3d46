import type { IncomingHttpHeaders } from 'node:http';

/** The host of `PUBLIC_URL`, or null. A proxy in front may ask us under another name than people ask it. */
type PublicHost = string | null;

/**
 * Whether a request comes from a page of this very server. Browsers send `Origin` with everything that a foreign
 * page can cause, so a missing one is no page's doing (a program, or our own page's plain GET).
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicHost: PublicHost): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return false;
  return headers.origin === undefined || isOurs(headers.origin, headers, publicHost);
}

/** Whether an inbox's list lets this page open its widget. An empty list is open to all; our own demo page always may. */
export function isAllowedOrigin(headers: IncomingHttpHeaders, allowedOrigins: readonly string[], publicHost: PublicHost): boolean {
  const { origin } = headers;
  if (allowedOrigins.length === 0 || origin === undefined || isOurs(origin, headers, publicHost)) return true;
  return allowedOrigins.some((allowed) => allowed.toLowerCase() === origin.toLowerCase());
}

function isOurs(origin: string, { host }: IncomingHttpHeaders, publicHost: PublicHost): boolean {
  const from = hostOf(origin);
  return from !== null && (from === host || from === publicHost);
}

export function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
