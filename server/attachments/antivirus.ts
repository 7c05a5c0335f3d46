/** The antivirus of the operator: clamd, over its own small protocol (INSTREAM: lengths and pieces, then a verdict in one line). */
import { createReadStream } from 'node:fs';
import { createConnection } from 'node:net';
import type { Config } from '../config.ts';

export type Verdict = { isClean: true } | { isClean: false; found: string };

/** Nothing comes from it for so long: it is as good as down. */
const SILENCE_MAX_MS = 20_000;
const VERDICT_MAX = 1_000;

export class Antivirus {
  readonly #place: NonNullable<Config['clamd']>;

  constructor(place: NonNullable<Config['clamd']>) {
    this.#place = place;
  }

  /** Rejects where there is no verdict, for whatever reason: that is not the same as clean. */
  scan(path: string): Promise<Verdict> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(this.#place);
      const file = createReadStream(path, { highWaterMark: 64 * 1024 });
      let said = '';
      const end = (error: Error | null, verdict?: Verdict) => {
        file.destroy();
        socket.destroy();
        if (verdict) resolve(verdict);
        else reject(error ?? new Error('The antivirus has said nothing.'));
      };
      socket.setTimeout(SILENCE_MAX_MS, () => end(new Error('The antivirus does not answer.')));
      socket.on('error', end);
      socket.on('close', () => end(null));
      socket.on('data', (piece) => {
        said += piece.toString('latin1');
        const whole = said.includes('\0') || said.includes('\n');
        if (whole || said.length > VERDICT_MAX) end(new Error(`The antivirus says: ${said.slice(0, 200)}`), toVerdict(said));
      });
      socket.on('connect', () => {
        socket.write('zINSTREAM\0');
        file.on('data', (piece) => {
          const length = Buffer.alloc(4);
          length.writeUInt32BE(piece.length);
          socket.write(length);
          if (!socket.write(piece)) file.pause();
        });
        file.on('end', () => socket.write(Buffer.alloc(4)));
      });
      socket.on('drain', () => file.resume());
      file.on('error', end);
    });
  }
}

/** Undefined for an error of its own, like a file that is too large for it. */
function toVerdict(line: string): Verdict | undefined {
  const [, found] = /^stream: (.{1,200}) FOUND\s*[\0\n]/.exec(line) ?? [];
  if (found !== undefined) return { isClean: false, found };
  return /^stream: OK\s*[\0\n]/.test(line) ? { isClean: true } : undefined;
}
