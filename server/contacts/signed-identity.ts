import { importSPKI, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';
import { emailSchema } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { lineSchema } from '../../shared/text.ts';

/** The longest that a signed identity may live: it is made for one page view by the site's server. */
const LIFETIME_MAX_S = 24 * 60 * 60;

const claimsSchema = z.object({
  sub: lineSchema(200),
  name: lineSchema(120).optional().catch(undefined),
  email: emailSchema.optional().catch(undefined),
  phone: lineSchema(40).optional().catch(undefined),
  company: lineSchema(120).optional().catch(undefined),
});

/** What the site's own server vouches for. `sub` is the person's id at the site. */
export type SignedIdentity = z.infer<typeof claimsSchema>;

/**
 * Checks a JWT (HS256 with the inbox's secret, or RS256 with its public key). It must expire. A token that does not
 * hold is refused as `forbidden`; it is never treated as a mere claim, so a mistake in the signature is noticed.
 */
export async function verifySignedIdentity(inbox: Inbox, token: string, now: number): Promise<SignedIdentity> {
  const payload = await verified(inbox, token, now).catch((cause: unknown) => {
    throw new AppError('forbidden', `The signed identity is not valid: ${cause instanceof Error ? cause.message : 'unreadable'}.`, {
      field: 'identity',
    });
  });
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw new AppError('forbidden', 'The signed identity has no usable "sub".', { field: 'identity' });
  return claims.data;
}

async function verified(inbox: Inbox, token: string, now: number): Promise<JWTPayload> {
  const options = { currentDate: new Date(now), clockTolerance: 60, requiredClaims: ['sub', 'exp'] };
  const { payload } = inbox.identityPublicKey
    ? await jwtVerify(token, await importSPKI(inbox.identityPublicKey, 'RS256'), { ...options, algorithms: ['RS256'] })
    : await jwtVerify(token, new TextEncoder().encode(inbox.identitySecret), { ...options, algorithms: ['HS256'] });
  if (Number(payload.exp) - now / 1_000 > LIFETIME_MAX_S) throw new Error('it must expire within a day');
  return payload;
}
