/** What a file is, by its content. The name is believed only where the content leaves a choice, and never makes a file more. */
import { readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

/** Media types that may be sent, each with the endings under which such a file is safe on somebody's disk; the first one is usual. */
const endings: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  'text/csv': ['csv'],
  'text/plain': ['txt'],
  'application/msword': ['doc'],
  'application/vnd.ms-excel': ['xls'],
  'application/vnd.ms-powerpoint': ['ppt'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'application/rtf': ['rtf'],
  'application/zip': ['zip'],
  'audio/mpeg': ['mp3'],
  'audio/mp4': ['m4a'],
  'audio/aac': ['aac'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/wav': ['wav'],
  'audio/flac': ['flac'],
  'audio/amr': ['amr'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm', 'weba'],
};

/** Other names for the same, by `file-type`. */
const sameAs: Readonly<Record<string, string>> = {
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/apng': 'image/png',
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/opus': 'audio/ogg',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'video/matroska': 'video/webm',
};

/** Microsoft's old documents are one container; which of them it is says only the name. */
const oldOffice: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};
const text: Readonly<Record<string, string>> = { csv: 'text/csv', txt: 'text/plain' };

/** The media type of a file that may be sent, else null. */
export async function findKind(file: string, name: string): Promise<string | null> {
  // A file that confuses the reader of headers is of no kind that we know.
  const found = await fileTypeFromFile(file).catch(() => ({ mime: '?' }));
  const ending = endingOf(name);
  if (found === undefined) return text[ending] !== undefined && isHarmlessText(await readFile(file)) ? text[ending] : null;
  if (found.mime === 'application/x-cfb') return oldOffice[ending] ?? null;
  const type = sameAs[found.mime] ?? found.mime;
  return Object.hasOwn(endings, type) ? type : null;
}

/** Neither bytes that are no text, nor markup or a script under a harmless name. */
function isHarmlessText(content: Buffer): boolean {
  // Tab, line feed, form feed and carriage return are the control characters that a text has.
  for (const byte of content) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) return false;
  const start = content.subarray(0, 4_096).toString('latin1').toLowerCase();
  return !/^(?:ï»¿)?\s*(?:<|#!)/.test(start) && !/<(?:!doctype|html|svg|script|iframe|body|\?xml|\?php)/.test(start);
}

const NAME_MAX = 160;

/**
 * The name as it was typed, where it can be: without a path, without characters that control a terminal or turn a line
 * round, and with an ending that says what the content is, so that nothing on a disk is more than it was here.
 */
export function toSafeName(name: string, type: string): string {
  const allowed = endings[type] ?? [];
  const bare = lastPart(name)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const hasEnding = allowed.includes(endingOf(bare));
  const ending = hasEnding ? endingOf(bare, false) : (allowed[0] ?? 'bin');
  const stem = hasEnding ? bare.slice(0, -ending.length - 1) : bare;
  const short = [...stem].slice(0, NAME_MAX).join('');
  return `${short || 'file'}.${ending}`;
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}

function endingOf(name: string, isLowered = true): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1] ?? '';
  return isLowered ? ending.toLowerCase() : ending;
}
