/** Where the files lie: one a file, named by its id, in a folder of their own below `DATA_DIR`, on either database. */
import type { FileHandle } from 'node:fs/promises';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** Uploads leave this much of the disk to the database: a tenth of it, and never more than this. */
const ROOM_KEPT_MAX = 256 * 1024 * 1024;
const UNFINISHED = '.part';

export class AttachmentFolder {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = path.resolve(dataDir, 'attachments');
  }

  async prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  pathOf(id: string): string {
    return path.join(this.#folder, id);
  }

  /** Throws `unavailable` where the file would take room that the database needs. */
  async requireRoom(bytes: number): Promise<void> {
    const { bavail, blocks, bsize } = await statfs(this.#folder);
    const kept = Math.min(ROOM_KEPT_MAX, (blocks * bsize) / 10);
    if (bavail * bsize < bytes + kept) throw unavailable();
  }

  /**
   * Gives `fill` an empty file and keeps it, synced to disk under its id, if `fill` is content; otherwise nothing stays.
   * A disk that takes no more is `unavailable`.
   */
  async keep<Result>(id: string, fill: (file: FileHandle, at: string) => Promise<Result>): Promise<Result> {
    const unfinished = this.pathOf(id) + UNFINISHED;
    try {
      const file = await open(unfinished, 'wx+', 0o600);
      try {
        const result = await fill(file, unfinished);
        await file.sync();
        await rename(unfinished, this.pathOf(id));
        await this.#sync();
        return result;
      } finally {
        await file.close();
      }
    } catch (error) {
      await rm(unfinished, { force: true });
      await this.remove([id]);
      throw isDiskError(error) ? unavailable(error) : error;
    }
  }

  /** Under another id, synced to disk: a second name where the disk has such, since files here never change. */
  async copy(fromId: string, toId: string): Promise<void> {
    try {
      await link(this.pathOf(fromId), this.pathOf(toId)).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new AppError('not-found', 'There is no such file.', { field: 'fileId' });
        const { size } = await stat(this.pathOf(fromId));
        await this.requireRoom(size);
        await copyFile(this.pathOf(fromId), this.pathOf(toId));
        const file = await open(this.pathOf(toId), 'r+');
        try {
          await file.sync();
        } finally {
          await file.close();
        }
      });
      // As old as the row that is about to be written: else the next tidying might take it for what a crash has left.
      await utimes(this.pathOf(toId), new Date(), new Date());
      await this.#sync();
    } catch (error) {
      throw isDiskError(error) ? unavailable(error) : error;
    }
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) await rm(this.pathOf(id), { force: true });
  }

  /** Ids of files, and whole names of unfinished ones, that were last written before then. */
  async listOlderThan(at: number): Promise<string[]> {
    const older: string[] = [];
    for (const name of await readdir(this.#folder)) {
      const modifiedAt = await stat(this.pathOf(name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => Number.POSITIVE_INFINITY,
      );
      if (modifiedAt < at) older.push(name);
    }
    return older;
  }

  /** A new name is safe only when its folder is. */
  async #sync(): Promise<void> {
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

function unavailable(cause?: unknown): AppError {
  return new AppError('unavailable', 'There is no room for files just now.', { retryAfterMs: 30_000, cause });
}

function isDiskError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'EACCES', 'ENOENT'].includes(code);
}
