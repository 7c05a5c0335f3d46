/** A file of purchases as it arrives: which rows are of one order is found out, and nothing else. */
import { IMPORT_ROWS_MAX } from '../../shared/customer-import.ts';
import { AppError } from '../../shared/errors.ts';
import { isPurchaseTable, type PurchaseColumn, purchaseColumnOf } from '../purchases/purchase-headings.ts';
import { orderKeyOf, saidIn } from '../purchases/purchase-orders.ts';
import { cleanCell } from './import-drafts.ts';
import { readTable } from './import-reading.ts';
import { headingsOf, type StagedRow } from './import-staging.ts';
import { readJsonItems } from './json-items.ts';

/** More rows than an order can have lines: what comes after them begins another one, which is refused. */
const ORDER_ROWS_MAX = 201;
/** Others have a turn after so many. */
const ROWS_AT_ONCE = 500;

/** What is known of it once all of it has come. */
export interface ReadPurchaseFile {
  headings: string[];
  ignoredColumns: string[];
  rows: number;
  /** Whether some orders have several rows. */
  hasLong: boolean;
}

export async function* readPurchaseTable(bytes: AsyncIterable<Uint8Array>, file: ReadPurchaseFile): AsyncGenerator<StagedRow[], void> {
  const leads = new Map<string, { line: number; rows: number }>();
  let columns: (PurchaseColumn | null)[] | null = null;
  for await (const read of readTable(bytes, () => undefined)) {
    const rows = [...read];
    if (columns === null) {
      const cells = rows.shift()?.cells ?? [];
      columns = cells.map(purchaseColumnOf);
      file.headings = headingsOf(cells);
      file.ignoredColumns = file.headings.filter((_, at) => columns?.[at] === null && cells[at]?.trim());
      if (!isPurchaseTable(columns)) {
        throw new AppError('invalid', 'The first line must name the columns, at least a date and a total or a price.', { field: 'file' });
      }
    }
    file.rows += rows.length;
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE).map((row) => staged(row, columns ?? []));
  }

  function staged({ line, cells: written }: { line: number; cells: string[] }, known: readonly (PurchaseColumn | null)[]): StagedRow {
    const cells = written.map(cleanCell);
    const key = orderKeyOf(saidIn(cells, known), line);
    const held = leads.get(key);
    const lead = held && held.rows < ORDER_ROWS_MAX ? held : { line, rows: 0 };
    lead.rows += 1;
    if (lead === held) file.hasLong = true;
    else leads.set(key, lead);
    return { line, cells, lead: lead.line };
  }
}

/** Each entry stands for itself. */
export async function* readPurchaseList(bytes: AsyncIterable<Uint8Array>, file: ReadPurchaseFile): AsyncGenerator<StagedRow[], void> {
  for await (const items of readJsonItems(bytes)) {
    const before = file.rows;
    file.rows += items.length;
    if (file.rows > IMPORT_ROWS_MAX)
      throw new AppError('too-large', `The file has more than ${IMPORT_ROWS_MAX} entries.`, { field: 'file' });
    yield items.map((text, at) => {
      try {
        JSON.parse(text);
      } catch (cause) {
        throw new AppError('invalid', `This is no JSON: entry ${before + at + 1}.`, { field: 'file', cause });
      }
      return { line: before + at + 1, cells: [text], lead: before + at + 1 };
    });
  }
}
