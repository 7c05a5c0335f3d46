import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^sealed:([\w-]{8}):([\w-]+)$/;

export const KEY_BYTES = 32;

/** Says which key it is without saying anything of it. */
export function idOfKey(key: Buffer): string {
  return createHash('sha256').update('kesher key ').update(key).digest('base64url').slice(0, 8);
}

/** The key that a value was sealed with; null for one that lies open. */
export function keyIdOf(value: string): string | null {
  return SEALED.exec(value)?.[1] ?? null;
}

/**
 * Seals the few values of the database that let somebody in by themselves, so that a copy of the database alone lets in nobody.
 * `about` names the row that a value belongs to: sealed, it is worth nothing in another one.
 */
export class SecretBox {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #currentId: string;

  /** The first key seals, all of them open. */
  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    this.#keys = new Map(keys.map((key) => [idOfKey(key), key]));
    this.#currentId = idOfKey(keys[0]);
  }

  seal(text: string, about: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#keyOf(this.#currentId), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(about));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `sealed:${this.#currentId}:${sealed.toString('base64url')}`;
  }

  /** Throws where the key is not here, or the value was changed or is another row's. */
  open(value: string, about: string): string {
    const [, keyId = '', content = ''] = SEALED.exec(value) ?? [];
    const bytes = Buffer.from(content, 'base64url');
    const decipher = createDecipheriv(ALGORITHM, this.#keyOf(keyId), bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  /** What lies open, or was sealed with an earlier key, sealed with the current one; undefined if it is already, null if its key is lost. */
  reseal(value: string, about: string): string | null | undefined {
    const keyId = keyIdOf(value);
    if (keyId === this.#currentId) return undefined;
    if (keyId === null) return this.seal(value, about);
    return this.#keys.has(keyId) ? this.seal(this.open(value, about), about) : null;
  }

  /** Stands in an address that nobody else can guess. `about` says what it opens. */
  sign(about: string): string {
    return signature(this.#keyOf(this.#currentId), about);
  }

  /** Also what was signed with an earlier key. */
  isSigned(given: string, about: string): boolean {
    return [...this.#keys.values()].some((key) => {
      const [one, other] = [Buffer.from(given), Buffer.from(signature(key, about))];
      return one.length === other.length && timingSafeEqual(one, other);
    });
  }

  #keyOf(id: string): Buffer {
    const key = this.#keys.get(id);
    if (!key) throw new Error(`A secret was sealed with a key that is not here (${id}).`);
    return key;
  }
}

function signature(key: Buffer, about: string): string {
  return createHmac('sha256', key).update('kesher signature ').update(about).digest('base64url');
}
