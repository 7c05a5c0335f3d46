/**
 * The index of messages follows what is stored, behind the path of a message and never in it. How far it has come is a row
 * for each conversation (`seq` has no gaps), so it takes up where it stopped and finds what an import brought. New messages
 * first, then a look through all conversations from the latest back.
 */
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { Cursor } from '../transport/cursor.ts';
import { addEntries, entryWords, removeAllEntries, removeEntries, WORDS_VERSION } from '../words/entries.ts';
import {
  findEntryNumber,
  findMessageIndex,
  hasMessageChanges,
  type Lag,
  listConversationsBefore,
  listIndexedSeqs,
  listLagsSince,
  listMessagesAfter,
  listMessagesToIndex,
  lockMessageIndex,
  type MessageToIndex,
  setIndexedSeqs,
  startMessageIndex,
  takeMessageChanges,
  updateMessageIndex,
} from './message-entry-store.ts';

/** Small enough that nobody's message waits for it. */
const BATCH = 100;
const CHARACTERS_EACH = 600;
const CONVERSATIONS_PAGE = 500;
/** A transaction that began before another may end after it; none takes longer. */
const OVERLAP_MS = 30_000;
/** What came in beside the server, from a backup or an import, is noticed within this time. */
const SWEEP_AGAIN_MS = 10 * 60_000;

type Entry = MessageToIndex & { words: string[] };

export class MessageIndex {
  readonly #app: App;
  /** Until when changes have been followed, as far as this process knows; the row may be behind. */
  #followedTo: number | null = null;
  /** How far a repeated look has come; the first one is kept in the row. */
  #again: Cursor | null = null;
  #nextSweepAt = 0;

  constructor(app: App) {
    this.#app = app;
  }

  /** One small piece of work. False when nothing is left to do. */
  async step(batch = BATCH): Promise<boolean> {
    const { db } = this.#app.storage;
    const state = await findMessageIndex(db);
    if (state?.version !== WORDS_VERSION) return this.#startAnew();
    if (await hasMessageChanges(db)) return this.#followChanges(batch);
    const now = this.#app.now();
    const lags = await listLagsSince(db, (this.#followedTo ?? state.followedTo) - OVERLAP_MS, batch);
    if (lags.length > 0) return this.#index(lags, batch);
    this.#followedTo = now;
    if (state.sweptAt === null)
      return this.#sweep(state.sweepAt === null || state.sweepId === null ? null : { at: state.sweepAt, id: state.sweepId }, batch);
    return now >= this.#nextSweepAt && this.#sweepAgain(now, batch);
  }

  async #startAnew(): Promise<true> {
    await this.#app.storage.write(async (trx) => {
      const state = await lockMessageIndex(trx);
      if (state?.version === WORDS_VERSION) return;
      await removeAllEntries(trx, 'messageEntry');
      await startMessageIndex(trx, WORDS_VERSION);
      // What is written from now on is followed; what was there before comes with the look back.
      await updateMessageIndex(trx, { followedTo: this.#app.now() });
    });
    this.#followedTo = null;
    return true;
  }

  async #sweep(before: Cursor | null, batch: number): Promise<true> {
    const page = await listConversationsBefore(this.#app.storage.db, before, CONVERSATIONS_PAGE);
    const lags = page.filter(({ seq, lastSeq }) => lastSeq > seq).slice(0, batch);
    if (lags.length > 0) return this.#index(lags, batch);
    const last = page.at(-1);
    const isOver = page.length < CONVERSATIONS_PAGE || last === undefined;
    await this.#app.storage.write((trx) =>
      updateMessageIndex(
        trx,
        isOver
          ? { sweptAt: this.#app.now(), sweepAt: null, sweepId: null, followedTo: this.#followedTo ?? 0 }
          : { sweepAt: last.updatedAt, sweepId: last.conversationId },
      ),
    );
    if (isOver) this.#nextSweepAt = this.#app.now() + SWEEP_AGAIN_MS;
    return true;
  }

  async #sweepAgain(now: number, batch: number): Promise<boolean> {
    const page = await listConversationsBefore(this.#app.storage.db, this.#again, CONVERSATIONS_PAGE);
    const lags = page.filter(({ seq, lastSeq }) => lastSeq > seq).slice(0, batch);
    if (lags.length > 0) return this.#index(lags, batch);
    const last = page.at(-1);
    this.#again = page.length < CONVERSATIONS_PAGE || last === undefined ? null : { at: last.updatedAt, id: last.conversationId };
    if (this.#again === null) this.#nextSweepAt = now + SWEEP_AGAIN_MS;
    return this.#again !== null;
  }

  async #index(lags: readonly Lag[], batch: number): Promise<true> {
    const { storage } = this.#app;
    const messages = await listMessagesAfter(storage.db, lags, batch);
    const taken = withinCharacters(messages, batch * CHARACTERS_EACH);
    const isCut = taken.length < messages.length || messages.length === batch;
    const marks = marksAfter(lags, taken, isCut);
    const entries = taken.map((message) => ({ ...message, words: entryWords(message.text) })).filter(({ words }) => words.length > 0);
    await storage.write(async (trx) => {
      const state = await lockMessageIndex(trx);
      if (state?.version !== WORDS_VERSION) return;
      const done = await listIndexedSeqs(
        trx,
        marks.map(({ conversationId }) => conversationId),
      );
      const isNew = ({ conversationId, seq }: { conversationId: string; seq: number }) => seq > (done.get(conversationId) ?? 0);
      await addEntries(trx, 'messageEntry', await asTheyAreNow(trx, entries.filter(isNew)));
      await setIndexedSeqs(trx, marks.filter(isNew));
    });
    return true;
  }

  /** What was erased leaves the index, and what was changed is found by its new words. */
  async #followChanges(batch: number): Promise<true> {
    await this.#app.storage.write(async (trx) => {
      await lockMessageIndex(trx);
      const changes = await takeMessageChanges(trx, batch);
      const done = await listIndexedSeqs(trx, [...new Set(changes.map(({ conversationId }) => conversationId))]);
      const firstOnes = new Map(changes.toReversed().map((change) => [change.messageId, change]));
      const indexed = [...firstOnes.values()].filter(({ conversationId, seq }) => seq <= (done.get(conversationId) ?? 0));
      const gone: { number: number; words: string[] }[] = [];
      for (const { messageId, createdAt, text } of indexed) {
        const number = await findEntryNumber(trx, messageId, createdAt);
        if (number !== undefined) gone.push({ number, words: entryWords(text) });
      }
      await removeEntries(trx, 'messageEntry', gone);
      const changed = await listMessagesToIndex(
        trx,
        indexed.map(({ messageId }) => messageId),
      );
      const entries = changed.map((message) => ({ ...message, words: entryWords(message.text) }));
      await addEntries(
        trx,
        'messageEntry',
        entries.filter(({ words }) => words.length > 0),
      );
    });
    return true;
  }
}

