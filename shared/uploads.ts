import type { PendingFile, UploadedFile } from './attachment.ts';
import { type ErrorCode, type ErrorReply, isTemporary, type Reply } from './errors.ts';
import type { UploadShelf } from './upload-shelf.ts';

export interface UploadState {
  /** Of the bytes, 0 to 1. */
  share: number;
  isDone?: boolean;
  /** A refusal that trying again does not change; `not-found`: the browser has not kept the file. */
  failed?: ErrorCode;
  /** It waits for the network, or for the server's moment. */
  isWaiting?: boolean;
  /** Only this page has it: the next one will not. */
  isHeldHere?: boolean;
}

/** One upload on its way. `reply` never rejects; `unavailable` stands for "no reply". */
export interface Transfer {
  reply: Promise<Reply<UploadedFile>>;
  cancel(): void;
}

export interface UploadsOptions<Content> {
  shelf: UploadShelf<Content>;
  transfer: (content: Content, name: string, onProgress: (share: number) => void) => Transfer;
  now: () => number;
  schedule: (ms: number, job: () => void) => () => void;
  onChange: (states: ReadonlyMap<string, UploadState>) => void;
}

const AT_ONCE = 2;
const RETRY_MAX_MS = 30_000;
/** The server forgets after a day what no message has taken; before that it is uploaded anew. */
const FRESH_MS = 20 * 60 * 60 * 1_000;

/**
 * Brings chosen files to the server before their message goes, as both browsers do it. A network that fails is waited for,
 * and the file sent again from its beginning.
 */
export class Uploads<Content> {
  readonly #options: UploadsOptions<Content>;
  #states: ReadonlyMap<string, UploadState> = new Map();
  readonly #running = new Map<string, Promise<Reply<string>>>();
  readonly #transfers = new Map<string, Transfer>();
  readonly #retries = new Map<string, { count: number; cancel: () => void }>();
  #free = AT_ONCE;
  readonly #queue: (() => void)[] = [];

  constructor(options: UploadsOptions<Content>) {
    this.#options = options;
  }

  /** Keeps the file and begins at once. */
  async add(file: PendingFile, content: Content): Promise<void> {
    this.#set(file.key, { share: 0 });
    const isKept = await this.#options.shelf.put({ key: file.key, content, at: this.#options.now() });
    if (!isKept) this.#set(file.key, { isHeldHere: true });
    void this.#attempt(file);
  }

  /** The server's ids of these files, for the message that takes them; or why it cannot go, or not yet. */
  async finish(files: readonly PendingFile[]): Promise<Reply<string[]>> {
    const replies = await Promise.all(files.map((file) => this.#attempt(file)));
    const refused = replies.find((reply) => !reply.ok && !isTemporary(reply.error.code)) ?? replies.find((reply) => !reply.ok);
    if (refused && !refused.ok) return refused;
    return { ok: true, data: replies.flatMap((reply) => (reply.ok ? [reply.data] : [])) };
  }

  /** Begins again what waits or was refused. */
  resume(files: readonly PendingFile[]): void {
    for (const file of files) void this.#attempt(file);
  }

  async remove(key: string): Promise<void> {
    this.#retries.get(key)?.cancel();
    this.#retries.delete(key);
    this.#transfers.get(key)?.cancel();
    this.#forgetState(key);
    await this.#options.shelf.remove(key);
  }

  /** Lets go of everything that lies on the shelf for nothing. What was put there a moment ago may not be in its list yet. */
  async keepOnly(keys: ReadonlySet<string>, graceMs = 60_000): Promise<void> {
    const { shelf, now } = this.#options;
    for (const { key, at } of await shelf.list()) if (!keys.has(key) && at <= now() - graceMs) await this.remove(key);
  }

  content(key: string): Promise<Content | undefined> {
    return this.#options.shelf.get(key).then((file) => file?.content);
  }

  #attempt(file: PendingFile): Promise<Reply<string>> {
    const running = this.#running.get(file.key);
    if (running) return running;
    this.#retries.get(file.key)?.cancel();
    const attempt = this.#upload(file).then((reply) => {
      this.#running.delete(file.key);
      if (reply.ok) this.#succeeded(file.key);
      else this.#failed(file, reply.error);
      return reply;
    });
    this.#running.set(file.key, attempt);
    return attempt;
  }

  async #upload({ key, name }: PendingFile): Promise<Reply<string>> {
    const { shelf, transfer, now } = this.#options;
    await this.#turn();
    try {
      const kept = await shelf.get(key);
      if (!kept) return { ok: false, error: { code: 'invalid', message: 'The browser has not kept the file.', field: 'lost' } };
      if (kept.uploaded && kept.uploaded.at > now() - FRESH_MS) return { ok: true, data: kept.uploaded.id };
      this.#set(key, { share: 0, isWaiting: false, failed: undefined });
      const sent = transfer(kept.content, name, (share) => this.#states.has(key) && this.#set(key, { share }));
      this.#transfers.set(key, sent);
      const reply = await sent.reply;
      this.#transfers.delete(key);
      if (!reply.ok) return reply;
      // Removed meanwhile: it must not come back.
      if (this.#states.has(key)) await shelf.put({ ...kept, uploaded: { id: reply.data.id, at: now() } });
      return { ok: true, data: reply.data.id };
    } finally {
      this.#done();
    }
  }

  #turn(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((go) => this.#queue.push(go));
  }

  #done(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#free += 1;
  }

  #succeeded(key: string): void {
    this.#retries.delete(key);
    this.#set(key, { share: 1, isDone: true, isWaiting: false });
  }

  #failed(file: PendingFile, { code, field, retryAfterMs }: ErrorReply): void {
    const { key } = file;
    if (!this.#states.has(key) && field !== 'lost') return;
    if (!isTemporary(code)) return this.#set(key, { failed: field === 'lost' ? 'not-found' : code, isWaiting: false });
    const count = (this.#retries.get(key)?.count ?? 0) + 1;
    const cancel = this.#options.schedule(retryAfterMs ?? Math.min(RETRY_MAX_MS, 500 * 2 ** count), () => void this.#attempt(file));
    this.#retries.set(key, { count, cancel });
    this.#set(key, { share: 0, isWaiting: true });
  }

  #set(key: string, change: { [Name in keyof UploadState]?: UploadState[Name] | undefined }): void {
    const next = { share: 0, ...this.#states.get(key), ...change } as UploadState;
    this.#states = new Map(this.#states).set(key, next);
    this.#options.onChange(this.#states);
  }

  #forgetState(key: string): void {
    const next = new Map(this.#states);
    next.delete(key);
    this.#states = next;
    this.#options.onChange(next);
  }
}
