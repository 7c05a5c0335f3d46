/** Inboxes: the installed widgets, who may open them and how they look. */
import { nanoid } from 'nanoid';
import type { Inbox, InboxPatch, InboxSettings, WidgetSettings } from '../../shared/inbox.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { InboxRow } from '../storage/tables.ts';
import { newToken } from '../transport/token.ts';
import { findInboxRowByKey, getInboxRow, insertInbox, listInboxRows, updateInbox } from './inbox-store.ts';

const firstSettings: InboxSettings = { accent: '#2f6f5e', locale: 'auto', greeting: {} };

/** The first start makes one inbox, so that a visitor can chat as soon as there is an agent. */
export async function prepareFirstInbox(app: App): Promise<void> {
  await app.storage.write(async (trx) => {
    if ((await listInboxRows(trx)).length > 0) return;
    await insertInbox(trx, {
      id: nanoid(),
      key: nanoid(),
      name: 'Website',
      allowedOrigins: '[]',
      settings: JSON.stringify(firstSettings),
      identitySecret: newToken(),
      identityPublicKey: null,
      createdAt: app.now(),
    });
  });
}

export async function listInboxes(app: App): Promise<Inbox[]> {
  return (await listInboxRows(app.storage.db)).map(toInbox);
}

/** By the public key of the snippet; undefined for a key that no inbox has. */
export async function findInboxByKey(app: App, key: string): Promise<Inbox | undefined> {
  const row = await findInboxRowByKey(app.storage.db, key);
  return row && toInbox(row);
}

export async function getWidgetSettings(app: App, key: string): Promise<WidgetSettings> {
  const row = await findInboxRowByKey(app.storage.db, key);
  if (!row) throw new AppError('not-found', 'There is no such inbox.');
  return { ...toInbox(row).settings, business: row.business };
}

export async function changeInbox(app: App, id: string, patch: InboxPatch): Promise<Inbox> {
  return app.storage.write(async (trx) => {
    const row = await getInboxRow(trx, id);
    const { settings } = toInbox(row);
    const changed: InboxRow = {
      ...row,
      name: patch.name ?? row.name,
      allowedOrigins: patch.allowedOrigins ? JSON.stringify(patch.allowedOrigins.map(toOrigin)) : row.allowedOrigins,
      settings: JSON.stringify({ ...settings, ...patch.settings }),
      identityPublicKey: patch.identityPublicKey === undefined ? row.identityPublicKey : patch.identityPublicKey,
    };
    await updateInbox(trx, changed);
    return toInbox(changed);
  });
}

/** As browsers write an `Origin` header: lower case, default port left out. */
function toOrigin(text: string): string {
  return new URL(text).origin;
}

function toInbox(row: InboxRow): Inbox {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    allowedOrigins: JSON.parse(row.allowedOrigins),
    settings: { ...firstSettings, ...JSON.parse(row.settings) },
    identitySecret: row.identitySecret,
    identityPublicKey: row.identityPublicKey,
  };
}
