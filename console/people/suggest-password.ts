/** Letters and digits that nobody misreads when a password is handed over. 32 of them, so a byte picks one without bias. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789E';

/** 80 bits, in four groups. */
export function suggestPassword(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ALPHABET[byte % ALPHABET.length]);
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-');
}
