/**
 * The known tags. A name becomes known by being used, so nothing here stands in the way of who tags a conversation; here they get
 * colours, other names, and an end. What that means to conversations follows in the background (retagging.ts).
 */
import { AppError } from '../../shared/errors.ts';
import type { Tag, TagColour, TagCreateRequest, TagPatch, TagQuery } from '../../shared/tag.ts';
import type { App } from '../app.ts';
import type { TagRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { findTag, insertTag, listTagRows, redirectTags, updateTag } from './tag-store.ts';

/** How many conversations carry it is told to whoever sees all of them. */
export async function listTags(app: App, caller: Caller, query: TagQuery): Promise<{ items: Tag[]; next: string | null }> {
  const rows = await listTagRows(app.storage.db, { after: readCursor(query.cursor), limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return { items: shown.map((row) => toTag(caller, row)), next: rows.length > query.limit && last ? writeCursor(last.name) : null };
}

export async function createTag(app: App, caller: Caller, { name, colour }: TagCreateRequest): Promise<Tag> {
  const isNew = await app.storage.write((trx) => insertTag(trx, { name, colour, createdAt: app.now() }));
  if (!isNew) throw nameTaken();
  tellTags(app);
  return toTag(caller, await getTag(app, name));
}

/** Under another name it is another tag: its conversations follow, and the old name goes when the last of them has. */
export async function changeTag(app: App, caller: Caller, { name, patch }: { name: string; patch: TagPatch }): Promise<Tag> {
  const { colour, name: next = name, isMerging = false } = patch;
  const tellFollowers = await app.storage.write(async (trx) => {
    const row = await findTag(trx, name);
    if (!row || row.isLeaving === 1) throw new AppError('not-found', 'There is no such tag.');
    if (next === name) {
      if (colour) await updateTag(trx, name, { colour });
      return undefined;
    }
    const isNew = await insertTag(trx, { name: next, colour: colour ?? row.colour, createdAt: app.now() });
    const target = isNew ? undefined : await findTag(trx, next);
    if (target && target.isLeaving === 0 && !isMerging) throw nameTaken();
    if (target) await updateTag(trx, next, { ...(colour && { colour }), isLeaving: 0, becomes: null });
    await updateTag(trx, name, { isLeaving: 1, becomes: next });
    await redirectTags(trx, name, next);
    return app.followers.tagRenamed(trx, { from: name, to: next, isOver: false });
  });
  tellTags(app);
  tellFollowers?.();
  app.followers.tagsLeave();
  return toTag(caller, await getTag(app, next));
}

/** It is taken off its conversations, too. */
export async function removeTag(app: App, name: string): Promise<void> {
  await app.storage.write(async (trx) => {
    const row = await findTag(trx, name);
    if (!row || row.isLeaving === 1) throw new AppError('not-found', 'There is no such tag.');
    await updateTag(trx, name, { isLeaving: 1, becomes: null });
    await redirectTags(trx, name, null);
  });
  tellTags(app);
  app.followers.tagsLeave();
}

function tellTags({ broadcast }: App): void {
  broadcast.toAgents('tags:changed', {});
}

async function getTag(app: App, name: string): Promise<TagRow> {
  const row = await findTag(app.storage.db, name);
  if (!row) throw new AppError('not-found', 'There is no such tag.');
  return row;
}

function nameTaken(): AppError {
  return new AppError('conflict', 'There is a tag with this name already.', { field: 'name' });
}

function toTag({ permissions }: Caller, { name, colour, conversations, isLeaving, becomes }: TagRow): Tag {
  return {
    name,
    colour: colour as TagColour,
    count: permissions.includes('conversations:view-all') ? conversations : null,
    ...(isLeaving === 1 && { leaving: { becomes } }),
  };
}

function writeCursor(name: string): string {
  return `n.${Buffer.from(name).toString('base64url')}`;
}

function readCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [, encoded] = /^n\.([\w-]{1,190})$/.exec(cursor) ?? [];
  const name = encoded === undefined ? '' : Buffer.from(encoded, 'base64url').toString();
  if (name === '' || name.includes('\0')) throw new AppError('invalid', 'cursor: this is not one of ours', { field: 'cursor' });
  return name;
}
