import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const SETUP_CODE = 'the-code-of-the-chaos';

const READY_WITHIN_MS = 30_000;

export interface ServedOptions {
  /** The folder of the built product. */
  dist: string;
  dataDir: string;
  /** PostgreSQL instead of the file in `dataDir`. */
  databaseUrl?: string | undefined;
  /** A library to load into the server first. */
  preload?: string | undefined;
  /** What else the operator has set. */
  environment?: Record<string, string>;
}

/** The built product in a process of its own, always on the same port, that can be killed and started again. */
export class ServedKesher {
  readonly port: number;
  /** What the server logged as an error, and what it said when it ended unasked. */
  readonly complaints: string[] = [];
  readonly #options: ServedOptions;
  #child: ChildProcess | null = null;
  /** Ended by us. */
  readonly #ended = new WeakSet<ChildProcess>();

  private constructor(port: number, options: ServedOptions) {
    this.port = port;
    this.#options = options;
  }

  static async prepare(options: ServedOptions): Promise<ServedKesher> {
    return new ServedKesher(await freePort(), options);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The same house with another build or another database. */
  with(change: Partial<ServedOptions>): ServedKesher {
    return new ServedKesher(this.port, { ...this.#options, ...change });
  }

  /** False if it was killed before it was ready; throws if it ended by itself. */
  async start(): Promise<boolean> {
    const { dist, dataDir, databaseUrl, preload, environment } = this.#options;
    const child = spawn(process.execPath, [join(dist, 'server/main.js')], {
      env: {
        PATH: process.env.PATH,
        PORT: String(this.port),
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl,
        SETUP_CODE,
        LIMITS: 'off',
        LOG_LEVEL: 'error',
        LD_PRELOAD: preload,
        SLOW_SYNC_MS: '20',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const killWithUs = () => child.kill('SIGKILL');
    process.once('exit', killWithUs);
    const ended = once(child, 'exit').finally(() => process.off('exit', killWithUs));
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.complaints.push(...text.split('\n').filter((line) => line !== '')));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(`was not ready after ${READY_WITHIN_MS} ms`), READY_WITHIN_MS);
      const fail = (what: string) => {
        child.kill('SIGKILL');
        reject(new Error(`The server ${what}.\n${said}\n${this.complaints.slice(-20).join('\n')}`));
      };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (!/^ready \S+$/m.test(said)) return;
        clearTimeout(timer);
        resolve(true);
      });
      void ended.then(([code, signal]) => {
        clearTimeout(timer);
        if (this.#child === child) this.#child = null;
        if (this.#ended.has(child)) return resolve(false);
        this.complaints.push(`The server ended by itself (${code ?? signal}).`);
        fail(`ended by itself (${code ?? signal})`);
      });
    });
  }

  /** SIGKILL; resolves when nothing of it is left. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGTERM, as an operator stops it. Throws if it does not end well. */
  async stop(): Promise<void> {
    const code = await this.#end('SIGTERM');
    if (code !== 0) throw new Error(`The server ended with ${code} instead of 0.\n${this.complaints.slice(-20).join('\n')}`);
  }

  async #end(signal: NodeJS.Signals): Promise<unknown> {
    const child = this.#child;
    if (!child) return 0;
    this.#ended.add(child);
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = await ended;
    return code;
  }
}

/** Below the ports that the system gives to outgoing connections: one of those would take it while the server is down. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
