/** What sites sign their visitors' identities with lies sealed in the inboxes. */
import type { App } from '../app.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { newToken } from '../transport/token.ts';
import { listInboxRows, updateInbox } from './inbox-store.ts';

export function sealIdentitySecret(app: Pick<App, 'secrets'>, inboxId: string, secret: string): string {
  return app.secrets.seal(secret, aboutOf(inboxId));
}

export function openIdentitySecret(app: Pick<App, 'secrets'>, inboxId: string, sealed: string): string {
  return app.secrets.open(sealed, aboutOf(inboxId));
}

export async function listIdentitySeals(db: Db): Promise<string[]> {
  return (await listInboxRows(db)).map(({ identitySecret }) => identitySecret);
}

/** With the current key. One whose key is lost is made anew: the site must be given it. */
export async function resealIdentitySecrets(app: Pick<App, 'secrets'>, trx: Transaction): Promise<void> {
  for (const row of await listInboxRows(trx)) {
    const sealed = app.secrets.reseal(row.identitySecret, aboutOf(row.id));
    if (sealed === undefined) continue;
    await updateInbox(trx, { ...row, identitySecret: sealed ?? sealIdentitySecret(app, row.id, newToken()) });
  }
}

function aboutOf(inboxId: string): string {
  return `inbox ${inboxId}`;
}
