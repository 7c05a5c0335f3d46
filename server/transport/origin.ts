import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from a page of this very server. Browsers send `Origin` with everything that a foreign
 * page can cause, so a missing one is no page's doing (a program, or our own page's plain GET).
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, host: string | undefined): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  return hostOf(origin) !== null && hostOf(origin) === host;
}

/** Whether an inbox's list lets this page open its widget. An empty list is open to all; our own demo page always may. */
export function isAllowedOrigin(origin: string | undefined, allowedOrigins: readonly string[], ownHost: string | undefined): boolean {
  if (allowedOrigins.length === 0 || origin === undefined) return true;
  return hostOf(origin) === ownHost || allowedOrigins.some((allowed) => allowed.toLowerCase() === origin.toLowerCase());
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
