/** The thread in which one letter is read; it ends with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { readLetter } from './letter-reading.ts';

const { raw, envelopeFrom } = workerData as { raw: Uint8Array; envelopeFrom: string };
parentPort?.postMessage(await readLetter(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), envelopeFrom));
