import { createHash } from 'node:crypto';

/** An id for what follows from something else: whoever makes it again, after a lost reply or in another tab, makes the same one. */
export function derivedId(about: string): string {
  return createHash('sha256').update(about).digest('base64url').slice(0, 21);
}
