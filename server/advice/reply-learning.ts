/**
 * Learns from what agents answer, as proposals that a person decides about. It looks at a conversation some time after a person has answered,
 * when nobody waits for anything; what was not looked at when the server stopped is looked at after the next start.
 */

import { ANSWER_TEXT_MAX, PHRASING_LENGTH_MAX } from '../../shared/automatic-answer.ts';
import type { Contact } from '../../shared/contact.ts';
import type { AnswerMatching } from '../answers/answer-matching.ts';
import type { App, Standing } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { getConversation } from '../conversations/conversations.ts';
import { listMessages } from '../conversations/messages.ts';
import { ANSWER_AT } from '../matching/judgement.ts';
import { findLocale, listAnswerTexts, stampOfAnswerTexts } from './advice-store.ts';
import { inTurns } from './bit-by-bit.ts';
import { type Exchange, exchangeSince } from './exchange.ts';
import { maskQuestion, maskReply } from './masked-words.ts';
import { listMissedReplies } from './missed-replies.ts';
import { askingMessage, wordCount } from './open-question.ts';
import { isProposed } from './proposal-store.ts';
import { propose } from './proposals.ts';
import { AnswerTexts, type KnownText, SAME_AT, SAME_IF_OFFERED_AT } from './reply-likeness.ts';

/** An agent may go on writing for so long: it is one reply. */
const SETTLES_MS = 20_000;
/** A reply from before the start may be another server's, which then learns from it first. */
const OTHERS_FIRST_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
/** What is left out where more is answered than can be looked at. */
const WAITING_MAX = 2_000;
/** Nobody waits for it. */
const PATIENCE_MS = 20_000;
const TRIES = 5;
const TAIL = 60;
const PORTION = 200;
/** One word is not a way of asking. */
const WORDS_MIN = 2;
/** Less is no answer to keep. */
const REPLY_WORDS_MIN = 4;

interface Answered {
  conversationId: string;
  waitingSince: number;
  dueAt: number;
  /** How often it has been looked at in vain. */
  tries: number;
  /** From before the start: it may have been learnt from already. */
  isMissed: boolean;
}

export class Learning {
  readonly #app: App;
  readonly #matching: AnswerMatching;
  #answered: Answered[] = [];
  readonly #timer: NodeJS.Timeout;
  #texts: { stamp: string; known: AnswerTexts } | null = null;
  #isLooking = false;
  #isStopped = false;

