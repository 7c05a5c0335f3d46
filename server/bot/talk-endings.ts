/** What becomes of conversations that the bot has answered: a person comes in, the visitor comes back, or nothing more is said. */
import type { Standing } from '../app.ts';
import { lockUnerasedConversation } from '../conversations/conversations.ts';
import { announceDone, type Done } from '../conversations/messages.ts';
import { listInboxes } from '../settings/inboxes.ts';
import type { BotTalkRow } from '../storage/tables.ts';
import { endByItself } from './answer-ratings.ts';
import type { BotRoom } from './bot-room.ts';
import { findLatestTalk, hasAnyTalk, listEnding, turnTalk, updateTalk } from './bot-store.ts';

const TICK_MS = 2_000;
const BATCH = 100;
const HOUR_MS = 60 * 60 * 1_000;
/** Where the bot has never spoken, nobody is asked more often than this whether it has by now, at another server. */
const KNOWN_FOR_MS = 60_000;

type Turned = Standing & { id: string; joinedIds: string };

export class TalkEndings {
  readonly #botRoom: BotRoom;
  readonly #timer: NodeJS.Timeout;
  #known: { hasAny: boolean; askedAt: number } | null = null;
  #isTicking = false;
  #isStopped = false;

  constructor(botRoom: BotRoom) {
    this.#botRoom = botRoom;
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  /** The bot has said its first word here. */
  noteFirst(): void {
    if (this.#known?.hasAny === false) this.#known = null;
  }

  /** After the commit, for whatever changes who waits for whom. */
  turned(before: Standing, after: Turned): void {
    const isBack = before.status === 'resolved' && after.status !== 'resolved';
    const isJoined = after.joinedIds.trim() !== '' && (isBack || before.assigneeId !== after.assigneeId);
    if (!isBack && !isJoined) return;
    this.#turn(after.id, { isBack, isJoined }).catch((error: unknown) => {
      if (!this.#isStopped) this.#botRoom.room.app.log.warn({ err: error }, 'what became of an automatic answer could not be noted');
    });
  }

  async #turn(conversationId: string, { isBack, isJoined }: { isBack: boolean; isJoined: boolean }): Promise<void> {
    const { app } = this.#botRoom.room;
    if (!(await this.#hasTalks())) return;
    const talk = await findLatestTalk(app.storage.db, conversationId);
    if (!talk || talk.outcome === 'person') return;
    const hasEnded = talk.outcome !== 'going';
    // Whoever comes back after long has another question.
    if (hasEnded && (!isBack || app.now() - talk.settledAt > (await this.#endsAfterMs(talk.inboxId)))) return;
    const to = isJoined ? ({ to: 'person', reason: 'joined' } as const) : ({ to: 'going', reason: null } as const);
    await app.storage.write((trx) => turnTalk(trx, conversationId, { from: ['going', 'helped', 'quiet'], ...to, now: app.now() }));
  }

  async #endsAfterMs(inboxId: string): Promise<number> {
    const inbox = (await listInboxes(this.#botRoom.room.app)).find(({ id }) => id === inboxId);
    return (inbox?.settings.bot.endsAfterHours ?? 0) * HOUR_MS;
  }

  async #hasTalks(): Promise<boolean> {
    if (this.#known?.hasAny) return true;
    if (this.#known && performance.now() - this.#known.askedAt < KNOWN_FOR_MS) return false;
    const known = { hasAny: await hasAnyTalk(this.#botRoom.room.app.storage.db), askedAt: performance.now() };
    this.#known = known;
    return known.hasAny;
  }

  async #tick(): Promise<void> {
    if (this.#isTicking || this.#isStopped) return;
    this.#isTicking = true;
    const { app } = this.#botRoom.room;
    try {
      if (!(await this.#hasTalks())) return;
      let ending: BotTalkRow[];
      do {
        ending = await listEnding(app.storage.db, app.now(), BATCH);
        for (const talk of ending) if (!this.#isStopped) await this.#end(talk);
      } while (ending.length === BATCH && !this.#isStopped);
    } catch (error) {
      if (!this.#isStopped) app.log.warn({ err: error }, 'answered conversations could not be ended');
    } finally {
      this.#isTicking = false;
    }
  }

  /** Judged by how it stands when it is locked. */
  async #end({ id, conversationId, outcome, reason, settledAt }: BotTalkRow): Promise<void> {
    const { room } = this.#botRoom;
    const { app } = room;
    const now = app.now();
    const done = await app.storage.write(async (trx): Promise<Done | null> => {
      const row = await lockUnerasedConversation(trx, conversationId).catch(() => null);
      const talk = await findLatestTalk(trx, conversationId);
      const kept = { outcome, reason, settledAt, endsAt: null } as Parameters<typeof updateTalk>[2];
      const isLatest = talk?.id === id;
      if (isLatest && (talk.endsAt === null || talk.endsAt > now)) return null;
      const isQuiet = isLatest && row !== null && row.waitingSince === null;
      if (isLatest && row?.joinedIds.trim())
        await updateTalk(trx, id, { outcome: 'person', reason: 'joined', settledAt: now, endsAt: null });
      else if (!isQuiet || row.status === 'snoozed' || row.status === 'pending') await updateTalk(trx, id, kept);
      else {
        // Somebody may have closed it without a word: nothing more was needed then either.
        await updateTalk(trx, id, { outcome: 'quiet', reason: null, settledAt: now, endsAt: null });
        return endByItself(trx, conversationId, 'quiet', now);
      }
      return null;
    });
    announceDone(room, done);
  }
}
