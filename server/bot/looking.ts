/**
 * The bot looks at what stands unanswered at the end of a conversation, and says something, or nothing. What it says is posted in one
 * transaction with what it remembers of it, in which the conversation is locked and stands as it was looked at: nobody has come in and
 * nobody has written meanwhile. Whoever looks twice, or at two servers at once, says it once.
 */
import type { Availability, InboxSettings } from '../../shared/inbox.ts';
import type { Language } from '../../shared/language.ts';
import { spokenLocale } from '../../shared/spoken-locale.ts';
import { findAnswer, listAnswers } from '../answers/answers.ts';
import type { App } from '../app.ts';
import { getVisitor } from '../contacts/visitors.ts';
import { getConversation, lockUnerasedConversation } from '../conversations/conversations.ts';
import { derivedId } from '../conversations/derived-id.ts';
import { withNobodyWaiting } from '../conversations/message-effects.ts';
import { announceDone, announcePosted, type Done, doInConversation, listMessages, postWithin } from '../conversations/messages.ts';
import { listInboxes } from '../settings/inboxes.ts';
import type { Transaction } from '../storage/database.ts';
import type { BotTalkRow, ConversationRow } from '../storage/tables.ts';
import { type AskedQuestion, readQuestion } from './asked-question.ts';
import { composePost } from './bot-post.ts';
import type { BotRoom } from './bot-room.ts';
import { findLatestTalk, hasTurn, insertTalk, insertTurn, listTurns, updateTalk } from './bot-store.ts';
import { type BotWords, timeZoneOf, wordsIn } from './bot-words.ts';
import { smallTalkOf } from './manners.ts';
import { currentTalk, mayBotSpeak } from './stretches.ts';
import { isPromised, planAnswer, planChosen, planWithoutAnswer, type Told, type TurnPlan } from './turn-plan.ts';
import { whoIsHere } from './who-is-here.ts';

const READ_MAX = 60;
const HOUR_MS = 60 * 60 * 1_000;
const ASKED_MAX = 8_000;

/**
 * `unready`: the answers are being learned. `moved`: somebody wrote or came in meanwhile. `early`: the server has just started, and whoever
 * is at a desk may not be back yet. These are looked at again.
 */
export type LookResult = 'said' | 'silent' | 'unready' | 'moved' | 'early';

interface LookWish {
  /** What was written before is too old to be answered by itself now. */
  askedSince: number;
  isJustStarted: boolean;
}

/** Who is asking, where, and what was said before. */
interface Scene {
  row: ConversationRow;
  question: AskedQuestion;
  told: Told;
  settings: InboxSettings;
  availability: Availability;
  locale: string | null;
  /** By which times are told. */
  timeZone: string;
  now: number;
}

export async function look(botRoom: BotRoom, conversationId: string, { askedSince, isJustStarted }: LookWish): Promise<LookResult> {
  const scene = await readScene(botRoom, conversationId, askedSince);
  if (!scene) return 'silent';
  if (isJustStarted && scene.availability.open && !scene.availability.staffed) return 'early';
  const thought = await think(botRoom, scene);
  if (thought === 'unready') return thought;
  const { words } = thought;
  const plan = await withoutEmptyWords(botRoom, scene, thought.plan);
  const { row, question, settings } = scene;
  const place = { id: derivedId(`bot to ${question.id}`), conversationId: row.id, inboxId: row.inboxId, settings };
  const post = plan.say && (await composePost(botRoom, { ...plan.say, answerId: plan.answerId }, words, place));
  // Taken away or switched off in this very moment.
  if (plan.say && !post) return 'moved';
  // Whoever says thanks, or goodbye, where the bot has said nothing, has not talked with it.
  if (!post && scene.told.talk === null && plan.reason === null) return 'silent';
  return commit(botRoom, scene, { plan, post, language: words.language });
}

async function readScene(botRoom: BotRoom, conversationId: string, askedSince: number): Promise<Scene | null> {
  const { app } = botRoom.room;
  const { db } = app.storage;
  const row = await getConversation(app, conversationId);
  const inbox = (await listInboxes(app)).find(({ id }) => id === row.inboxId);
  if (!inbox) return null;
  const { settings } = inbox;
  const present = await whoIsHere(botRoom, row.inboxId);
  if (!settings.bot[present.staffed ? 'waiting' : 'outside']) return null;
  const [turns, latest, { messages }] = await Promise.all([
    listTurns(db, conversationId),
    findLatestTalk(db, conversationId),
    listMessages(db, { limit: READ_MAX }, row, 'public'),
  ]);
  // Somebody has written between the two readings.
  if ((messages.at(-1)?.seq ?? 0) > row.lastPublicSeq) return null;
  const question = readQuestion(messages, turns.at(-1)?.seq ?? 0);
  if (!question || question.at < askedSince) return null;
  const endsAfterMs = settings.bot.endsAfterHours * HOUR_MS;
  const talk = currentTalk(latest, row, { askedAt: question.at, endsAfterMs });
  if (!mayBotSpeak(row, messages, { talk, askedAt: question.at, endsAfterMs })) return null;
  const { locale } = await getVisitor(db, row.visitorId);
  const wrong = new Set(turns.flatMap(({ answerId, helpful }) => (answerId !== null && helpful === 0 ? [answerId] : [])));
  const told = { turns: turns.filter(({ talkId }) => talkId === talk?.id), wrong, talk };
  const timeZone = await timeZoneOf(app, inbox);
  return { row, question, told, settings, availability: present, locale, timeZone, now: app.now() };
}

