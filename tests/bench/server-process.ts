import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 30_000;

/** What the server's process says of a stretch of work: CPU of all its threads. */
export interface Effort {
  cpuMs: number;
  longestDelayMs: number;
}

/** In bytes, after the garbage was collected. `heap` includes what the heap holds outside of itself (buffers). */
export interface Memory {
  rss: number;
  heap: number;
}

/** A server in a process of its own, started as an operator starts it, with the probe inside. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(script: string, options: { env?: NodeJS.ProcessEnv; flags?: string[] } = {}): Promise<ServerProcess> {
    const child = fork(script, {
      execArgv: ['--import', fileURLToPath(new URL('./probe.mjs', import.meta.url)), ...(options.flags ?? [])],
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    return new ServerProcess(child, await readyUrl(child, script));
  }

  async begin(): Promise<void> {
    await this.#ask('begin');
  }

  end(): Promise<Effort> {
    return this.#ask('end');
  }

  memory(): Promise<Memory> {
    return this.#ask('memory');
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }

  async #ask<Answer>(question: string): Promise<Answer> {
    const answered = once(this.#child, 'message');
    this.#child.send(question);
    const [answer] = await answered;
    return answer as Answer;
  }
}

function readyUrl(child: ChildProcess, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('is not ready'), READY_WITHIN_MS);
    const fail = (what: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${script} ${what}.`));
    };
    child.once('exit', () => fail('ended before it was ready'));
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /^ready (\S+)$/m.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(url);
    });
  });
}
