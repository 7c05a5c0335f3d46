/** Inboxes: the installed widgets, who may open them and how they look. */
import { isDeepStrictEqual } from 'node:util';
import { importSPKI } from 'jose';
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import { idSchema } from '../../shared/id.ts';
import { firstInboxSettings, type Inbox, type InboxPatch, type InboxSettings, type WidgetSettings } from '../../shared/inbox.ts';
import { SETTINGS_BYTES_MAX } from '../../shared/inbox-limits.ts';
import type { Language } from '../../shared/language.ts';
import { launcherLook } from '../../shared/launcher-look.ts';
import { asksAnything } from '../../shared/pre-chat-asks.ts';
import { en } from '../../shared/texts/en.ts';
import { enExtras } from '../../shared/texts/en-extras.ts';
import { dismissLabels, launcherLabels } from '../../shared/texts/launcher-labels.ts';
import type { TextOverrides } from '../../shared/texts/text-keys.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { InboxRow } from '../storage/tables.ts';
import { newToken } from '../transport/token.ts';
import { openIdentitySecret, sealIdentitySecret } from './identity-secrets.ts';
import {
  deleteInbox,
  findInboxRowByKey,
  hasConversations,
  insertInbox,
  listInboxRows,
  lockAllInboxes,
  lockInbox,
  updateInbox,
} from './inbox-store.ts';

/** More than this is a mistake of a program, or somebody's bad intent. */
const INBOXES_MAX = 100;

/**
 * Settings as they were last read or written, so that a message on its way asks no database for them. There is one
 * server to a database, so whoever changes them is in this process.
 */
const settingsByApp = new WeakMap<App, Map<string, InboxSettings>>();

/** The settings that hold now for an inbox that was found before, perhaps with other ones. */
export function currentSettings(app: App, inbox: Inbox): InboxSettings {
  return settingsByApp.get(app)?.get(inbox.id) ?? inbox.settings;
}

function rememberSettings(app: App, { id, settings }: Inbox, isNewer: boolean): void {
  const known = settingsByApp.get(app) ?? new Map<string, InboxSettings>();
  settingsByApp.set(app, known);
  // A reader may come back with what was there before a writer changed it.
  if (isNewer || !known.has(id)) known.set(id, settings);
}

/** The first start makes one inbox, so that a visitor can chat as soon as there is an agent. */
export async function prepareFirstInbox(app: App): Promise<void> {
  await app.storage.write(async (trx) => {
    if ((await listInboxRows(trx)).length === 0) await insertInbox(trx, newInbox(app, 'Website'));
  });
}

export async function createInbox(app: App, name: string): Promise<Inbox> {
  const row = newInbox(app, name);
  await app.storage.write(async (trx) => {
    if ((await listInboxRows(trx)).length >= INBOXES_MAX) throw new AppError('conflict', `There are ${INBOXES_MAX} inboxes already.`);
    await insertInbox(trx, row);
  });
  return toInbox(app, row);
}

function newInbox(app: App, name: string): InboxRow {
  const id = nanoid();
  return {
    id,
    key: nanoid(),
    name,
    allowedOrigins: '[]',
    settings: JSON.stringify(firstInboxSettings),
    identitySecret: sealIdentitySecret(app, id, newToken()),
    identityPublicKey: null,
    createdAt: app.now(),
  };
}

/**
 * Only an inbox in which nobody has talked yet, and never the last one. `forgetVisitors` lets go of browsers that have looked
 * in and said nothing.
 */
export async function removeInbox(app: App, id: string, forgetVisitors: (trx: Transaction) => Promise<void>): Promise<void> {
  const tell = await app.storage.write(async (trx) => {
    const rows = await lockAllInboxes(trx);
    if (!rows.some((row) => row.id === id)) throw new AppError('not-found', 'There is no such inbox.');
    if (rows.length === 1) throw new AppError('conflict', 'The last inbox cannot be deleted.', { field: 'id' });
    if (await hasConversations(trx, id))
      throw new AppError('conflict', 'There are conversations in this inbox.', { field: 'conversations' });
    await forgetVisitors(trx);
    const afterwards = await app.followers.inboxLeaves(trx, id);
    await deleteInbox(trx, id);
    return afterwards;
  });
  tell();
}

export async function listInboxes(app: App): Promise<Inbox[]> {
  return (await listInboxRows(app.storage.db)).map((row) => toInbox(app, row));
}

/** By the public key of the snippet; undefined for a key that no inbox has. */
export async function findInboxByKey(app: App, key: string): Promise<Inbox | undefined> {
  const row = await findRowByKey(app, key);
  const inbox = row && toInbox(app, row);
  if (inbox) rememberSettings(app, inbox, false);
  return inbox;
}