async function think(botRoom: BotRoom, scene: Scene): Promise<{ plan: TurnPlan; words: BotWords } | 'unready'> {
  const { question, told, settings, row, availability, locale, timeZone, now } = scene;
  const smallTalk = smallTalkOf(question.text);
  const speak = (language: Language) => wordsIn(language, settings.bot, { availability, hasCallback: settings.hasCallback, timeZone, now });
  const usual = (told.turns.findLast((turn) => turn.language !== null)?.language ??
    spokenLocale(locale, settings.locale).language) as Language;
  const plain = planWithoutAnswer(question.chosen, smallTalk, told);
  if (plain && question.chosen) return { plan: plain, words: speak(usual) };
  const chosenAnswer = question.chosen && (await findAnswer(botRoom.room.app.storage.db, question.chosen.id));
  const chosen = chosenAnswer?.isOn ? planChosen(chosenAnswer.id, told) : null;
  if (chosen) return { plan: chosen, words: speak(usual) };
  const trial = await botRoom.matching.ask(question.text.slice(0, ASKED_MAX), {
    inboxId: row.inboxId,
    at: now,
    locale,
    moment: availability.staffed ? 'waiting' : 'outside',
  });
  if (trial.isUnready) return 'unready';
  const words = speak(question.text === '' ? usual : trial.language);
  return { plan: plain ?? planAnswer(trial, smallTalk, told), words };
}

/** Where no answer could ever be given, nobody is told that none was found. */
async function withoutEmptyWords({ room }: BotRoom, { row, told }: Scene, plan: TurnPlan): Promise<TurnPlan> {
  if (told.talk !== null || plan.answerId !== null || plan.say === null) return plan;
  const { items } = await listAnswers(room.app, { inboxId: row.inboxId, isOn: 'true', limit: 1 });
  return items.length > 0 ? plan : { ...plan, say: null, reason: null };
}

type Outcome = Pick<BotTalkRow, 'outcome' | 'reason' | 'settledAt' | 'endsAt'>;

async function commit(
  { room }: BotRoom,
  scene: Scene,
  { plan, post, language }: { plan: TurnPlan; post: Awaited<ReturnType<typeof composePost>>; language: Language },
): Promise<LookResult> {
  const { app } = room;
  const { row, question } = scene;
  const result = await app.storage.write(async (trx) => {
    const locked = await lockUnerasedConversation(trx, row.id);
    const isAsBefore =
      locked.lastPublicSeq === row.lastPublicSeq &&
      locked.status === row.status &&
      locked.assigneeId === row.assigneeId &&
      locked.joinedIds === row.joinedIds;
    if (!isAsBefore || (await hasTurn(trx, question.id))) return null;
    const talk = await findLatestTalk(trx, row.id);
    const current = scene.told.talk && talk?.id === scene.told.talk.id ? talk : null;
    const isSettling = plan.isSettling && !isPromised(current) && (plan.answerId !== null || (locked.waitingSince ?? 0) >= question.since);
    const posted = post ? await postWithin(trx, [{ ...post, isSettling }], scene.now) : [];
    const done = post || !isSettling ? null : await settleQuietly(app, trx, row.id);
    await remember(trx, scene, { plan, current, isSettling, language, replyId: post?.id ?? null });
    return { posted, done };
  });
  if (!result) return 'moved';
  for (const one of result.posted) announcePosted(room, one, null);
  announceDone(room, result.done);
  return post ? 'said' : 'silent';
}

function settleQuietly(app: App, trx: Transaction, id: string): Promise<Done | null> {
  return doInConversation(trx, id, {
    now: app.now(),
    decide: (row) => {
      const { waitingSince, unread } = withNobodyWaiting(row);
      return { values: { waitingSince, unread } };
    },
  });
}

async function remember(
  trx: Transaction,
  { row, question, settings, now }: Scene,
  {
    plan,
    current,
    isSettling,
    language,
    replyId,
  }: { plan: TurnPlan; current: BotTalkRow | null; isSettling: boolean; language: Language; replyId: string | null },
): Promise<void> {
  const outcome = outcomeOf(plan, current, { isSettling, now, endsAfterMs: settings.bot.endsAfterHours * HOUR_MS });
  const where = { conversationId: row.id, inboxId: row.inboxId };
  if (current) await updateTalk(trx, current.id, outcome as Parameters<typeof updateTalk>[2]);
  else await insertTalk(trx, { id: question.id, ...where, startedAt: question.at, ...outcome });
  const { decision, answerId, confidence, offered, chosen } = plan;
  await insertTurn(trx, {
    id: question.id,
    talkId: current?.id ?? question.id,
    ...where,
    seq: question.seq,
    at: now,
    language,
    decision,
    answerId,
    confidence,
    offered: JSON.stringify(offered),
    chosen,
    replyId,
    helpful: null,
  });
}

/** A person who was promised stays promised; asking for one says more than that no answer was found. */
function outcomeOf(
  { reason }: TurnPlan,
  current: BotTalkRow | null,
  { isSettling, now, endsAfterMs }: { isSettling: boolean; now: number; endsAfterMs: number },
): Outcome {
  if (reason !== null) return { outcome: 'person', reason, settledAt: now, endsAt: null };
  if (isSettling) return { outcome: 'going', reason: null, settledAt: now, endsAt: now + endsAfterMs };
  if (current?.outcome === 'person') return { outcome: 'person', reason: current.reason, settledAt: current.settledAt, endsAt: null };
  return { outcome: 'going', reason: null, settledAt: now, endsAt: null };
}
