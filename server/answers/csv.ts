/** Tables as text (RFC 4180), safe to open in a spreadsheet. */

import { AppError } from '../../shared/errors.ts';

/** Excel takes a file for UTF-8, and shows Hebrew, only with this in front. */
export const BYTE_ORDER_MARK = '\uFEFF';
/** More are no table of ours. */
const CELLS_MAX = 1_000;
/** What a spreadsheet would reckon instead of showing, behind apostrophes or not. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

export interface TableRow {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
  /** The last row, with a quotation mark that nobody closes. */
  isOpen: boolean;
  isEmpty: boolean;
}

/** One row with its end. An apostrophe in front keeps a spreadsheet from reckoning; `readCsv` takes it off again. */
export function formatCsvRow(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(FORMULA.test(cell) ? `'${cell}` : cell)).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Row by row, so that others have their turn in a long file. Commas, or semicolons or tabs where the first line has more of those. */
export function* readCsv(file: string): Generator<TableRow, void> {
  const text = file.startsWith(BYTE_ORDER_MARK) ? file.slice(1) : file;
  const separator = separatorOf(text);
  const end = new RegExp(`[${separator}\r\n]`, 'g');
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row: TableRow = { line, cells: [], isOpen: false, isEmpty: true };
    for (let isLast = false; !isLast; ) {
      let cell = '';
      if (text[at] === '"') {
        const closed = closingQuote(text, at + 1);
        row.isOpen ||= closed === -1;
        const inner = text.slice(at + 1, closed === -1 ? text.length : closed);
        line += countLines(inner);
        cell = inner.replaceAll('""', '"');
        at = closed === -1 ? text.length : closed + 1;
      }
      end.lastIndex = at;
      const next = end.exec(text)?.index ?? text.length;
      cell += text.slice(at, next);
      at = next + 1;
      if (row.cells.length >= CELLS_MAX)
        throw new AppError('invalid', `text: line ${line} has more than ${CELLS_MAX} cells`, { field: 'text' });
      row.isEmpty &&= !row.isOpen && cell.trim() === '';
      row.cells.push(FORMULA.test(cell) && cell.startsWith("'") ? cell.slice(1) : cell);
      isLast = text[next] !== separator;
      if (text[next] === '\r' && text[at] === '\n') at += 1;
    }
    line += 1;
    yield row;
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function separatorOf(text: string): string {
  const heading = text.slice(0, 10_000).split(/[\r\n]/, 1)[0] ?? '';
  const [most = ','] = [',', ';', '\t'].toSorted((one, other) => heading.split(other).length - heading.split(one).length);
  return most;
}
