/**
 * Reads conversations for what visitors ask, behind the path of a message and never in it. How far it has come is a row for each
 * conversation (`seq` has no gaps), so it takes up where it stopped and finds what was there before it: new messages first, then a
 * look through all conversations from the latest back.
 */
import type { WallClock } from '../../shared/wall-clock.ts';
import type { App } from '../app.ts';
import { businessClock } from '../hours/business-clock.ts';
import type { Transaction } from '../storage/database.ts';
import type { QuestionRow, QuestionTalkRow } from '../storage/tables.ts';
import { languageOfText, likenessOf } from './asked-text.ts';
import {
  findMining,
  insertQuestions,
  listGroupsOfLikeness,
  listKnownGroups,
  listLines,
  listQuestionsOf,
  listSpeaking,
  listTalks,
  listTalksBefore,
  listUnreadSince,
  lockMining,
  markDays,
  setTalks,
  startMining,
  type Unread,
  updateAnswered,
  updateAsked,
  updateMining,
} from './question-intake-store.ts';
import { type Asked, readTalk } from './talk-reading.ts';

/** Another one reads everything anew. */
const VERSION = 1;
const BATCH = 100;
const TALKS_PAGE = 500;
/** Lines that are read a second time, for what they tell of the next ones. */
const BACK = 12;
/** A transaction that began before another may end after it; none takes longer. */
const OVERLAP_MS = 30_000;

export interface Placing {
  /** Which groups questions belong to, as far as it can be told at once; null where it cannot. */
  find(texts: readonly string[]): (string | null)[];
  /** Some that are stored now are in no group. */
  welcome(): void;
}

interface Read {
  asked: Asked[];
  known: ReadonlyMap<string, QuestionRow>;
  talks: QuestionTalkRow[];
}

export class QuestionIntake {
  readonly #app: App;
  readonly #placing: Placing;
  #followedTo: number | null = null;

  constructor(app: App, placing: Placing) {
    this.#app = app;
    this.#placing = placing;
  }