/**
 * Words are split before the transaction, which holds up everybody who writes; a text that was erased or changed meanwhile,
 * of which another server may have taken note already, comes into the index as it is now or not at all.
 */
async function asTheyAreNow(trx: Transaction, entries: readonly Entry[]): Promise<Entry[]> {
  const current = await listMessagesToIndex(
    trx,
    entries.map(({ id }) => id),
  );
  const texts = new Map(current.map(({ id, text }) => [id, text]));
  return entries
    .flatMap((entry) => {
      const text = texts.get(entry.id);
      if (text === undefined) return [];
      return [text === entry.text ? entry : { ...entry, text, words: entryWords(text) }];
    })
    .filter(({ words }) => words.length > 0);
}

/** At least one, so that the work goes on. */
function withinCharacters(messages: readonly MessageToIndex[], most: number): readonly MessageToIndex[] {
  let characters = 0;
  const cut = messages.findIndex(({ text }) => {
    characters += text.length;
    return characters > most;
  });
  return cut === -1 ? messages : messages.slice(0, Math.max(1, cut));
}

/** How far each conversation has come: to its end, but for where the batch was cut. Gaps, of what was erased and what nobody said, are passed over. */
function marksAfter(lags: readonly Lag[], messages: readonly MessageToIndex[], isCut: boolean): { conversationId: string; seq: number }[] {
  if (!isCut) return lags.map(({ conversationId, lastSeq }) => ({ conversationId, seq: lastSeq }));
  const last = messages.at(-1);
  const at = lags.findIndex(({ conversationId }) => conversationId === last?.conversationId);
  if (last === undefined || at === -1) return [];
  const whole = lags.slice(0, at).map(({ conversationId, lastSeq }) => ({ conversationId, seq: lastSeq }));
  return [...whole, { conversationId: last.conversationId, seq: last.seq }];
}
