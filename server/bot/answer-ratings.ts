/** "Did this help?": what the visitor says of an automatic answer, and what follows from it. */

import { AppError } from '../../shared/errors.ts';
import type { Language } from '../../shared/language.ts';
import type { AnswerRateRequest, AutomaticMark, Message } from '../../shared/message.ts';
import { spokenLocale } from '../../shared/spoken-locale.ts';
import { lockUnerasedConversation, toEnd } from '../conversations/conversations.ts';
import { derivedId } from '../conversations/derived-id.ts';
import type { Posted } from '../conversations/message-batch.ts';
import {
  announceDone,
  announcePosted,
  type Done,
  doInConversation,
  findMessage,
  noteAutomatic,
  postWithin,
} from '../conversations/messages.ts';
import { getOwnConversation, type VisitorSeat } from '../conversations/visitor-sessions.ts';
import { listInboxes } from '../settings/inboxes.ts';
import type { Transaction } from '../storage/database.ts';
import type { BotTalkRow, BotTurnRow, ConversationRow } from '../storage/tables.ts';
import { composePost } from './bot-post.ts';
import type { BotRoom } from './bot-room.ts';
import { countUnread, findLatestTalk, findTurnByReply, listTurns, updateHelpful, updateTalk } from './bot-store.ts';
import { timeZoneOf, wordsIn } from './bot-words.ts';
import { isPromised, othersThan, type Told } from './turn-plan.ts';
import { whoIsHere } from './who-is-here.ts';

type Locked = Awaited<ReturnType<typeof lockUnerasedConversation>>;
type Rateable = Message & { automatic: AutomaticMark };

/** The same said again changes nothing; the last word counts. */
export async function rateAnswer(botRoom: BotRoom, seat: VisitorSeat, { messageId, helpful }: AnswerRateRequest): Promise<void> {
  const { room } = botRoom;
  const { app } = room;
  const message = await findMessage(app.storage.db, messageId);
  if (message?.visibility !== 'public') throw new AppError('not-found', 'There is no such message.');
  const row = await getOwnConversation(app, seat, message.conversationId);
  if (message.automatic?.kind !== 'answer') {
    throw new AppError('invalid', 'messageId: is no automatic answer', { field: 'messageId' });
  }
  const replies = await composeReplies(botRoom, row, { message: message as Rateable, seat });
  const rated = await app.storage.write((trx) => rateWithin(trx, message as Rateable, { helpful, replies, now: app.now() }));
  if (!rated) return;
  announceDone(room, rated.done);
  for (const posted of rated.posted) announcePosted(room, posted, null);
  const fact = { conversationId: row.id, messageId, helpful };
  app.broadcast.toViewers(row.id, null, 'answer:rated', fact);
  app.broadcast.toVisitor(row, null, 'answer:rated', fact);
}

type Reply = NonNullable<Awaited<ReturnType<typeof composePost>>>;

/** What would be said, prepared before anything is locked. */
async function composeReplies(
  botRoom: BotRoom,
  row: ConversationRow,
  { message, seat }: { message: Rateable; seat: VisitorSeat },
): Promise<{ thanks: Reply; sorry: Reply } | null> {
  const { app } = botRoom.room;
  const inbox = (await listInboxes(app)).find(({ id }) => id === row.inboxId);
  const turn = await findTurnByReply(app.storage.db, message.id);
  if (!inbox || !turn) return null;
  const { settings } = inbox;
  const language = (turn.language ?? spokenLocale(seat.visitor.locale, settings.locale).language) as Language;
  const { bot: rule, hasCallback } = settings;
  const timeZone = await timeZoneOf(app, inbox);
  const words = wordsIn(language, rule, { availability: await whoIsHere(botRoom, row.inboxId), hasCallback, timeZone, now: app.now() });
  const offers = othersThan(turn, await readTold(app.storage.db, row.id, turn));
  const place = { conversationId: row.id, inboxId: row.inboxId, settings };
  const compose = (kind: 'thanks' | 'sorry') =>
    composePost(botRoom, { kind, answerId: null, offers: kind === 'sorry' ? offers : [] }, words, {
      ...place,
      id: derivedId(`${kind} for ${message.id}`),
    });
  const [thanks, sorry] = [await compose('thanks'), await compose('sorry')];
  return thanks && sorry && { thanks, sorry };
}

