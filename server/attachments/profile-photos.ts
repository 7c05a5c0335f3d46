/** Agents' faces: small square pictures, kept and served as attachments are, at an address that changes with the picture. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { AppError } from '../../shared/errors.ts';
import { PHOTO_BYTES_MAX, PHOTO_SIDE_MAX } from '../../shared/photo.ts';
import { announceName } from '../agents/agents.ts';
import { setAvatar } from '../agents/profiles.ts';
import type { App } from '../app.ts';
import type { AttachmentRow } from '../storage/tables.ts';
import { bindPhoto, deletePhotos, findAttachmentRow } from './attachment-store.ts';
import type { Attachments } from './attachments.ts';

/** The browser has cut it to a square already; here it is only believed what the content says. */
export async function keepPhoto(
  app: App,
  attachments: Attachments,
  agentId: string,
  upload: { headers: IncomingHttpHeaders; body: Readable },
): Promise<void> {
  const { id } = await attachments.keep({ kind: 'agent', id: agentId }, upload, PHOTO_BYTES_MAX);
  const row = await findAttachmentRow(app.storage.db, id);
  if (!row || !isPhoto(row)) {
    await app.storage.write((trx) => deletePhotos(trx, { id }));
    await attachments.remove([id]);
    throw new AppError('invalid', `file: must be a square WebP, JPEG or PNG of at most ${PHOTO_SIDE_MAX} pixels`, { field: 'file' });
  }
  const left = await app.storage.write(async (trx) => {
    const before = await deletePhotos(trx, { messageId: placeOf(agentId) });
    await bindPhoto(trx, id, placeOf(agentId));
    await setAvatar(trx, agentId, `/attachments/${id}/${row.signature}`);
    return before;
  });
  await attachments.remove(left);
  await announceName(app, agentId);
  await app.followers.accessChanged([agentId]);
}

export async function removePhoto(app: App, attachments: Attachments, agentId: string): Promise<void> {
  const left = await app.storage.write(async (trx) => {
    await setAvatar(trx, agentId, null);
    return deletePhotos(trx, { messageId: placeOf(agentId) });
  });
  await attachments.remove(left);
  await announceName(app, agentId);
  await app.followers.accessChanged([agentId]);
}

/** What stands in a message's place: no upload that nobody took. */
function placeOf(agentId: string): string {
  return `photo:${agentId}`;
}

function isPhoto({ type, width, height }: AttachmentRow): boolean {
  return /^image\/(webp|jpeg|png)$/.test(type) && width !== null && width === height && width <= PHOTO_SIDE_MAX;
}
