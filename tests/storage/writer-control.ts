import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const program = join(import.meta.dirname, 'writer-program.ts');

const PATIENCE_MS = 20_000;

interface Listener {
  pattern: RegExp;
  times: number;
  hear(): void;
}

/** A test's hold on one `writer-program.ts`. */
export class WriterControl {
  readonly lines: string[] = [];
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly pid: number;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #listeners = new Set<Listener>();
  #complaint = '';

  /** With `inside`, the words of a command that runs the program in other circumstances. */
  constructor(dataDir: string, options: { env?: Record<string, string>; inside?: string[] } = {}) {
    const [command = '', ...words] = [...(options.inside ?? []), process.execPath, '--import', 'tsx', program, dataDir];
    this.#child = spawn(command, words, { env: { ...process.env, ...options.env } });
    this.pid = this.#child.pid ?? 0;
    this.#child.stderr.on('data', (chunk) => {
      this.#complaint += String(chunk);
    });
    const allHeard = new Promise<void>((resolve) => {
      createInterface({ input: this.#child.stdout })
        .on('line', (line) => this.#hear(line))
        .on('close', resolve);
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        void allHeard.then(() => resolve(signal ?? code ?? -1));
      });
    });
    onTestFinished(() => {
      this.#child.kill('SIGKILL');
    });
  }

  say(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Says the line and gives the first line that answers it. */
  async ask(line: string, answer: RegExp): Promise<string> {
    const from = this.lines.length;
    this.say(line);
    await this.heard(answer, 1, from);
    return this.lines.slice(from).find((said) => answer.test(said)) ?? '';
  }

  /** Resolves when so many lines like this were said. */
  async heard(pattern: RegExp, times = 1, from = 0): Promise<void> {
    const already = this.lines.slice(from).filter((line) => pattern.test(line)).length;
    if (already >= times) return;
    const isHeard = new Promise<void>((resolve) => {
      this.#listeners.add({ pattern, times: times - already, hear: resolve });
    });
    const isGone = this.ended.then((end) => {
      throw this.#missing(pattern, `ended (${end})`);
    });
    let timer: NodeJS.Timeout | undefined;
    const isLate = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(this.#missing(pattern, 'runs')), PATIENCE_MS);
    });
    await Promise.race([isHeard, isGone, isLate]).finally(() => clearTimeout(timer));
  }

  /** The ids that were acknowledged so far. */
  acknowledged(): string[] {
    return this.lines.filter((line) => line.startsWith('ok ')).map((line) => line.slice(3));
  }

  #missing(pattern: RegExp, state: string): Error {
    return new Error(
      `The writer ${state} and did not say ${pattern}. It said last: ${this.lines.slice(-5).join(' | ')} ${this.#complaint}`,
    );
  }

  #hear(line: string): void {
    this.lines.push(line);
    for (const listener of this.#listeners) {
      if (!listener.pattern.test(line)) continue;
      listener.times -= 1;
      if (listener.times > 0) continue;
      this.#listeners.delete(listener);
      listener.hear();
    }
  }
}

export async function startWriter(...place: ConstructorParameters<typeof WriterControl>): Promise<WriterControl> {
  const writer = new WriterControl(...place);
  await writer.heard(/^ready$/);
  return writer;
}
