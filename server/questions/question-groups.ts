/** The groups as people look at them and decide about them: counted by sight, changed by who may write answers. */
import { AppError } from '../../shared/errors.ts';
import { type Language, toLanguage } from '../../shared/language.ts';
import type {
  ChangedGroup,
  QuestionExample,
  QuestionExamplesQuery,
  QuestionGroup,
  QuestionLink,
  QuestionListQuery,
  QuestionMerge,
  QuestionPage,
  QuestionRename,
  QuestionSplit,
} from '../../shared/question.ts';
import { toDate, type WallClock } from '../../shared/wall-clock.ts';
import type { App } from '../app.ts';
import { businessClock } from '../hours/business-clock.ts';
import type { Transaction } from '../storage/database.ts';
import type { QuestionGroupRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { maskWords } from './masked-text.ts';
import { countTalks, type DaySum, listDaySums, listSums, type Scope, type Sum } from './question-day-store.ts';
import {
  findGroup,
  findWordsOfGroup,
  insertGroups,
  listAgentNames,
  listChosen,
  listExamples,
  listGroupRows,
  listSpeakingAnswers,
  listWaits,
  moveQuestions,
  redirectGroups,
  updateGroup,
} from './question-group-store.ts';
import { findMining, lockMining, markDays, updateMining } from './question-intake-store.ts';

const SINGLE = '-';
const WAITS_MAX = 500;
const ANSWERERS = 3;

interface Counted {
  row: QuestionGroupRow;
  merged: QuestionGroupRow[];
  sum: Sum;
}

export async function listQuestions(app: App, caller: Caller, query: QuestionListQuery): Promise<QuestionPage> {
  const { db } = app.storage;
  const clock = await businessClock(app);
  const scope = scopeOf(caller, query, clock);
  const [rows, sums, conversations, mining, answersOn] = await Promise.all([
    listGroupRows(db),
    listSums(db, scope),
    countTalks(db, scope),
    findMining(db),
    listSpeakingAnswers(db, app.now()),
  ]);
  const counted = countGroups(rows, sums).filter(({ sum }) => sum.count > 0);
  const wanted = counted.filter(({ row }) => (row.isIgnored === 1) === (query.show === 'ignored'));
  const ranked = wanted
    .map((group) => ({ ...group, rank: rankOf(group, query.sort, answersOn) }))
    .sort((one, other) => compareRanks(one.rank, other.rank));
  const after = parseRank(query.cursor);
  const rest = after === null ? ranked : ranked.filter(({ rank }) => compareRanks(rank, after) > 0);
  const shown = rest.slice(0, query.limit);
  const last = shown.at(-1);
  const items = await describe(app, shown, { scope, clock, conversations, answersOn });
  const single = sums.find(({ groupId }) => groupId === SINGLE)?.count ?? 0;
  return {
    items,
    next: rest.length > query.limit && last ? formatRank(last.rank) : null,
    firstDay: toDate(scope.from),
    lastDay: toDate(scope.to),
    timeZone: clock.timeZone,
    groups: wanted.length,
    questions: single + counted.filter(({ row }) => row.isIgnored === 0).reduce((all, { sum }) => all + sum.count, 0),
    single,
    ignored: counted.filter(({ row }) => row.isIgnored === 1).length,
    conversations,
    updatedAt: mining?.groupedAt ?? null,
    isReading: mining?.sweptAt == null,
  };
}

function scopeOf(
  sight: Caller,
  { from, to, inboxId, language }: Pick<QuestionListQuery, 'from' | 'to' | 'inboxId' | 'language'>,
  clock: WallClock,
): Scope {
  const first = clock.dayAt(from);
  const last = clock.dayAt(to - 1);
  return { sight, from: first, to: last, before: first - (last - first + 1), inboxId, language };
}

/** What people have put together counts as one. */
function countGroups(rows: readonly QuestionGroupRow[], sums: readonly Sum[]): Counted[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const counted = new Map<string, Counted>();
  for (const row of rows) {
    if (row.mergedInto !== null) continue;
    counted.set(row.id, { row, merged: [], sum: { groupId: row.id, count: 0, before: 0, talks: 0, byBot: 0, byNobody: 0 } });
  }
  for (const row of rows) if (row.mergedInto !== null) counted.get(row.mergedInto)?.merged.push(row);
  for (const sum of sums) {
    const row = byId.get(sum.groupId);
    const group = row && counted.get(row.mergedInto ?? row.id);
    if (!group) continue;
    for (const key of ['count', 'before', 'talks', 'byBot', 'byNobody'] as const) group.sum[key] += sum[key];
  }
  return [...counted.values()];
}

interface Described {
  scope: Scope;
  clock: WallClock;
  conversations: number;
  answersOn: ReadonlySet<string>;
}

async function describe(
  app: App,
  shown: readonly Counted[],
  { scope, clock, conversations, answersOn }: Described,
): Promise<QuestionGroup[]> {
  const { db } = app.storage;
  const home = new Map(shown.flatMap(({ row, merged }) => [row, ...merged].map(({ id }) => [id, row.id] as const)));
  const ids = [...home.keys()];
  const asking = { ...scope, groupIds: ids, from: clock.momentOf(scope.from, 0), to: clock.momentOf(scope.to + 1, 0) };
  const [days, waits] = await Promise.all([listDaySums(db, scope, ids), listWaits(db, asking, WAITS_MAX)]);
  const agentIds = [...new Set(days.map(({ answeredBy }) => answeredBy))].filter((id) => id !== '' && id !== 'bot');
  const names = await listAgentNames(db, agentIds);
  return shown.map(({ row, merged, sum }) => {
    const own = days.filter(({ groupId }) => home.get(groupId) === row.id);
    const { answerers, others } = answerersOf(own, names);
    return {
      id: row.id,
      name: row.name,
      isNamed: row.isNamed === 1,
      isIgnored: row.isIgnored === 1,
      version: row.version,
      count: sum.count,
      before: sum.before,
      trend: sum.before === 0 ? null : sum.count / sum.before - 1,
      share: conversations === 0 ? 0 : Math.min(1, sum.talks / conversations),
      answeredByBot: sum.byBot,
      answeredByAgents: answerers,
      answeredByOthers: others,
      unanswered: sum.byNobody,
      medianWaitMs: medianOf([row, ...merged].flatMap(({ id }) => waits.get(id) ?? [])),
      answerId: row.answerId,
      hasAnswer: row.answerId !== null && answersOn.has(row.answerId),
      days: perDay(own, scope),
      merged: merged.map(({ id, name, version }) => ({ id, name, version })),
    };
  });
}

function answerersOf(
  days: readonly DaySum[],
  names: ReadonlyMap<string, string>,
): { answerers: QuestionGroup['answeredByAgents']; others: number } {
  const counts = new Map<string, number>();
  for (const { answeredBy, asked } of days) {
    if (answeredBy !== '' && answeredBy !== 'bot') counts.set(answeredBy, (counts.get(answeredBy) ?? 0) + asked);
  }
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  const answerers = sorted.slice(0, ANSWERERS).map(([id, count]) => ({ id, name: names.get(id) ?? '', count }));
  return { answerers, others: sorted.slice(ANSWERERS).reduce((all, [, count]) => all + count, 0) };
}

function perDay(days: readonly DaySum[], { from, to }: Scope): number[] {
  const counts = new Array<number>(to - from + 1).fill(0);
  for (const { day, asked } of days) (counts[day - from] as number) += asked;
  return counts;
}

function medianOf(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const half = sorted.length / 2;
  return Math.round(((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2);
}

/** First what has no answer, then the largest; ids make the order whole. */
interface Rank {
  hasAnswer: number;
  value: number;
  id: string;
}

function rankOf({ row, sum }: Counted, sort: QuestionListQuery['sort'], answersOn: ReadonlySet<string>): Rank {
  const values = { count: sum.count, trend: sum.count - sum.before, unanswered: sum.byNobody };
  return { hasAnswer: row.answerId !== null && answersOn.has(row.answerId) ? 1 : 0, value: values[sort], id: row.id };
}

function compareRanks(one: Rank, other: Rank): number {
  return one.hasAnswer - other.hasAnswer || other.value - one.value || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

function formatRank({ hasAnswer, value, id }: Rank): string {
  return `${hasAnswer}.${value}.${id}`;
}

function parseRank(cursor: string | undefined): Rank | null {
  if (cursor === undefined) return null;
  const [, hasAnswer, value, id] = /^([01])\.(-?\d{1,12})\.([\w-]{21})$/.exec(cursor) ?? [];
  if (id === undefined) throw new AppError('invalid', 'cursor: this is not one of ours', { field: 'cursor' });
  return { hasAnswer: Number(hasAnswer), value: Number(value), id };
}

/** `id`: of a group, or null for what nobody else has asked. */
export async function listQuestionExamples(
  app: App,
  caller: Caller,
  { id, query }: { id: string | null; query: QuestionExamplesQuery },
): Promise<{ items: QuestionExample[]; next: string | null }> {
  const { db } = app.storage;
  const before = parseCursor(query.cursor);
  const clock = await businessClock(app);
  const rows = id === null ? [] : await listGroupRows(db);
  if (id !== null && !rows.some((row) => row.id === id)) throw noGroup();
  const found = await listExamples(db, {
    sight: caller,
    groupIds: id === null ? null : withMerged(rows, id),
    from: clock.momentOf(clock.dayAt(query.from), 0),
    to: clock.momentOf(clock.dayAt(query.to - 1) + 1, 0),
    inboxId: query.inboxId,
    language: query.language,
    before,
    limit: query.limit + 1,
  });
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  const names = await listAgentNames(db, [...new Set(shown.flatMap(({ answeredBy }) => answeredBy ?? []))]);
  return {
    items: shown.map((row) => ({
      id: row.id,
      conversationId: row.conversationId,
      seq: row.seq,
      text: row.text,
      language: (toLanguage(row.language) as Language | undefined) ?? null,
      askedAt: row.askedAt,
      contact: { id: row.contactId, name: row.contactName },
      answeredBy: toAnswerer(row.answeredBy, names),
      waitMs: row.waitMs,
    })),
    next: found.length > query.limit && last ? formatCursor({ at: last.askedAt, id: last.id }) : null,
  };
}

function toAnswerer(answeredBy: string | null, names: ReadonlyMap<string, string>): QuestionExample['answeredBy'] {
  if (answeredBy === null) return null;
  return answeredBy === 'bot' ? { kind: 'bot', name: null } : { kind: 'agent', name: names.get(answeredBy) ?? null };
}

export function withMerged(rows: readonly QuestionGroupRow[], id: string): string[] {
  return [id, ...rows.filter(({ mergedInto }) => mergedInto === id).map((row) => row.id)];
}

export async function renameGroup(app: App, id: string, { name, version }: QuestionRename): Promise<ChangedGroup> {
  const words = name === null ? await findWordsOfGroup(app.storage.db, id) : undefined;
  return change(app, { id, version }, (_trx, row) =>
    name === null
      ? { isNamed: 0, name: words ? maskWords(words.text) : row.name, nameFrom: words?.id ?? null }
      : { isNamed: 1, name, nameFrom: null },
  );
}

/** The others stay what they were, and are counted with this one: whoever takes one back has it whole. */
export async function mergeGroups(app: App, id: string, { ids, version }: QuestionMerge): Promise<ChangedGroup> {
  return change(app, { id, version }, async (trx) => {
    for (const other of new Set(ids)) {
      if (other === id) throw new AppError('invalid', 'ids: a group cannot be put into itself', { field: 'ids' });
      const row = await findGroup(trx, other);
      if (!row) throw noGroup('ids');
      if (row.mergedInto !== null) throw new AppError('conflict', 'One of the groups is in another one by now.', { field: 'ids' });
      await redirectGroups(trx, other, id);
      await updateGroup(trx, other, { mergedInto: id, isKept: 1, version: row.version + 1 });
    }
    return {};
  });
}

/** Takes questions out into a group of their own; those that say the same go with them, and the next grouping knows both. */
export async function splitGroup(app: App, caller: Caller, id: string, wanted: QuestionSplit): Promise<ChangedGroup> {
  const { storage } = app;
  if (await findGroup(storage.db, wanted.id)) return getChanged(app, wanted.id);
  const rows = await listGroupRows(storage.db);
  const family = withMerged(rows, id);
  const chosen = await listChosen(storage.db, caller, wanted.questionIds);
  if (chosen.length < new Set(wanted.questionIds).size)
    throw new AppError('not-found', 'There is no such question.', { field: 'questionIds' });
  if (chosen.some(({ groupId }) => groupId === null || !family.includes(groupId)))
    throw new AppError('conflict', 'One of the questions is in another group by now.', { field: 'questionIds' });
  const first = chosen.toSorted((one, other) => one.text.length - other.text.length).find(({ text }) => text !== '');
  await change(app, { id, version: wanted.version }, async (trx, row) => {
    const name = wanted.name ?? maskWords(first?.text.split('\n')[0] ?? row.name).slice(0, 200);
    const fresh = { isIgnored: 0, isKept: 1, mergedInto: null, answerId: null, version: 1, createdAt: app.now() };
    await insertGroups(trx, [
      {
        id: wanted.id,
        name,
        nameFrom: wanted.name === undefined ? (first?.id ?? null) : null,
        isNamed: wanted.name ? 1 : 0,
        splitFrom: id,
        ...fresh,
      },
    ]);
    const days = await moveQuestions(trx, {
      ids: chosen.map((question) => question.id),
      likenesses: [...new Set(chosen.map(({ likeness }) => likeness))],
      from: family,
      to: wanted.id,
    });
    await markDays(trx, days);
    await updateMining(trx, { isWanted: 1 });
    return {};
  });
  return getChanged(app, wanted.id);
}

export function ignoreGroup(app: App, id: string, version: number): Promise<ChangedGroup> {
  return change(app, { id, version }, () => ({ isIgnored: 1 }));
}

/** Out of what is ignored, and out of the group that it was put into. */
export async function restoreGroup(app: App, id: string, version: number): Promise<ChangedGroup> {
  return change(app, { id, version }, () => ({ isIgnored: 0, mergedInto: null }));
}

/** Without a version it is what somebody began with a look at the group, and has finished since: the group may have been put into another. */
export async function linkAnswer(app: App, id: string, { answerId, version }: QuestionLink): Promise<ChangedGroup> {
  if (version !== undefined) return change(app, { id, version }, () => ({ answerId }));
  const home = (await findGroup(app.storage.db, id))?.mergedInto ?? id;
  return change(app, { id: home }, async (trx, row) => {
    const isTaken = row.answerId !== null && row.answerId !== answerId && (await listSpeakingAnswers(trx, app.now())).has(row.answerId);
    if (isTaken) throw new AppError('conflict', 'Another answer is given to this question by now.', { field: 'answerId' });
    return { answerId };
  });
}

type Changes = Partial<Omit<QuestionGroupRow, 'id'>>;

/** A person has decided: the version goes up, and the next grouping leaves it as it is. */
async function change(
  app: App,
  { id, version }: { id: string; version?: number },
  decide: (trx: Transaction, row: QuestionGroupRow) => Changes | Promise<Changes>,
): Promise<ChangedGroup> {
  await app.storage.write(async (trx) => {
    await lockMining(trx);
    const row = await findGroup(trx, id);
    if (!row) throw noGroup();
    if (version !== undefined && row.version !== version)
      throw new AppError('conflict', 'Somebody has changed this group meanwhile.', { field: 'version' });
    await updateGroup(trx, id, { isKept: 1, ...(await decide(trx, row)), version: row.version + 1 });
  });
  return getChanged(app, id);
}

async function getChanged(app: App, id: string): Promise<ChangedGroup> {
  const row = await findGroup(app.storage.db, id);
  if (!row) throw noGroup();
  const { name, version, answerId } = row;
  return { id, name, isNamed: row.isNamed === 1, isIgnored: row.isIgnored === 1, version, answerId };
}

function noGroup(field?: string): AppError {
  return new AppError('not-found', 'There is no such group of questions.', field === undefined ? {} : { field });
}
