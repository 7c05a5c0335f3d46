import type { Storage } from '../storage/database.ts';
import type { RepeatableCallRow } from '../storage/tables.ts';
import { type CallReply, deleteCall, renewCall, updateCall } from './repeat-store.ts';

/** A call while it is carried out: its row says that its server lives, until what it replied is kept. */
export class HeldCall {
  readonly #storage: Pick<Storage, 'write'>;
  readonly #call: RepeatableCallRow;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #reply: CallReply | null = null;

  constructor(storage: Pick<Storage, 'write'>, call: RepeatableCallRow, { now, everyMs }: { now: () => number; everyMs: number }) {
    this.#storage = storage;
    this.#call = call;
    this.#now = now;
    this.#timer = setInterval(() => void this.#write().catch(() => undefined), everyMs).unref();
  }

  /** What was done stays done: a reply that cannot be kept now is tried again for as long as this server lives. */
  async end(reply: CallReply): Promise<void> {
    this.#reply = reply;
    await this.#write().catch(() => undefined);
  }

  /** Nothing was done: the call may come again at once, or, where even this cannot be written, once it is taken for abandoned. */
  async letGo(): Promise<void> {
    clearInterval(this.#timer);
    await this.#storage.write((trx) => deleteCall(trx, this.#call)).catch(() => undefined);
  }

  async #write(): Promise<void> {
    const reply = this.#reply;
    const isOwn = await this.#storage.write((trx) =>
      reply ? updateCall(trx, this.#call, reply) : renewCall(trx, this.#call, this.#now()),
    );
    if (reply !== null || !isOwn) clearInterval(this.#timer);
  }
}
