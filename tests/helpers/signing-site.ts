/** The customer's own server, which vouches for the people who are signed in at its site. */
import { exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { House } from './house.ts';

export interface SigningSite {
  /** Signs with the site's key; `exp` in an hour unless the claims say otherwise (`null`: none). */
  sign: (claims: Omit<JWTPayload, 'exp'> & { exp?: number | null }) => Promise<string>;
  /** PEM of the public key, where the site signs with a key pair. */
  publicKey: string | null;
}

export async function openSigningSite(house: House, algorithm: 'HS256' | 'RS256'): Promise<SigningSite> {
  if (algorithm === 'HS256') return { sign: signer(new TextEncoder().encode(house.inbox.identitySecret), algorithm), publicKey: null };
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const identityPublicKey = await exportSPKI(publicKey);
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { identityPublicKey });
  return { sign: signer(privateKey, algorithm), publicKey: identityPublicKey };
}

export function signer(key: Uint8Array | CryptoKey, alg: string): SigningSite['sign'] {
  return ({ exp = Math.floor(Date.now() / 1_000) + 3_600, ...claims }) => {
    const token = new SignJWT(claims).setProtectedHeader({ alg });
    return (exp === null ? token : token.setExpirationTime(exp)).sign(key);
  };
}

/** A token that says of itself that nobody signed it. */
export function unsigned(claims: JWTPayload, alg = 'none'): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg })}.${part({ exp: Math.floor(Date.now() / 1_000) + 3_600, ...claims })}.`;
}