async function readTold(db: Parameters<typeof listTurns>[0], conversationId: string, turn: BotTurnRow): Promise<Told> {
  const turns = await listTurns(db, conversationId);
  const wrong = new Set(turns.flatMap(({ answerId, helpful }) => (answerId !== null && helpful === 0 ? [answerId] : [])));
  return { turns: turns.filter(({ talkId }) => talkId === turn.talkId), wrong, talk: null };
}

interface Rated {
  posted: Posted[];
  done: Done | null;
}

async function rateWithin(
  trx: Transaction,
  { id, conversationId }: Rateable,
  { helpful, replies, now }: { helpful: boolean; replies: { thanks: Reply; sorry: Reply } | null; now: number },
): Promise<Rated | null> {
  const row = await lockUnerasedConversation(trx, conversationId);
  const fresh = await findMessage(trx, id);
  if (!fresh?.automatic || fresh.automatic.helpful === helpful) return null;
  await noteAutomatic(trx, id, { ...fresh.automatic, helpful });
  const turn = await findTurnByReply(trx, id);
  const talk = await findLatestTalk(trx, conversationId);
  if (turn) await updateHelpful(trx, turn.id, helpful);
  // A person is there, or it was long ago: it is noted, and nothing follows.
  const isPast = !turn || !talk || !replies || talk.id !== turn.talkId || talk.reason === 'joined' || row.joinedIds.trim() !== '';
  if (isPast) return { posted: [], done: null };
  return helpful ? thank(trx, row, { talk, turn, reply: replies.thanks, now }) : apologise(trx, row, { talk, reply: replies.sorry, now });
}

/** Where nothing else waits, it has ended. */
async function thank(
  trx: Transaction,
  row: Locked,
  { talk, turn, reply, now }: { talk: BotTalkRow; turn: BotTurnRow; reply: Reply; now: number },
): Promise<Rated> {
  const last = (await listTurns(trx, row.id)).at(-1);
  const isTakenBack = talk.reason === 'unhelpful' && last?.id === turn.id && row.waitingSince === talk.settledAt;
  const isAllAnswered = row.status === 'open' && !isPromised(talk) && (row.waitingSince === null || isTakenBack);
  const posted = await postWithin(trx, [{ ...reply, isSettling: isAllAnswered }], now);
  if (!isAllAnswered) return { posted, done: null };
  await updateTalk(trx, talk.id, { outcome: 'helped', reason: null, settledAt: now, endsAt: null });
  return { posted, done: await endByItself(trx, row.id, 'helped', now) };
}

/** From now on a person is waited for. */
async function apologise(
  trx: Transaction,
  row: Locked,
  { talk, reply, now }: { talk: BotTalkRow; reply: Reply; now: number },
): Promise<Rated> {
  if (talk.reason === 'asked') return { posted: [], done: null };
  const isOver = row.status === 'resolved';
  const unread = await countUnread(trx, row.id);
  const done = await doInConversation(trx, row.id, {
    now,
    decide: ({ waitingSince }) => ({
      values: {
        waitingSince: isOver ? now : (waitingSince ?? now),
        unread,
        ...(isOver && { status: 'open', resolvedAt: null, snoozedUntil: null }),
      },
      ...(isOver && { notice: { kind: 'reopened' as const } }),
    }),
  });
  if (talk.outcome !== 'person') await updateTalk(trx, talk.id, { outcome: 'person', reason: 'unhelpful', settledAt: now, endsAt: null });
  return { posted: await postWithin(trx, [reply], now), done };
}

/** The line says why. Null where it has ended already. */
export function endByItself(trx: Transaction, id: string, by: 'helped' | 'quiet', now: number): Promise<Done | null> {
  return doInConversation(trx, id, {
    now,
    decide: (row) => {
      const deed = toEnd(row as ConversationRow, now);
      return deed && { values: { ...deed.values, waitingSince: null, unread: 0 }, notice: { kind: 'ended', by } };
    },
  });
}
