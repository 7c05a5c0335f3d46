/** Inboxes: the installed widgets, who may open them and how they look. */
import { importSPKI } from 'jose';
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import { idSchema } from '../../shared/id.ts';
import { firstInboxSettings, type Inbox, type InboxPatch, type WidgetSettings } from '../../shared/inbox.ts';
import { launcherLabels } from '../../shared/texts/launcher-labels.ts';
import type { App } from '../app.ts';
import type { InboxRow } from '../storage/tables.ts';
import { newToken } from '../transport/token.ts';
import { findInboxRowByKey, insertInbox, listInboxRows, lockInbox, updateInbox } from './inbox-store.ts';

/** The first start makes one inbox, so that a visitor can chat as soon as there is an agent. */
export async function prepareFirstInbox(app: App): Promise<void> {
  await app.storage.write(async (trx) => {
    if ((await listInboxRows(trx)).length > 0) return;
    await insertInbox(trx, {
      id: nanoid(),
      key: nanoid(),
      name: 'Website',
      allowedOrigins: '[]',
      settings: JSON.stringify(firstInboxSettings),
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
  const row = await findRowByKey(app, key);
  return row && toInbox(row);
}

export async function getWidgetSettings(app: App, key: string): Promise<WidgetSettings> {
  const row = await findRowByKey(app, key);
  if (!row) throw new AppError('not-found', 'There is no such inbox.');
  const { settings } = toInbox(row);
  const said = Object.entries(settings.texts).map(([language, texts]) => [language, texts?.openChat]);
  const labels = { ...launcherLabels, ...Object.fromEntries(said.filter(([, label]) => typeof label === 'string')) };
  return { ...settings, business: row.business, labels, attachmentBytesMax: app.config.attachmentBytesMax };
}

/** The key comes from anybody: what cannot be one does not reach the database. */
async function findRowByKey(app: App, key: string) {
  return idSchema.safeParse(key).success ? findInboxRowByKey(app.storage.db, key) : undefined;
}

export async function changeInbox(app: App, id: string, patch: InboxPatch): Promise<Inbox> {
  const allowedOrigins = patch.allowedOrigins?.map(toOrigin);
  if (patch.identityPublicKey) await requireUsableKey(patch.identityPublicKey);
  return app.storage.write(async (trx) => {
    const row = await lockInbox(trx, id);
    const { settings } = toInbox(row);
    const changed: InboxRow = {
      ...row,
      name: patch.name ?? row.name,
      allowedOrigins: allowedOrigins ? JSON.stringify(allowedOrigins) : row.allowedOrigins,
      settings: JSON.stringify({ ...settings, ...patch.settings }),
      identityPublicKey: patch.identityPublicKey === undefined ? row.identityPublicKey : patch.identityPublicKey,
    };
    await updateInbox(trx, changed);
    return toInbox(changed);
  });
}

/** As browsers write an `Origin` header: lower case, default port left out. */
function toOrigin(text: string, index: number): string {
  if (URL.canParse(text)) return new URL(text).origin;
  const field = `allowedOrigins.${index}`;
  throw new AppError('invalid', `${field}: must be an origin like https://shop.example`, { field });
}

/** A key that verifies nothing would lock every signed-in visitor out, and be noticed only by them. */
async function requireUsableKey(pem: string): Promise<void> {
  const key = await importSPKI(pem, 'RS256').catch(() => null);
  const { modulusLength = 0 } = (key?.algorithm ?? {}) as { modulusLength?: number };
  if (modulusLength >= 2_048) return;
  throw new AppError('invalid', 'identityPublicKey: must be an RSA key of at least 2048 bits', { field: 'identityPublicKey' });
}

function toInbox(row: InboxRow): Inbox {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    allowedOrigins: JSON.parse(row.allowedOrigins),
    settings: { ...firstInboxSettings, ...JSON.parse(row.settings) },
    identitySecret: row.identitySecret,
    identityPublicKey: row.identityPublicKey,
  };
}
