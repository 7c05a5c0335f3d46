import type { CookieOptions, Request, Response } from 'express';
import { addressOf } from './route.ts';

/** Behind TLS the `__Host-` prefix keeps other hosts of the domain from planting the cookie. */
export const cookieNames = { secure: '__Host-kesher', plain: 'kesher' } as const;

export function setSessionCookie(request: Request, response: Response, { token, maxAge, publicUrl }: SessionCookie): void {
  const isSecure = isBehindTls(request, publicUrl);
  response.cookie(isSecure ? cookieNames.secure : cookieNames.plain, token, { ...cookieOptions(isSecure), maxAge });
}

interface SessionCookie {
  token: string;
  maxAge: number;
  publicUrl: string | null;
}

export function clearSessionCookie(request: Request, response: Response, publicUrl: string | null): void {
  const isSecure = isBehindTls(request, publicUrl);
  response.clearCookie(isSecure ? cookieNames.secure : cookieNames.plain, cookieOptions(isSecure));
}

/** Who opens a session from where, for the list of sessions and for the limits. */
export function signInOrigin(request: Request): { address: string; userAgent: string } {
  return { address: addressOf(request), userAgent: request.get('user-agent') ?? '' };
}

function cookieOptions(isSecure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' };
}

function isBehindTls(request: Request, publicUrl: string | null): boolean {
  return request.secure || (publicUrl?.startsWith('https:') ?? false);
}
