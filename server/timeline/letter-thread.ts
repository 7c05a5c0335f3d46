/** Reads letters in a thread of its own, one after the other: thirty megabytes of short lines would hold up every chat for minutes. */
import { openThread } from '../transport/open-thread.ts';
import type { Letter } from './letter-reading.ts';

const READ_WITHIN_MS = 20_000;
const MEMORY_MAX_MB = 400;

let last: Promise<unknown> = Promise.resolve();

/** Rejects for what is no letter, and for one that cannot be read in time. */
export function readLetterApart(raw: Buffer, envelopeFrom: string, withinMs = READ_WITHIN_MS): Promise<Letter> {
  const letter = last.then(() => readInThread({ raw, envelopeFrom }, withinMs));
  last = letter.catch(() => undefined);
  return letter;
}

async function readInThread(given: { raw: Buffer; envelopeFrom: string }, withinMs: number): Promise<Letter> {
  const worker = openThread(new URL('./letter-worker.ts', import.meta.url), {
    name: 'letter',
    workerData: given,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  });
  worker.unref();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Letter>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`A letter could not be read within ${withinMs} ms.`)), withinMs);
      worker.on('message', (letter: Letter) => {
        // A buffer comes out of another thread as plain bytes.
        resolve({ ...letter, files: letter.files.map(({ name, content }) => ({ name, content: Buffer.from(content) })) });
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`The thread that reads letters ended with ${code}.`)));
    });
  } finally {
    clearTimeout(timer);
    void worker.terminate();
  }
}