/** As small as can be: what is empty or switched off does not travel. */
export async function getWidgetSettings(app: App, key: string): Promise<WidgetSettings> {
  const row = await findRowByKey(app, key);
  if (!row) throw new AppError('not-found', 'There is no such inbox.');
  const { bot: _, ...settings } = toInbox(app, row).settings;
  const texts = knownTexts(settings.texts);
  // What can be read on the launcher comes first in its name, so that it can be called by voice.
  const labels = Object.entries(launcherLabels).map(([language, label]) => {
    const said = texts[language]?.openChat;
    const text = settings.launcher.text[language as Language];
    return [language, [text, typeof said === 'string' ? said : label].filter(Boolean).join(', ')];
  });
  const isAsking = asksAnything(settings.preChat);
  return {
    ...settings,
    texts,
    invitations: settings.invitations.filter(({ isOn }) => isOn),
    business: row.business,
    labels: Object.fromEntries(labels),
    dismissLabels,
    hasMail: app.config.mail !== null,
    attachmentBytesMax: app.config.attachmentBytesMax,
    look: launcherLook(settings),
    isAsking,
    hasFirst: isAsking || settings.questions.length > 0,
  };
}

const textKeys = new Set([...Object.keys(en), ...Object.keys(enExtras)]);

/** What another version, or a mistake, called differently is kept for administrators and not sent to visitors. */
function knownTexts(texts: InboxSettings['texts']): Record<string, TextOverrides> {
  const known = Object.entries(texts).map(([language, said]): [string, TextOverrides] => [
    language,
    Object.fromEntries(Object.entries(said).filter(([key]) => textKeys.has(key))),
  ]);
  return Object.fromEntries(known.filter(([, said]) => Object.keys(said).length > 0));
}

/** The key comes from anybody: what cannot be one does not reach the database. */
async function findRowByKey(app: App, key: string) {
  return idSchema.safeParse(key).success ? findInboxRowByKey(app.storage.db, key) : undefined;
}

export async function changeInbox(app: App, id: string, patch: InboxPatch): Promise<Inbox> {
  const allowedOrigins = patch.allowedOrigins?.map(toOrigin);
  if (patch.identityPublicKey) await requireUsableKey(patch.identityPublicKey);
  const inbox = await app.storage.write(async (trx) => {
    const row = await lockInbox(trx, id);
    const inbox = toInbox(app, row);
    if (patch.expected) requireUnchanged(inbox, patch.expected);
    const settings = { ...inbox.settings, ...patch.settings };
    requireSmall(settings);
    const changed: InboxRow = {
      ...row,
      name: patch.name ?? row.name,
      allowedOrigins: allowedOrigins ? JSON.stringify(allowedOrigins) : row.allowedOrigins,
      settings: JSON.stringify(settings),
      identityPublicKey: patch.identityPublicKey === undefined ? row.identityPublicKey : patch.identityPublicKey,
    };
    await updateInbox(trx, changed);
    return toInbox(app, changed);
  });
  rememberSettings(app, inbox, true);
  return inbox;
}

/** Whoever changes something has seen it as it is now. */
function requireUnchanged(inbox: Inbox, { settings = {}, ...own }: NonNullable<InboxPatch['expected']>): void {
  const seen = [
    ...Object.entries(own).map(([key, value]) => [key, value, inbox[key as keyof Inbox]] as const),
    ...Object.entries(settings).map(([key, value]) => [`settings.${key}`, value, inbox.settings[key as keyof InboxSettings]] as const),
  ];
  const moved = seen.find(([, expected, current]) => expected !== undefined && !isDeepStrictEqual(expected, current));
  if (moved) throw new AppError('conflict', `${moved[0]}: somebody else has changed it meanwhile`, { field: moved[0] });
}

function requireSmall(settings: InboxSettings): void {
  if (Buffer.byteLength(JSON.stringify(settings)) <= SETTINGS_BYTES_MAX) return;
  throw new AppError('too-large', `settings: must not be larger than ${SETTINGS_BYTES_MAX} bytes`, { field: 'settings' });
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

function toInbox(app: App, row: InboxRow): Inbox {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    allowedOrigins: JSON.parse(row.allowedOrigins),
    settings: { ...firstInboxSettings, ...JSON.parse(row.settings) },
    identitySecret: openIdentitySecret(app, row.id, row.identitySecret),
    identityPublicKey: row.identityPublicKey,
  };
}
