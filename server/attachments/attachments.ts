/**
 * Files that people send. A file is uploaded first and belongs to its uploader alone; the message that names it makes it part
 * of a conversation, once. What no message takes within a day is removed. The content lies in the data folder, and who has
 * a file's signed address may read it: addresses are told only in messages. What is kept as a document is read by the document's own address.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { type Readable, Writable } from 'node:stream';
import { nanoid } from 'nanoid';
import type { Attachment, UploadedFile } from '../../shared/attachment.ts';
import { AppError } from '../../shared/errors.ts';
import type { Message } from '../../shared/message.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { AttachmentRow } from '../storage/tables.ts';
import { newToken } from '../transport/token.ts';
import { Antivirus } from './antivirus.ts';
import { AttachmentFolder } from './attachment-folder.ts';
import {
  deleteAttachments,
  deleteInConversations,
  deleteUnattached,
  findAttachmentRow,
  insertAttachment,
  isKeptAsDocument,
  listKnownIds,
  listUnscanned,
  lockAttachments,
  sumUnattached,
  takeSecret,
  updateKeeper,
  updateMessageIds,
  updateScan,
} from './attachment-store.ts';
import { findKind, toSafeName } from './file-kinds.ts';
import { receiveFile, tooLarge } from './multipart-file.ts';
import { type PictureSize, readPictureSize } from './picture-size.ts';

/** What one uploader may have lying in no message, in files of the largest size. */
const UNATTACHED_MAX = 20;
const AT_ONCE_MAX = 5;
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1_000;
/** More would stop the browser of whoever looks at it. */
const PIXELS_MAX = 100_000_000;
/** What a form needs around its file. */
const FORM_BYTES = 16 * 1024;
const KNOWN_AT_ONCE = 500;
/** Who uploads waits so long for the antivirus; after that the file waits alone. */
const SCAN_PATIENCE_MS = 8_000;
const SCANNED_AT_ONCE = 20;

export interface Uploader {
  kind: 'visitor' | 'agent' | 'bot' | 'mail';
  id: string;
}

interface FoundFile {
  row: AttachmentRow;
  path: string;
}

/** Makes the folder and finds the secret. */
export async function openAttachments(app: App): Promise<Attachments> {
  const folder = new AttachmentFolder(app.config.dataDir);
  await folder.prepare();
  return new Attachments(app, folder, await app.storage.write((trx) => takeSecret(trx, newToken())));
}

/** For a person who is erased. Resolves with the files whose contents are to be removed after the commit. */
export function eraseAttachments(trx: Transaction, conversationIds: readonly string[], uploaderId: string | null): Promise<string[]> {
  return deleteInConversations(trx, conversationIds, uploaderId);
}

export class Attachments {
  readonly #app: App;
  readonly #folder: AttachmentFolder;
  readonly #secret: string;
  /** How many files each uploader is sending just now. */
  readonly #arriving = new Map<string, number>();
  readonly #antivirus: Antivirus | null;
  #isScanning = false;
  /** After the commit: the antivirus has looked at these at last. */
  scanned: (ids: readonly string[]) => void = () => undefined;

  constructor(app: App, folder: AttachmentFolder, secret: string) {
    this.#app = app;
    this.#folder = folder;
    this.#secret = secret;
    this.#antivirus = app.config.clamd && new Antivirus(app.config.clamd);
  }

  /** Resolves when the file and its row are synced to disk. Whatever else happens, nothing of it stays. */
  async keep(
    uploader: Uploader,
    upload: { headers: IncomingHttpHeaders; body: Readable },
    bytesMax = this.#app.config.attachmentBytesMax,
  ): Promise<UploadedFile> {
    if (Number(upload.headers['content-length'] ?? 0) > bytesMax + FORM_BYTES) throw tooLarge(bytesMax);
    return this.#keep(uploader, bytesMax, (file) => receiveFile(upload, bytesMax, into(file)));
  }