  constructor(app: App, matching: AnswerMatching) {
    this.#app = app;
    this.#matching = matching;
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** After whoever follows already. */
  start(): void {
    const { followers } = this.#app;
    const tell = followers.conversationTurned;
    followers.conversationTurned = (before, after) => {
      tell(before, after);
      this.#note(before, after);
    };
    void this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    try {
      const missed = await listMissedReplies(this.#app, { settlesMs: SETTLES_MS, tail: TAIL });
      const now = this.#app.now();
      for (const { conversationId, waitingSince, endedAt } of missed) {
        const dueAt = Math.max(now, endedAt + SETTLES_MS) + OTHERS_FIRST_MS;
        this.#put({ conversationId, waitingSince, dueAt, tries: 0, isMissed: true });
      }
    } catch (error) {
      if (!this.#isStopped) this.#app.log.warn({ err: error }, 'replies from before the start could not be looked through');
    }
  }

  /** Nobody waits any more who did. */
  #note(before: Standing, after: Standing & { id: string }): void {
    const { waitingSince } = before;
    if (waitingSince === null || after.waitingSince !== null) return;
    this.#put({ conversationId: after.id, waitingSince, dueAt: this.#app.now() + SETTLES_MS, tries: 0, isMissed: false });
  }

  #put(answered: Answered): void {
    if (!this.#isStopped && this.#answered.length < WAITING_MAX) this.#answered.push(answered);
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#answered = [];
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const now = this.#app.now();
    const due = this.#answered.filter(({ dueAt }) => dueAt <= now);
    this.#answered = this.#answered.filter(({ dueAt }) => dueAt > now);
    for (const answered of due) {
      if (this.#isStopped) break;
      try {
        const isLooked = await this.#learn(answered);
        const tries = answered.tries + 1;
        if (!isLooked && tries < TRIES) this.#put({ ...answered, tries });
      } catch (error) {
        if (!this.#isStopped) this.#app.log.warn({ err: error }, 'nothing could be learnt from an answer');
      }
    }
    this.#isLooking = false;
  }

  /** False where the answers could not be asked just now. */
  async #learn({ conversationId, waitingSince, isMissed }: Answered): Promise<boolean> {
    const { db } = this.#app.storage;
    const row = await getConversation(this.#app, conversationId);
    if (row.erasedAt !== null) return true;
    const { messages } = await listMessages(db, { before: row.lastSeq + 1, limit: TAIL }, row, 'public');
    const exchange = exchangeSince(messages, waitingSince);
    const asking = exchange && askingMessage(exchange.asked);
    if (!exchange || !asking) return true;
    if (isMissed && (await isProposed(db, conversationId, asking.seq))) return true;
    const contact = await getContact(db, row.contactId);
    const question = maskQuestion(asking.text, contact);
    if (wordCount(question) < WORDS_MIN || question.length > PHRASING_LENGTH_MAX) return true;
    const reply = exchange.replied.map(({ text }) => text.trim()).join('\n\n');
    const locale = await findLocale(db, conversationId);
    const trial = await this.#matching.ask(asking.text, {
      inboxId: row.inboxId,
      at: this.#app.now(),
      locale,
      moment: 'any',
      withinMs: PATIENCE_MS,
    });
    if (trial.isUnready) return false;
    const confidences = new Map(trial.suggestions.map((one) => [one.answerId, one.confidence]));
    const answerId = await this.#answerSent(exchange, reply, confidences);
    if (answerId === undefined || (answerId !== null && (confidences.get(answerId) ?? 0) >= ANSWER_AT)) return true;
    await propose(this.#app, {
      answerId,
      cause: exchange.unhelpfulId === null ? 'sent' : 'unhelpful',
      question,
      language: trial.language,
      reply: shownReply(exchange, reply, contact),
      conversationId,
      seq: asking.seq,
      agentId: exchange.replied[0]?.author.id ?? null,
    });
    return true;
  }

  /** Which answer the reply is; null: a new one, since what was answered by itself did not help; undefined: nothing to be learnt. */
  async #answerSent({ unhelpfulId }: Exchange, reply: string, offered: ReadonlyMap<string, number>): Promise<string | null | undefined> {
    const texts = await this.#answerTexts();
    const alike = texts
      .likest(reply)
      .filter(({ answerId, likeness }) => likeness >= (offered.has(answerId) ? SAME_IF_OFFERED_AT : SAME_AT));
    if (alike.some(({ answerId }) => answerId === unhelpfulId)) return undefined;
    if (alike[0]) return alike[0].answerId;
    return unhelpfulId !== null && wordCount(reply) >= REPLY_WORDS_MIN ? null : undefined;
  }

  /** Of all answers, whether they are on or not; read anew once one has changed. */
  async #answerTexts(): Promise<AnswerTexts> {
    const { db } = this.#app.storage;
    const stamp = await stampOfAnswerTexts(db);
    if (this.#texts?.stamp === stamp) return this.#texts.known;
    const texts: KnownText[] = [];
    for (let lastId: string | undefined = ''; lastId !== undefined; ) {
      const portion = await listAnswerTexts(db, lastId, PORTION);
      for (const { id, texts: said } of portion) for (const text of said) texts.push({ answerId: id, text });
      lastId = portion.length < PORTION ? undefined : portion.at(-1)?.id;
    }
    const known = await inTurns(AnswerTexts.building(texts));
    this.#texts = { stamp, known };
    return known;
  }
}

function shownReply({ asked }: Exchange, reply: string, contact: Contact): string {
  const words = asked.map(({ text }) => text).join('\n');
  return maskReply(reply, contact, words).slice(0, ANSWER_TEXT_MAX);
}
