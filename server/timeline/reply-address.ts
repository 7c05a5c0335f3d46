/** The addresses that answers come to: the operator's one, with a token of the mail that is answered after a plus. */
import { randomBytes } from 'node:crypto';
import { hashToken } from '../transport/token.ts';

/** Letters and digits of one case: mail programs keep no others apart. */
const TOKEN = /^[0-9a-f]{24}$/;

export function newReplyToken(): { token: string; tokenHash: string } {
  const token = randomBytes(12).toString('hex');
  return { token, tokenHash: hashToken(token) };
}

export function toReplyAddress(address: string, token: string): string {
  return address.replace('@', `+${token}@`);
}

/** What is stored of the token in the address; null for an address that is none of ours. */
export function tokenHashOf(given: string, ours: string): string | null {
  const [local = '', domain = ''] = ours.split('@');
  const lower = given.trim().toLowerCase();
  if (!lower.startsWith(`${local}+`) || !lower.endsWith(`@${domain}`)) return null;
  const token = lower.slice(local.length + 1, lower.length - domain.length - 1);
  return TOKEN.test(token) ? hashToken(token) : null;
}