  /** The same of what is here already. */
  async keepContent(uploader: Uploader, { name, content }: { name: string; content: Buffer }): Promise<UploadedFile> {
    const bytesMax = this.#app.config.attachmentBytesMax;
    if (content.length > bytesMax) throw tooLarge(bytesMax);
    return this.#keep(uploader, bytesMax, async (file) => {
      await file.appendFile(content);
      return { name, size: content.length };
    });
  }

  async #keep(
    { kind, id: uploaderId }: Uploader,
    bytesMax: number,
    fill: (file: FileHandle) => Promise<{ name: string; size: number }>,
  ): Promise<UploadedFile> {
    const { storage, now } = this.#app;
    const arriving = (this.#arriving.get(uploaderId) ?? 0) + 1;
    if (arriving > AT_ONCE_MAX) throw new AppError('too-many', 'Too many files at once.', { retryAfterMs: 2_000 });
    this.#arriving.set(uploaderId, arriving);
    const id = nanoid();
    try {
      await this.#requireShare(uploaderId, arriving * bytesMax);
      await this.#folder.requireRoom(bytesMax);
      const found = await this.#folder.keep(id, async (file, at) => {
        const described = await describe(file, at, await fill(file));
        return { ...described, scan: await this.#lookAt(at) };
      });
      const row = {
        id,
        uploaderKind: kind,
        uploaderId,
        ...found,
        signature: this.#sign(id),
        messageId: null,
        keeperId: null,
        createdAt: now(),
      };
      await storage.write((trx) => insertAttachment(trx, row));
      return { id, name: row.name, type: row.type, size: row.size };
    } catch (error) {
      await this.#folder.remove([id]);
      throw error;
    } finally {
      const left = (this.#arriving.get(uploaderId) ?? 1) - 1;
      if (left > 0) this.#arriving.set(uploaderId, left);
      else this.#arriving.delete(uploaderId);
    }
  }

  /** Refuses what the antivirus finds. Where it does not answer in time the file is kept, and nobody can open it until it has. */
  async #lookAt(path: string): Promise<'clean' | 'waiting' | null> {
    if (!this.#antivirus) return null;
    const looking = this.#antivirus.scan(path).catch(() => null);
    let patience: NodeJS.Timeout | undefined;
    const tired = new Promise<null>((resolve) => {
      patience = setTimeout(resolve, SCAN_PATIENCE_MS, null);
    });
    const verdict = await Promise.race([looking, tired]);
    clearTimeout(patience);
    if (verdict?.isClean === false) throw new AppError('invalid', `file: the antivirus has found ${verdict.found}`, { field: 'file' });
    return verdict ? 'clean' : 'waiting';
  }

  /** What waits for the antivirus, the oldest first, until it does not answer. What it finds is taken off the disk. */
  async scanWaiting(): Promise<void> {
    if (!this.#antivirus || this.#isScanning) return;
    this.#isScanning = true;
    try {
      for (;;) {
        const rows = await listUnscanned(this.#app.storage.db, SCANNED_AT_ONCE);
        const seen: string[] = [];
        for (const { id } of rows) if (await this.#scanOne(this.#antivirus, id)) seen.push(id);
        if (seen.length > 0) this.scanned(seen);
        if (seen.length < rows.length || rows.length < SCANNED_AT_ONCE) return;
      }
    } finally {
      this.#isScanning = false;
    }
  }

  async #scanOne(antivirus: Antivirus, id: string): Promise<boolean> {
    const { storage, log } = this.#app;
    try {
      const verdict = await antivirus.scan(this.#folder.pathOf(id));
      await storage.write((trx) => updateScan(trx, id, verdict.isClean ? 'clean' : 'infected'));
      if (verdict.isClean) return true;
      log.warn({ file: id, found: verdict.found }, 'the antivirus has found something in a file');
      await this.#folder.remove([id]);
      return true;
    } catch (error) {
      log.warn({ err: error, file: id }, 'a file could not be looked at by the antivirus');
      return false;
    }
  }

  /** The file at a signed address, and where it lies. Any other address is as if there were nothing, and so is a document's file. */
  async find(id: string, signature: string): Promise<FoundFile> {
    if (!isSame(signature, this.#sign(id))) throw noFile();
    const found = await this.open(id);
    if (await isKeptAsDocument(this.#app.storage.db, found.row)) throw noFile();
    return found;
  }

  /** For who has been found to be one that may read it. */
  async open(id: string): Promise<FoundFile> {
    const row = await findAttachmentRow(this.#app.storage.db, id);
    if (!row || row.scan === 'infected') throw noFile();
    if (row.scan === 'waiting')
      throw new AppError('unavailable', 'The antivirus has not looked at this file yet.', { retryAfterMs: 30_000 });
    return { row, path: this.#folder.pathOf(id) };
  }

  /** The same file once more, as an upload of this agent's own: what becomes of the one is no matter to the other. */
  async copy(uploader: Uploader, fileId: string): Promise<UploadedFile> {
    const { storage, now } = this.#app;
    const original = await findAttachmentRow(storage.db, fileId);
    if (!original || original.scan === 'infected') throw new AppError('not-found', 'There is no such file.', { field: 'fileId' });
    await this.#requireShare(uploader.id, original.size);
    const id = nanoid();
    try {
      await this.#folder.copy(original.id, id);
      const own = { uploaderKind: uploader.kind, uploaderId: uploader.id, messageId: null, keeperId: null, createdAt: now() };
      await storage.write((trx) => insertAttachment(trx, { ...original, ...own, id, signature: this.#sign(id) }));
      return { id, name: original.name, type: original.type, size: original.size };
    } catch (error) {
      await this.#folder.remove([id]);
      throw error;
    }
  }

  /** Takes the contents off the disk once their rows are gone. What a crash leaves behind, `tidy` finds. */
  remove(ids: readonly string[]): Promise<void> {
    return this.#folder.remove(ids);
  }

  /** Removes uploads that no message took, and files that a crash has left without a row. */
  async tidy(): Promise<void> {
    const { storage, now } = this.#app;
    const before = now() - ABANDONED_AFTER_MS;
    await this.#folder.remove(await storage.write((trx) => deleteUnattached(trx, before)));
    const names = await this.#folder.listOlderThan(before);
    for (let from = 0; from < names.length; from += KNOWN_AT_ONCE) {
      const some = names.slice(from, from + KNOWN_AT_ONCE);
      const known = await listKnownIds(storage.db, some);
      await this.#folder.remove(some.filter((name) => !known.has(name)));
    }
  }

  async #requireShare(uploaderId: string, arrivingBytes: number): Promise<void> {
    const lying = await sumUnattached(this.#app.storage.db, uploaderId);
    if (lying + arrivingBytes <= UNATTACHED_MAX * this.#app.config.attachmentBytesMax) return;
    throw new AppError('too-many', 'Too many files that were not sent. Send or remove some first.', { retryAfterMs: 60_000 });
  }

  #sign(id: string): string {
    return createHmac('sha256', this.#secret).update(id).digest('base64url');
  }
}

/** Not Node's own stream over a handle: that one keeps the handle from being closed after a failure. */
function into(file: FileHandle): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      file.appendFile(chunk).then(() => done(), done);
    },
  });
}

/** What is known of a file from its content. Refuses what may not be sent. */
async function describe(file: FileHandle, at: string, { name, size }: { name: string; size: number }) {
  if (size === 0) throw new AppError('invalid', 'file: is empty', { field: 'file' });
  const type = await findKind(at, name);
  if (type === null) throw new AppError('invalid', 'file: files of this kind cannot be sent', { field: 'file' });
  const picture = type.startsWith('image/') ? await readPictureSize(file, type) : null;
  if (type.startsWith('image/') && !picture) throw new AppError('invalid', 'file: the picture cannot be read', { field: 'file' });
  if (picture && isTooLarge(picture)) throw new AppError('too-large', 'The picture has too many pixels.', { field: 'file' });
  return { name: toSafeName(name, type), type, size, width: picture?.width ?? null, height: picture?.height ?? null };
}

function isTooLarge({ width, height }: PictureSize): boolean {
  return width * height > PIXELS_MAX;
}

function noFile(): AppError {
  return new AppError('not-found', 'There is no such file.');
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A message that wants to take files with it. */
interface Taking {
  id: string;
  author: { kind: string; id: string };
  attachmentIds?: readonly string[] | undefined;
}

/**
 * The files of each message that has some: the author's own, and each of them once. One that may not have them gets its
 * refusal instead. Without files there is no query.
 */
export async function takeAttachments<Post extends Taking>(
  trx: Transaction,
  posts: readonly Post[],
): Promise<Map<Post, Attachment[] | AppError>> {
  const taking = posts.filter((post) => post.attachmentIds && post.attachmentIds.length > 0);
  const ids = new Set(taking.flatMap((post) => post.attachmentIds ?? []));
  const rows = new Map((await lockAttachments(trx, [...ids])).map((row) => [row.id, row]));
  const takenBy = new Map<string, string>();
  return new Map(
    taking.map((post): [Post, Attachment[] | AppError] => {
      const wanted = (post.attachmentIds ?? []).map((id) => rows.get(id));
      const own = wanted.filter((row) => row !== undefined && isFree(row, post, takenBy.get(row.id))) as AttachmentRow[];
      if (own.length < wanted.length) return [post, new AppError('not-found', 'There is no such attachment.', { field: 'attachmentIds' })];
      for (const row of own) takenBy.set(row.id, post.id);
      return [post, own.map(toAttachment)];
    }),
  );
}

function isFree(row: AttachmentRow, { id, author }: Taking, takenBy: string | undefined): boolean {
  const isOwn = row.uploaderKind === author.kind && row.uploaderId === author.id;
  return isOwn && isUnbound(row) && (takenBy === undefined || takenBy === id);
}

function isUnbound({ messageId, keeperId }: AttachmentRow): boolean {
  return messageId === null && keeperId === null;
}

/**
 * Files that stay without a message, for as long as `keeperId` has them: the agent's own that are free, or a mail's, and those that it has
 * already. In the order of `ids`.
 */
export async function holdAttachments(
  trx: Transaction,
  { agentId, keeperId, ids, kind = 'agent' }: { agentId: string; keeperId: string; ids: readonly string[]; kind?: 'agent' | 'mail' },
): Promise<Attachment[]> {
  const rows = new Map((await lockAttachments(trx, ids)).map((row) => [row.id, row]));
  const held = ids.map((id) => {
    const row = rows.get(id);
    const isOwn = row?.uploaderKind === kind && row.uploaderId === agentId && isUnbound(row);
    if (!row || !(isOwn || row.keeperId === keeperId))
      throw new AppError('not-found', 'There is no such attachment.', { field: 'fileIds' });
    return row;
  });
  await updateKeeper(trx, ids, keeperId);
  return held.map(toAttachment);
}

/** Nobody needs these files any more. Resolves with those whose contents are to be removed after the commit. */
export function dropAttachments(trx: Transaction, ids: readonly string[]): Promise<string[]> {
  return deleteAttachments(trx, ids);
}

/** From now on the files are their message's. */
export async function bindAttachments(trx: Transaction, messages: readonly Pick<Message, 'id' | 'attachments'>[]): Promise<void> {
  await updateMessageIds(
    trx,
    messages.flatMap(({ id: messageId, attachments }) => attachments.map(({ id }) => ({ id, messageId }))),
  );
}

function toAttachment({ id, name, type, size, width, height, signature }: AttachmentRow): Attachment {
  const picture = width !== null && height !== null ? { width, height } : {};
  return { id, name, type, size, url: `/attachments/${id}/${signature}`, ...picture };
}
