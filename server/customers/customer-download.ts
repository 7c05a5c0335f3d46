/** The list as it is looked at, as a file: the same people, order, columns and masks; whoever takes it away is written down. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { nanoid } from 'nanoid';
import { type CustomerColumn, usualDirection } from '../../shared/customer.ts';
import type { CustomerExport } from '../../shared/customer-export.ts';
import { AppError } from '../../shared/errors.ts';
import { listAgentNames } from '../agents/agents.ts';
import { BYTE_ORDER_MARK, formatCsvRow } from '../answers/csv.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { insertExportAudit } from './customer-audit-store.ts';
import { type Looking, type Place, theseIds } from './customer-page-store.ts';
import { showCustomers } from './customer-rows.ts';
import { type Cell, cellsOf, headingsOf, type Sheet } from './customer-sheet.ts';
import { walk } from './customer-walk.ts';
import { lookFor } from './customers.ts';
import { listKnownFields, requireSortable } from './filter-rights.ts';
import { writeWorkbook } from './spreadsheet.ts';

const AT_ONCE = 200;
const LOOK_FOR_MS = 25;
const FALLBACK_ZONE = 'Asia/Jerusalem';
const ofPurchases: readonly CustomerColumn[] = ['value', 'purchases', 'purchased'];

/** Everything that can be refused is refused before the first byte; then `write` streams it. */
export async function prepareExport(
  app: App,
  caller: Caller,
  asked: CustomerExport,
): Promise<{ fileName: string; write: (out: Writable) => Promise<void> }> {
  const fields = await listKnownFields(app, caller);
  const columns = [...new Set(asked.columns)] as CustomerColumn[];
  for (const column of columns) {
    const isKnown = column.startsWith('field:')
      ? fields.some(({ id }) => column === `field:${id}`)
      : !ofPurchases.includes(column) || caller.permissions.includes('purchases:view');
    if (!isKnown) throw new AppError('forbidden', 'columns: your role does not show this column', { field: 'columns' });
  }
  requireSortable(caller, asked.sort);
  const order = { sort: asked.sort, direction: asked.direction ?? usualDirection(asked.sort) };
  const found = await lookFor(app, caller, asked, { order, after: null });
  const looking = asked.ids ? { ...found, among: theseIds(asked.ids) } : found;
  const sheet: Sheet = {
    columns,
    fields,
    language: asked.language,
    timeZone: zoneOf(asked.timeZone),
    currency: found.seen.currency,
    nameOf: new Map((await listAgentNames(app)).map(({ id, name }) => [id, name])),
  };
  const detail = {
    format: asked.format,
    columns,
    isFiltered: Boolean(asked.filter?.groups.length || asked.q),
    segmentId: asked.segmentId ?? null,
    selected: asked.ids?.length ?? null,
  };
  const audit = {
    id: nanoid(),
    action: 'customers.exported',
    actorKind: 'agent',
    actorId: caller.agentId,
    subjectId: null,
    detail: JSON.stringify(detail),
    createdAt: app.now(),
  };
  await app.storage.write((trx) => insertExportAudit(trx, audit));
  const day = new Date(app.now()).toISOString().slice(0, 10);
  const rows = rowsOf(app, caller, looking, sheet);
  return {
    fileName: `customers-${day}.${asked.format}`,
    write: (out) =>
      asked.format === 'xlsx'
        ? writeWorkbook(
            out,
            {
              title: asked.language === 'he' ? 'לקוחות' : 'Customers',
              isRightToLeft: asked.language === 'he',
              headings: headingsOf(sheet),
            },
            rows,
          )
        : writeTable(out, headingsOf(sheet), rows),
  };
}

async function* rowsOf(app: App, caller: Caller, looking: Looking, sheet: Sheet): AsyncGenerator<Cell[][], void> {
  let after: Place | null = null;
  do {
    const { places, next } = await walk(app.storage.db, { ...looking, after }, { limit: AT_ONCE, forMs: LOOK_FOR_MS });
    const customers = await showCustomers(
      app,
      caller,
      places.map(({ id }) => id),
    );
    yield customers.map((customer) => cellsOf(customer, sheet));
    await new Promise((resolve) => setImmediate(resolve));
    after = next;
  } while (after !== null);
}

async function writeTable(out: Writable, headings: readonly string[], rows: AsyncIterable<Cell[][]>): Promise<void> {
  const gone = once(out, 'close');
  out.write(BYTE_ORDER_MARK + formatCsvRow(headings));
  for await (const portion of rows) {
    const text = portion.map((cells) => formatCsvRow(cells.map(textOf))).join('');
    if (out.destroyed) return;
    if (!out.write(text)) await Promise.race([once(out, 'drain'), gone]);
  }
  out.end();
}

/** A minus is no formula where the cell is a number. */
function textOf(cell: Cell): string {
  return typeof cell === 'number' ? String(cell) : cell;
}

function zoneOf(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timeZone ?? FALLBACK_ZONE }).resolvedOptions().timeZone;
  } catch {
    throw new AppError('invalid', 'timeZone: there is no such time zone', { field: 'timeZone' });
  }
}
