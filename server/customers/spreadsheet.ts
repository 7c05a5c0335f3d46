/** A workbook as Excel reads it (ECMA-376), written row by row: however many rows there are, only some of them are in memory. */
import { once } from 'node:events';
import { PassThrough, type Writable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Cell } from './customer-sheet.ts';

/** Of one sheet; what is more goes on in the next one. */
const ROWS_MAX = 1_048_576;
const CELL_MAX = 32_767;

interface Workbook {
  title: string;
  isRightToLeft: boolean;
  headings: readonly string[];
}

/** Writes everything into `out` and ends it. Slow readers are waited for. */
export async function writeWorkbook(
  out: Writable,
  { title, isRightToLeft, headings }: Workbook,
  rows: AsyncIterable<Cell[][]>,
): Promise<void> {
  const zip = new ZipFile();
  zip.outputStream.pipe(out);
  const failed = new Promise<never>((_resolve, reject) => {
    out.once('error', reject);
    out.once('close', () => out.writableFinished || reject(new Error('Whoever asked for it has gone.')));
  });
  failed.catch(() => undefined);
  const write = async (stream: PassThrough, text: string) => {
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
  };
  let sheets = 0;
  let rowsInSheet = 0;
  let sheet: PassThrough | null = null;
  const begin = async () => {
    sheets += 1;
    rowsInSheet = 1;
    sheet = new PassThrough();
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`);
    const view = `<sheetViews><sheetView workbookViewId="0"${isRightToLeft ? ' rightToLeft="1"' : ''}><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
    await write(sheet, `${XML}<worksheet xmlns="${MAIN}">${view}<sheetData>${rowOf(headings, 1, ' s="1"')}`);
    return sheet;
  };
  const end = async () => {
    if (sheet) await write(sheet, '</sheetData></worksheet>');
    sheet?.end();
  };
  let open = await begin();
  for await (const portion of rows) {
    let text = '';
    for (const cells of portion) {
      if (rowsInSheet >= ROWS_MAX) {
        await write(open, text);
        text = '';
        await end();
        open = await begin();
      }
      rowsInSheet += 1;
      text += rowOf(cells, rowsInSheet, '');
    }
    await write(open, text);
  }
  await end();
  for (const [name, text] of partsOf(title, sheets)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  await Promise.race([once(out, 'finish'), failed]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** Texts stand inline as texts, so that nothing in them is ever a formula. */
function rowOf(cells: readonly Cell[], row: number, style: string): string {
  const written = cells.map((cell) => {
    if (cell === '') return '<c/>';
    if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
    return `<c t="inlineStr"${style}><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  });
  return `<row r="${row}">${written.join('')}</row>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML has no place for control signs and halves of letters. */
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escaped(text: string): string {
  return text
    .slice(0, CELL_MAX)
    .replace(UNWRITABLE, '')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

function partsOf(title: string, sheets: number): [name: string, text: string][] {
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1);
  const name = escaped(title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 25));
  const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/>${numbers.map((at) => `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="${content}.worksheet+xml"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbers.map((at) => `<sheet name="${name}${at > 1 ? ` ${at}` : ''}" sheetId="${at}" r:id="rId${at}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((at) => `<Relationship Id="rId${at}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at}.xml"/>`).join('')}<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    ],
  ];
}
