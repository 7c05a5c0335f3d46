/** The keys of this installation: from the environment, or from a file in the data folder that the first start makes. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupError } from '../storage/database.ts';
import { idOfKey, KEY_BYTES, keyIdOf, SecretBox } from './secret-box.ts';

const FILE = 'secret.key';

interface KeyPlaces {
  dataDir: string;
  /** The first one seals; the others are earlier ones, which still open. */
  secretKeys: readonly Buffer[];
  /** The operator says that what is sealed with an unknown key is to be given up. */
  isKeyLost: boolean;
}

/**
 * Opens what is sealed in the database. A key that is missing there ends the start, before a new one is made: with another
 * key the second factors and the identity secrets would be worthless.
 */
export async function openSecretBox({ dataDir, secretKeys, isKeyLost }: KeyPlaces, sealed: readonly string[]): Promise<SecretBox> {
  const file = path.resolve(dataDir, FILE);
  const known = [...secretKeys, ...(await readKeys(file))];
  const ids = new Set(known.map(idOfKey));
  const missing = sealed.map(keyIdOf).find((id) => id !== null && !ids.has(id));
  if (missing !== undefined && !isKeyLost) {
    throw new StartupError(
      `The database holds secrets that were sealed with a key that is not here (${missing}). ` +
        `Put ${file} back where it was, or set SECRET_KEY to that key. If it is lost for good, start once with SECRET_KEY_LOST=yes: ` +
        'second factors are then switched off, and each inbox gets a new identity secret.',
    );
  }
  const [first = await makeKey(file), ...others] = known;
  return new SecretBox([first, ...others]);
}

/** Nothing where there is no file yet. */
async function readKeys(file: string): Promise<Buffer[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
    await chmod(file, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unusable(file, 'read', error);
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'));
  if (keys.length > 0 && keys.every((key) => key.length === KEY_BYTES)) return keys;
  throw new StartupError(
    `The file ${file} is not what Kesher wrote: one key of ${KEY_BYTES} bytes in base64 a line. Put the right one there.`,
  );
}

/** On the disk for certain before anything is sealed with it. */
async function makeKey(file: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
    await handle.close();
    const folder = await open(path.dirname(file));
    await folder.sync();
    await folder.close();
  } catch (error) {
    throw unusable(file, 'written', error);
  }
  return key;
}

function unusable(file: string, done: string, error: unknown): StartupError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new StartupError(`The file ${file} cannot be ${done} (${code ?? message}). Make it so, or set SECRET_KEY.`, { cause: error });
}
