import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes for a browser or a program to keep. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token: whoever reads the database cannot become anybody. Plain SHA-256 suffices for random input. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
