/** The work of an import, in small pieces: all rows are judged, then the good ones written, or what was written is taken back. */
import type { ContactEdits } from '../../shared/contact.ts';
import { AppError } from '../../shared/errors.ts';
import { foldName } from '../../shared/fold.ts';
import { listAgentNames } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { dropFiles, editLockedFile, findHolders, insertFiles, listUsedFiles, lockFiles } from '../contacts/file-batch.ts';
import { type FileBefore, restoreFile } from '../contacts/file-restoring.ts';
import type { NewFile } from '../contacts/new-file.ts';
import type { Transaction } from '../storage/database.ts';
import { idInSeries } from '../storage/neighbour-ids.ts';
import type { CustomerJobRow, ImportRowRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { advance } from './bulk-edit.ts';
import { listImportRows, listWrittenRows, partFromFiles, updateJudged, updateWritten } from './customer-job-store.ts';
import { listCompanyIds } from './customer-page-store.ts';
import { listKnownFields } from './filter-rights.ts';
import { type ImportDraft, type ImportWords, readDraft } from './import-drafts.ts';
import { type Holders, judgeDraft } from './import-matching.ts';
import { importRequestOf } from './imports.ts';

const CHECK_AT_ONCE = 250;
const WRITE_AT_ONCE = 150;
const UNDO_AT_ONCE = 25;

/** Keys of rows that came before, by the job whose check is on its way: whom a file names twice is seen without asking the database. */
const seenKeys = new Map<string, { upTo: string; keys: Map<string, number> }>();

export async function stepImport(app: App, caller: Caller, job: CustomerJobRow): Promise<void> {
  if (job.status === 'undoing') await undoSome(app, caller, job);
  else if (job.stage === 'check') await checkSome(app, caller, job);
  else await writeSome(app, caller, job);
}

async function checkSome(app: App, caller: Caller, job: CustomerJobRow): Promise<void> {
  const { plan } = importRequestOf(job);
  const after = Number(job.cursor ?? 0);
  const held = seenKeys.get(job.id);
  const isKnown = held !== undefined && held.upTo === `${job.cursor}`;
  const seen = after === 0 || !isKnown ? new Map<string, number>() : held.keys;
  // Another server began it, or this one anew: what the rows before say is gone with it.
  if (after > 0 && !isKnown) {
    await advance(app, job, async () => ({ cursor: null, done: 0, refused: 0 }));
    return;
  }
  const rows = await listImportRows(app.storage.db, { jobId: job.id, after, limit: CHECK_AT_ONCE });
  const words = await readWords(app, caller, rows, plan.mapping.indexOf('company'));
  const read = rows.map((row) => ({ row, ...readDraft(JSON.parse(row.cells), plan, words) }));
  const cursor = rows.at(-1)?.line ?? after;
  await advance(app, job, async (trx, current) => {
    const holders = await readHolders(
      trx,
      read.flatMap((one) => ('draft' in one ? one.draft.identities : [])),
    );
    let refused = 0;
    const judged = read.map((one) => {
      const verdict =
        'draft' in one
          ? judgeDraft(one.draft, plan, { holders, seen, line: one.row.line })
          : { outcome: 'refused', contactId: null, reason: one.reason };
      if (verdict.outcome === 'refused') refused += 1;
      const draft = 'draft' in one && verdict.outcome !== 'refused' ? JSON.stringify(one.draft) : null;
      return { ...verdict, id: one.row.id, draft };
    });
    await updateJudged(trx, judged);
    const isLast = rows.length < CHECK_AT_ONCE;
    seenKeys.set(job.id, { upTo: `${cursor}`, keys: seen });
    if (isLast) seenKeys.delete(job.id);
    return {
      cursor: String(cursor),
      done: current.done + rows.length,
      refused: current.refused + refused,
      ...(isLast && { status: 'draft', cursor: null }),
    };
  });
}

async function readWords(app: App, caller: Caller, rows: readonly ImportRowRow[], companyAt: number): Promise<ImportWords> {
  const [fields, people] = await Promise.all([listKnownFields(app, caller), listAgentNames(app)]);
  const agents = new Map<string, string | null>();
  for (const { id, name, email } of people) {
    agents.set(email, id);
    const key = foldName(name);
    agents.set(key, agents.has(key) ? null : id);
  }
  const named =
    companyAt < 0 ? [] : rows.map(({ cells }) => foldName(String(JSON.parse(cells)[companyAt] ?? ''))).filter((key) => key !== '');
  return { fields, agents, companies: await listCompanyIds(app.storage.db, [...new Set(named)]) };
}

async function readHolders(trx: Transaction, identities: ImportDraft['identities']): Promise<Holders> {
  const holders: Holders = new Map();
  for (const { kind, value, contactId, isVerified } of await findHolders(trx, identities)) {
    const key = `${kind}:${value}`;
    const own = holders.get(key) ?? [];
    if (!own.some((one) => one.contactId === contactId)) own.push({ contactId, isVerified });
    holders.set(key, own);
  }
  return holders;
}

/** The rows are judged once more: who is here may have changed since the check. */
async function writeSome(app: App, caller: Caller, job: CustomerJobRow): Promise<void> {
  const { plan } = importRequestOf(job);
  const after = Number(job.cursor ?? 0);
  const rows = await listImportRows(app.storage.db, { jobId: job.id, after, limit: WRITE_AT_ONCE, outcomes: ['add', 'update', 'same'] });
  await advance(app, job, async (trx, held) => {
    const drafts = rows.map((row) => ({ row, draft: JSON.parse(row.draft ?? 'null') as ImportDraft }));
    const holders = await readHolders(
      trx,
      drafts.flatMap(({ draft }) => draft.identities),
    );
    const fresh: (NewFile & { rowId: string })[] = [];
    const toUpdate: { row: ImportRowRow; draft: ImportDraft; contactId: string }[] = [];
    const written: Parameters<typeof updateWritten>[1][number][] = [];
    for (const { row, draft } of drafts) {
      const verdict = judgeDraft(draft, plan, { holders, seen: new Map(), line: row.line });
      if (verdict.outcome === 'add') {
        const id = idInSeries(job.id, row.line);
        fresh.push({ ...toNewFile(id, draft), rowId: row.id });
        // The next rows may name the same person.
        for (const { kind, value } of draft.identities)
          holders.set(`${kind}:${value}`, [...(holders.get(`${kind}:${value}`) ?? []), { contactId: id, isVerified: false }]);
        written.push({ id: row.id, outcome: 'added', contactId: id, reason: null, before: null });
      } else if (verdict.outcome === 'update' && verdict.contactId !== null) toUpdate.push({ row, draft, contactId: verdict.contactId });
      else written.push({ ...verdict, id: row.id, before: null });
    }
    await insertFiles(app, trx, caller, fresh);
    written.push(...(await updateFiles(app, trx, caller, toUpdate)));
    await updateWritten(trx, written);
    const count = (outcome: string) => written.filter((one) => one.outcome === outcome).length;
    const isLast = rows.length < WRITE_AT_ONCE;
    const line = rows.at(-1)?.line ?? after;
    return {
      cursor: String(line),
      done: isLast ? held.total : Math.min(held.total, held.done + rows.length),
      added: held.added + count('added'),
      changed: held.changed + count('updated'),
      refused: held.refused + count('refused'),
      ...(isLast && { status: 'done', endedAt: app.now() }),
    };
  });
}

async function updateFiles(
  app: App,
  trx: Transaction,
  caller: Caller,
  toUpdate: readonly { row: ImportRowRow; draft: ImportDraft; contactId: string }[],
): Promise<Parameters<typeof updateWritten>[1][number][]> {
  const written: Parameters<typeof updateWritten>[1][number][] = [];
  for (const { row, draft, contactId } of toUpdate) {
    // Read for each: a file may be named by two rows.
    const held = (await lockFiles(trx, [contactId])).get(contactId);
    const nothing = { id: row.id, contactId, before: null };
    if (!held || held.erasedAt !== null || held.mergedInto !== null) {
      written.push({ ...nothing, outcome: 'refused', reason: 'gone' });
      continue;
    }
    try {
      const edits = toEdits(draft, JSON.parse(held.tags));
      const edited = await editLockedFile(app, trx, { caller, row: held, edits, identities: draft.identities });
      written.push(
        edited
          ? { ...nothing, outcome: 'updated', reason: null, before: JSON.stringify(edited.before) }
          : { ...nothing, outcome: 'same', reason: null },
      );
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
      written.push({ ...nothing, outcome: 'refused', reason: reasonOf(error) });
    }
  }
  return written;
}

/** What was right at the check may be no more: a field was archived, a right taken away. */
function reasonOf({ field = '' }: AppError): string {
  if (field.startsWith('values.')) return `field:${field.slice('values.'.length)}`;
  return field === 'ownerId' ? 'owner' : 'gone';
}

/** Only what the row says; tags are added to those that are there. */
function toEdits(
  { name, company, companyId, lifecycle, ownerId, tags, locale, values }: ImportDraft,
  held: readonly string[],
): ContactEdits {
  return {
    ...(name !== undefined && { name }),
    ...(companyId !== undefined ? { companyId } : company !== undefined && { company }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(ownerId !== undefined && { ownerId }),
    ...(locale !== undefined && { locale }),
    ...(tags.length > 0 && { tags: [...new Set([...held, ...tags])] }),
    ...(values.length > 0 && { values: Object.fromEntries(values.map(({ key, value }) => [key, value])) }),
  };
}

function toNewFile(id: string, draft: ImportDraft): NewFile {
  return {
    id,
    name: draft.name ?? null,
    company: draft.company ?? null,
    companyId: draft.companyId ?? null,
    lifecycle: draft.lifecycle ?? null,
    ownerId: draft.ownerId ?? null,
    tags: draft.tags,
    locale: draft.locale ?? null,
    identities: draft.identities,
    values: draft.values.map(({ fieldId, kind, value }) => ({ fieldId, kind, value })),
  };
}

/** Files that it made go, unless somebody has used them since; those that it changed say what they said, as far as nobody has changed that since. */
async function undoSome(app: App, caller: Caller, job: CustomerJobRow): Promise<void> {
  await advance(app, job, async (trx, held) => {
    const before = Number(held.cursor ?? 2_147_483_647);
    const rows = await listWrittenRows(trx, { jobId: job.id, before, limit: UNDO_AT_ONCE });
    // Nobody uses one of them between the look at it and its end.
    await lockFiles(
      trx,
      rows.flatMap(({ contactId }) => contactId ?? []),
    );
    const added = rows.filter(({ outcome }) => outcome === 'added');
    const ids = added.flatMap(({ contactId }) => contactId ?? []);
    const untaken = new Set<string>();
    for (const row of rows) if (row.outcome === 'updated' && !(await restoreUpdated(app, trx, caller, row))) untaken.add(row.id);
    const used = await listUsedFiles(trx, ids);
    const written = [];
    for (const row of rows) {
      const isKept = untaken.has(row.id) || (row.outcome === 'added' && used.has(row.contactId ?? ''));
      written.push({
        id: row.id,
        outcome: isKept ? 'kept' : 'undone',
        contactId: row.contactId,
        reason: null,
        before: null,
      });
    }
    await updateWritten(trx, written);
    const gone = ids.filter((id) => !used.has(id));
    // Before the files, which would take the papers with them.
    await partFromFiles(trx, job.id, gone);
    await dropFiles(app, trx, gone);
    const isLast = rows.length < UNDO_AT_ONCE;
    const kept = written.filter(({ outcome }) => outcome === 'kept').length - untaken.size;
    return {
      cursor: String(rows.at(-1)?.line ?? before),
      done: held.done + rows.length,
      added: held.added - (added.length - kept),
      changed: held.changed - (rows.length - added.length - untaken.size),
      ...(isLast && { status: 'undone', endedAt: app.now() }),
    };
  });
}

/** False where nothing was left to take back. */
async function restoreUpdated(app: App, trx: Transaction, caller: Caller, row: ImportRowRow): Promise<boolean> {
  if (row.contactId === null || row.before === null) return false;
  const held = (await lockFiles(trx, [row.contactId])).get(row.contactId);
  if (!held || held.erasedAt !== null || held.mergedInto !== null) return false;
  return restoreFile(app, trx, caller, held, JSON.parse(row.before) as FileBefore);
}
