/** What a letter that came in says: who writes, the words that are new in it, its files, and whether a program wrote it. */
import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { ACTIVITY_TEXT_MAX, ACTIVITY_TITLE_MAX } from '../../shared/activity.ts';
import { SENT_BY_US } from '../mail/postman.ts';
import { toWords } from './html-words.ts';
import { splitQuoted } from './quoted-words.ts';

const FILES_MAX = 20;
const PARTS_DEEP_MAX = 30;
const HEADERS_MAX = 256 * 1024;
const SIGNATURE_PICTURE_MAX = 20 * 1024;
/** Of what a letter says and quotes more is not looked at: the file keeps the first part of each. */
const WORDS_MAX = 4 * ACTIVITY_TEXT_MAX;

export interface Letter {
  from: { address: string; name: string };
  subject: string;
  text: string;
  quoted: string | null;
  /** As the sender names it; null where it does not. */
  messageId: string | null;
  /** The same for each copy of the letter. */
  fingerprint: string;
  files: { name: string; content: Buffer }[];
  /** How many more there were. */
  filesLeft: number;
  /** An absence note, a newsletter, one of our own letters: nobody wrote it to us. */
  isAutomatic: boolean;
  /** It says that a letter of ours could not be delivered. */
  bounce: { reason: string } | null;
}

/** Throws for what is no mail at all. */
export async function readLetter(raw: Buffer, envelopeFrom: string): Promise<Letter> {
  const parsed = await PostalMime.parse(raw, {
    attachmentEncoding: 'arraybuffer',
    maxNestingDepth: PARTS_DEEP_MAX,
    maxHeadersSize: HEADERS_MAX,
  });
  const words = clean(parsed.text?.trim() ? parsed.text.trimStart() : toWords(parsed.html ?? ''));
  const { text, quoted } = splitQuoted(words.slice(0, WORDS_MAX));
  const bounce = readBounce(parsed, envelopeFrom);
  const files = parsed.attachments.filter(isFile);
  return {
    from: senderOf(parsed.from, envelopeFrom),
    subject: oneLine(parsed.subject ?? '').slice(0, ACTIVITY_TITLE_MAX),
    text: cut(text),
    quoted: quoted === null ? null : cut(quoted),
    messageId: /^<[^<>\s]{1,250}>$/.exec(parsed.messageId ?? '')?.[0] ?? null,
    fingerprint: createHash('sha256')
      .update(parsed.messageId ? `id:${parsed.messageId}` : raw)
      .digest('base64url'),
    files: files.slice(0, FILES_MAX).map((file) => ({ name: file.filename ?? 'file', content: contentOf(file) })),
    filesLeft: Math.max(0, files.length - FILES_MAX),
    isAutomatic: isAutomatic(parsed, envelopeFrom),
    bounce,
  };
}

function senderOf(from: Address | undefined, envelopeFrom: string): Letter['from'] {
  const address = oneLine(from?.address ?? envelopeFrom)
    .slice(0, 254)
    .toLowerCase();
  return { address, name: oneLine(from?.name ?? '').slice(0, 120) };
}

function headerOf({ headers }: Email, key: string): string | null {
  return (
    headers
      .find((header) => header.key === key)
      ?.value.trim()
      .toLowerCase() ?? null
  );
}

/** RFC 3834, and what mail programs did before it. */
function isAutomatic(parsed: Email, envelopeFrom: string): boolean {
  const submitted = headerOf(parsed, 'auto-submitted');
  if (submitted !== null && submitted !== 'no') return true;
  if (/^(?:bulk|junk|list|auto_reply)/.test(headerOf(parsed, 'precedence') ?? '')) return true;
  const marks = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'list-id', 'list-unsubscribe', 'feedback-id', SENT_BY_US.toLowerCase()];
  return marks.some((key) => headerOf(parsed, key) !== null) || envelopeFrom === '' || isMailer(parsed.from?.address ?? envelopeFrom);
}

function isMailer(address: string): boolean {
  return /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/i.test(address);
}

/** A report of delivery (RFC 3464) that says `failed`, or a mail server's older way of saying so. */
function readBounce(parsed: Email, envelopeFrom: string): Letter['bounce'] {
  const report = parsed.attachments.find(({ mimeType }) => /^message\/(?:global-)?delivery-status$/i.test(mimeType));
  if (report) {
    const fields = contentOf(report).toString('utf8').slice(0, 20_000);
    if (!/^action:\s*failed/im.test(fields)) return null;
    const said =
      /^diagnostic-code:\s*(?:[\w-]+;)?\s*([^\n]+(?:\n[ \t][^\n]+)*)/im.exec(fields)?.[1] ?? /^status:\s*([\d.]+)/im.exec(fields)?.[1];
    return { reason: oneLine(said ?? 'It could not be delivered.').slice(0, 500) };
  }
  const isFromMailer = /^(?:mailer-daemon|postmaster)@/i.test(parsed.from?.address ?? '');
  if (!isFromMailer || envelopeFrom !== '') return null;
  const line = (parsed.text ?? '')
    .slice(0, 20_000)
    .split('\n')
    .find((one) => /\b5\d\d[ -]|\b5\.\d\.\d\b/.test(one));
  return line === undefined ? null : { reason: oneLine(line).slice(0, 500) };
}

/** Not the logo under a signature, nor the parts that say how the mail is built. */
function isFile({ disposition, filename, mimeType, related, content }: Attachment): boolean {
  if (/^message\/(?:global-)?delivery-status$|^application\/pgp-signature$|^application\/pkcs7-signature$/i.test(mimeType)) return false;
  const isPictureInText = related === true && disposition !== 'attachment' && mimeType.startsWith('image/');
  if (isPictureInText && sizeOf(content) < SIGNATURE_PICTURE_MAX) return false;
  return disposition === 'attachment' || filename !== null;
}

function sizeOf(content: Attachment['content']): number {
  return typeof content === 'string' ? content.length : content.byteLength;
}

function contentOf({ content }: Attachment): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
}

function clean(text: string): string {
  return (
    text
      .replaceAll('\r\n', '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
  );
}

function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

function cut(text: string): string {
  return text.length <= ACTIVITY_TEXT_MAX ? text : `${text.slice(0, ACTIVITY_TEXT_MAX - 1)}…`;
}
