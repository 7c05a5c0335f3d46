import type { App } from '../app.ts';
import { replaceTagInFiles } from '../contacts/retagged-files.ts';
import { type ConversationRoom, replaceTag } from '../conversations/conversations.ts';
import { deleteTag, findLeaving, listCarriers } from './tag-store.ts';

const BATCH = 200;
/** At most a third of the time goes to it, so that nobody's message waits for a million conversations. */
const REST_SHARE = 2;
const RETRY_MS = 5_000;

/**
 * Takes tags that are to go off their conversations and customers, some at a time, and lets go of the name with the last of them. What is to be done
 * stands in the database, so a server that starts goes on where another one stopped.
 */
export class Retagging {
  readonly #app: App;
  readonly #room: ConversationRoom;
  #isRunning = false;
  #isStopped = false;
  #hasNews = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(room: ConversationRoom) {
    this.#app = room.app;
    this.#room = room;
    this.wake();
  }

  wake(): void {
    this.#hasNews = true;
    if (this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    clearTimeout(this.#timer);
    void this.#run();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    try {
      while (this.#hasNews && !this.#isStopped) {
        this.#hasNews = false;
        while (!this.#isStopped && (await this.#step()));
      }
      this.#isRunning = false;
    } catch (error) {
      this.#isRunning = false;
      if (this.#isStopped) return;
      this.#app.log.warn({ err: error }, 'tags could not be taken off what carries them yet');
      this.#timer = setTimeout(() => this.wake(), RETRY_MS);
    }
  }

  /** False when there is nothing left to do. */
  async #step(): Promise<boolean> {
    const startedAt = performance.now();
    const { db } = this.#app.storage;
    const tag = await findLeaving(db);
    if (!tag) return false;
    const ids = await listCarriers(db, tag.name, BATCH);
    const turn = { from: tag.name, to: tag.becomes };
    if (ids.length > 0) await replaceTag(this.#room, ids, turn);
    else if (!(await replaceTagInFiles(this.#app, turn)) && !(await this.#letGo(turn))) {
      // Somebody is just tagging with it.
      this.#timer = setTimeout(() => this.wake(), RETRY_MS);
      return false;
    }
    const tookMs = performance.now() - startedAt;
    await new Promise((resolve) => {
      this.#timer = setTimeout(resolve, tookMs * REST_SHARE);
    });
    return true;
  }

  async #letGo({ from, to }: { from: string; to: string | null }): Promise<boolean> {
    const { storage, followers, broadcast } = this.#app;
    const tell = await storage.write(async (trx) => {
      if (!(await deleteTag(trx, from))) return null;
      return to === null ? () => undefined : followers.tagRenamed(trx, { from, to, isOver: true });
    });
    if (!tell) return false;
    broadcast.toAgents('tags:changed', {});
    tell();
    return true;
  }
}
