/** A file of customers as it arrives, row by row: which letters it is written in, and what stands between its cells, is found out. */
import { TextDecoder } from 'node:util';
import { type Parser, parse as parseCsv } from 'csv-parse';
import { type FileEncoding, IMPORT_BYTES_MAX, IMPORT_COLUMNS_MAX, IMPORT_ROWS_MAX } from '../../shared/customer-import.ts';
import { AppError } from '../../shared/errors.ts';

/** By so much of it a file is judged. */
const SAMPLE_BYTES = 256 * 1024;
const CELL_MAX = 8_000;

export interface FileKind {
  encoding: FileEncoding;
  separator: ',' | ';' | '\t';
}

interface ReadRow {
  line: number;
  cells: string[];
}

/** Rows in the order of the file, the first of them the headings; `kindOf` is known once the first has come. */
export async function* readTable(bytes: AsyncIterable<Uint8Array>, told: (kind: FileKind) => void): AsyncGenerator<ReadRow[], void> {
  const chunks = bytes[Symbol.asyncIterator]();
  const { sample, isWhole } = await readSample(chunks);
  if (isWorkbook(sample)) throw new AppError('invalid', 'This is a workbook of a spreadsheet: save it as CSV.', { field: 'file' });
  const encoding = encodingOf(sample, isWhole);
  const decoder = new TextDecoder(encoding);
  const first = decoder.decode(sample, { stream: true });
  const separator = separatorOf(first);
  told({ encoding, separator });
  const parser: Parser = parseCsv({
    delimiter: separator,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 1_000_000,
  });
  let rows: ReadRow[] = [];
  let count = 0;
  const failure: { error: Error | null } = { error: null };
  parser.on('error', (error) => {
    failure.error = error;
  });
  const take = () => {
    for (let record = parser.read(); record !== null; record = parser.read()) {
      const { record: cells, info } = record as { record: string[]; info: { lines: number } };
      if (cells.length > IMPORT_COLUMNS_MAX)
        throw new AppError('invalid', `The file has more than ${IMPORT_COLUMNS_MAX} columns.`, { field: 'file' });
      if (cells.every((cell) => cell.trim() === '')) continue;
      count += 1;
      if (count > IMPORT_ROWS_MAX + 1)
        throw new AppError('too-large', `The file has more than ${IMPORT_ROWS_MAX} rows.`, { field: 'file' });
      rows.push({ line: info.lines, cells: cells.map((cell) => cell.slice(0, CELL_MAX)) });
    }
    if (failure.error) throw new AppError('invalid', 'The file cannot be read as a table.', { field: 'file', cause: failure.error });
  };
  const feed = async (text: string) => {
    if (text !== '' && !parser.write(text)) {
      // What was parsed is taken out, so that it goes on.
      take();
    }
    await new Promise((resolve) => setImmediate(resolve));
    take();
  };
  await feed(first);
  for (let total = sample.length; ; ) {
    if (rows.length > 0) yield rows;
    rows = [];
    const { value, done } = await chunks.next();
    if (done || value === undefined) break;
    total += value.length;
    if (total > IMPORT_BYTES_MAX) throw new AppError('too-large', 'The file is too large.', { field: 'file' });
    await feed(decoder.decode(value, { stream: true }));
  }
  await feed(decoder.decode());
  parser.end();
  while (!parser.readableEnded) {
    take();
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (rows.length > 0) yield rows;
}

/** Excel's own files, the new kind and the old one. */
function isWorkbook(sample: Uint8Array): boolean {
  const mark = Buffer.from(sample.subarray(0, 4)).toString('hex');
  return mark === '504b0304' || mark === 'd0cf11e0';
}

async function readSample(chunks: AsyncIterator<Uint8Array>): Promise<{ sample: Uint8Array; isWhole: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < SAMPLE_BYTES) {
    const { value, done } = await chunks.next();
    if (done || value === undefined) return { sample: Buffer.concat(parts), isWhole: true };
    parts.push(value);
    size += value.length;
  }
  return { sample: Buffer.concat(parts), isWhole: false };
}

/** By its mark, else by zeros that only two-byte letters have, else by whether it is right UTF-8; what is none of these here is Windows. */
function encodingOf(sample: Uint8Array, isWhole: boolean): FileEncoding {
  const [a, b] = sample;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const some = sample.subarray(0, 2_000);
  const zeros = { even: 0, odd: 0 };
  for (const [at, byte] of some.entries()) if (byte === 0) zeros[at % 2 === 0 ? 'even' : 'odd'] += 1;
  if (zeros.odd > some.length / 8) return 'utf-16le';
  if (zeros.even > some.length / 8) return 'utf-16be';
  try {
    // A letter may be cut in two at the end of what was looked at.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !isWhole });
    return 'utf-8';
  } catch {
    return 'windows-1255';
  }
}

/** What stands most often between the cells of the first lines, outside of quotation marks; within a cell one is a letter, as in דוא"ל. */
function separatorOf(text: string): FileKind['separator'] {
  const heading = text
    .replace(/(^|[,;\t\r\n])"(?:[^"]|"")*"(?=[,;\t\r\n]|$)/g, '$1')
    .split(/[\r\n]+/, 3)
    .join('\n');
  const counts = ([',', ';', '\t'] as const).map((separator) => ({ separator, count: heading.split(separator).length }));
  return counts.toSorted((one, other) => other.count - one.count)[0]?.separator ?? ',';
}