  /** One small piece of work. False when nothing is left to do. */
  async step(): Promise<boolean> {
    const { db } = this.#app.storage;
    const state = await findMining(db);
    if (state?.version !== VERSION) return this.#startAnew();
    const now = this.#app.now();
    const unread = await listUnreadSince(db, (this.#followedTo ?? state.followedTo) - OVERLAP_MS, BATCH);
    if (unread.length > 0) return this.#read(unread);
    this.#followedTo = now;
    if (state.sweptAt !== null) return false;
    const { sweepAt, sweepId } = state;
    const page = await listTalksBefore(db, sweepAt === null || sweepId === null ? null : { at: sweepAt, id: sweepId }, TALKS_PAGE);
    const behind = page.filter(({ seq, lastSeq }) => lastSeq > seq).slice(0, BATCH);
    if (behind.length > 0) return this.#read(behind);
    const last = page.at(-1);
    const isOver = page.length < TALKS_PAGE || last === undefined;
    await this.#app.storage.write((trx) =>
      updateMining(
        trx,
        isOver
          ? { sweptAt: now, sweepAt: null, sweepId: null, followedTo: now, isWanted: 1 }
          : { sweepAt: last.updatedAt, sweepId: last.conversationId },
      ),
    );
    return true;
  }

  async #startAnew(): Promise<true> {
    await this.#app.storage.write(async (trx) => {
      const state = await lockMining(trx);
      if (state?.version !== VERSION) await startMining(trx, VERSION, this.#app.now());
    });
    this.#followedTo = null;
    return true;
  }

  async #read(unread: readonly Unread[]): Promise<true> {
    const clock = await businessClock(this.#app);
    const read = await this.#readLines(unread, clock);
    const rows = await this.#toRows(read.asked, { unread, known: read.known, clock });
    await this.#app.storage.write(async (trx) => {
      const state = await lockMining(trx);
      if (state?.version !== VERSION) return;
      const ids = read.talks.map(({ conversationId }) => conversationId);
      const done = await listTalks(trx, ids);
      const before = new Map(unread.map(({ conversationId, seq }) => [conversationId, seq]));
      // Another server may have read on meanwhile.
      const isOurs = (id: string) => (done.get(id)?.seq ?? 0) === before.get(id);
      await this.#store(trx, { rows: rows.filter(({ conversationId }) => isOurs(conversationId)), known: read.known });
      const talks = read.talks.filter(({ conversationId }) => isOurs(conversationId));
      await setTalks(trx, talks);
      const begun = talks.filter(({ conversationId }) => !done.has(conversationId)).map(({ day }) => day);
      await markDays(trx, [...begun, ...rows.map(({ day }) => day)]);
    });
    if (rows.some(({ groupId }) => groupId === null)) this.#placing.welcome();
    return true;
  }

  async #readLines(unread: readonly Unread[], clock: WallClock): Promise<Read> {
    const { db } = this.#app.storage;
    const limit = BATCH * (BACK + 20);
    const [lines, rows] = await Promise.all([
      listLines(db, unread, BACK, limit),
      listQuestionsOf(
        db,
        unread.map(({ conversationId }) => conversationId),
      ),
    ]);
    // Where the page is cut, its last conversation is read to there, and those behind it another time.
    const cutAt = lines.length === limit ? lines.at(-1) : undefined;
    const asked: Asked[] = [];
    const talks: QuestionTalkRow[] = [];
    for (const { conversationId, seq, lastSeq, inboxId, createdAt } of unread) {
      const own = lines.filter((line) => line.conversationId === conversationId);
      const known = rows.filter((row) => row.conversationId === conversationId);
      asked.push(...readTalk(own, known, seq));
      const readTo = cutAt?.conversationId === conversationId ? Math.max(seq, cutAt.seq) : lastSeq;
      talks.push({ conversationId, seq: readTo, inboxId, day: clock.dayAt(createdAt) });
      if (cutAt?.conversationId === conversationId) break;
    }
    return { asked, known: new Map(rows.map((row) => [row.id, row])), talks };
  }

  async #toRows(
    asked: readonly Asked[],
    { unread, known, clock }: { unread: readonly Unread[]; known: Read['known']; clock: WallClock },
  ): Promise<QuestionRow[]> {
    const inboxes = new Map(unread.map(({ conversationId, inboxId }) => [conversationId, inboxId]));
    const rows = asked.map((question): QuestionRow => {
      const before = known.get(question.id);
      const isSame = before?.text === question.text;
      return {
        ...question,
        inboxId: before?.inboxId ?? inboxes.get(question.conversationId) ?? '',
        day: before?.day ?? clock.dayAt(question.askedAt),
        language: isSame ? before.language : languageOfText(question.text),
        likeness: isSame ? before.likeness : likenessOf(question.text),
        groupId: before && (isSame || before.isPlaced === 1) ? before.groupId : null,
        isPlaced: before?.isPlaced ?? 0,
      };
    });
    const homeless = rows.filter(({ groupId, isPlaced, text }) => groupId === null && isPlaced === 0 && text !== '');
    const alike = await listGroupsOfLikeness(this.#app.storage.db, [...new Set(homeless.map(({ likeness }) => likeness))]);
    for (const row of homeless) row.groupId = alike.get(row.likeness) ?? null;
    const strangers = homeless.filter(({ groupId }) => groupId === null);
    const places = this.#placing.find(strangers.map(({ text }) => text));
    for (const [at, row] of strangers.entries()) row.groupId = places[at] ?? null;
    return rows;
  }

  /** Texts were split before the transaction; what was erased meanwhile does not come back, and a group may be gone. */
  async #store(trx: Transaction, { rows, known }: { rows: readonly QuestionRow[]; known: Read['known'] }): Promise<void> {
    const fresh = rows.filter(({ id }) => !known.has(id));
    const speaking = await listSpeaking(
      trx,
      rows.map(({ id }) => id),
    );
    const groups = await listKnownGroups(trx, [...new Set(rows.flatMap(({ groupId }) => groupId ?? []))]);
    const settled = (row: QuestionRow): QuestionRow => ({
      ...row,
      ...(!speaking.has(row.id) && { text: '', likeness: '', visitorId: null }),
      groupId: row.groupId !== null && groups.has(row.groupId) ? row.groupId : null,
    });
    await insertQuestions(trx, fresh.filter(({ id }) => speaking.has(id)).map(settled));
    const again = rows.filter(({ id }) => known.has(id));
    await updateAnswered(trx, again);
    // What was not said on stays in the group that it may have been put into meanwhile.
    await updateAsked(trx, again.filter(({ id, text }) => known.get(id)?.text !== text).map(settled));
  }
}
