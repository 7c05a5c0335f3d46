/** What a file says, row by row, before anything of it is believed. */
import type { ImportFormat } from '../../shared/answer-import.ts';
import { AppError } from '../../shared/errors.ts';
import { columnOf, type NamedInbox, type TableAnswer } from './answer-columns.ts';
import { BYTE_ORDER_MARK, readCsv, type TableRow } from './csv.ts';
import type { Fault } from './import-faults.ts';

/** `fault`: it is no row at all. */
export type ImportRow = { line: number } & ({ said: TableAnswer } | { fault: Fault });

export interface ImportRows {
  /** Null for an empty one. */
  rows: Iterable<ImportRow | null>;
  /** Of a table, in the order of its columns. */
  headings: readonly string[];
  ignoredColumns: string[];
}

export function readImport(format: ImportFormat, text: string, inboxes: readonly NamedInbox[]): ImportRows {
  return format === 'csv' ? readTable(text, inboxes) : { rows: readObjects(text), headings: [], ignoredColumns: [] };
}

function readTable(text: string, inboxes: readonly NamedInbox[]): ImportRows {
  const rows = readCsv(text);
  const headings = rows.next().value?.cells ?? [];
  const columns = headings.map(columnOf);
  if (columns.every((column) => column === null)) {
    throw new AppError('invalid', 'text: the first line must name the columns, for example: question en, answer en, phrasing 1', {
      field: 'text',
    });
  }
  const ignoredColumns = headings.filter((heading, at) => columns[at] === null && heading.trim() !== '');
  return { rows: readCells(), headings, ignoredColumns };

  function* readCells(): Generator<ImportRow | null, void> {
    for (const row of rows) {
      const { line, cells, isEmpty } = row;
      const fault = faultIn(row, columns.length);
      if (isEmpty) yield null;
      else if (fault) yield { line, fault };
      else {
        const said: TableAnswer = {};
        for (const [at, column] of columns.entries()) column?.read(cells[at] ?? '', said, inboxes);
        yield { line, said };
      }
    }
  }
}

function faultIn({ cells, isOpen }: TableRow, columns: number): Fault | null {
  if (isOpen) return { reason: 'unclosed', sentence: 'A quotation mark in this row is not closed.' };
  if (cells.some((cell) => cell.includes('\uFFFD'))) {
    return { reason: 'unreadable', sentence: 'Letters of this row cannot be read: save the file as UTF-8.' };
  }
  if (!cells.slice(columns).some((cell) => cell.trim() !== '')) return null;
  return { reason: 'too-wide', sentence: 'This row has more cells than the first line has columns.' };
}

function* readObjects(text: string): Generator<ImportRow, void> {
  for (const [at, said] of parseList(text).entries()) {
    const isObject = typeof said === 'object' && said !== null && !Array.isArray(said);
    const line = at + 1;
    yield isObject ? { line, said: said as TableAnswer } : { line, fault: { reason: 'no-answer', sentence: 'This is no answer.' } };
  }
}

/** What `GET /api/answers/export?format=json` gives, or only its list. */
function parseList(text: string): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (error) {
    throw new AppError('invalid', `text: this is no JSON (${(error as Error).message.slice(0, 120)})`, { field: 'text' });
  }
  const list = Array.isArray(parsed) ? parsed : (parsed as { answers?: unknown } | null)?.answers;
  if (!Array.isArray(list)) throw new AppError('invalid', 'text: must be a list of answers', { field: 'text' });
  return list;
}
