/** What authenticator apps share with us lies sealed in the accounts. */
import type { App } from '../app.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { listAgentRows, updateAgent } from './agent-store.ts';

const columns = ['twoFactorSecret', 'twoFactorPending'] as const;

export function sealTwoFactor(app: Pick<App, 'secrets'>, agentId: string, secret: string): string {
  return app.secrets.seal(secret, aboutOf(agentId));
}

export function openTwoFactor(app: Pick<App, 'secrets'>, agentId: string, sealed: string): string {
  return app.secrets.open(sealed, aboutOf(agentId));
}

export async function listTwoFactorSeals(db: Db): Promise<string[]> {
  const rows = await listAgentRows(db, 'all');
  return rows.flatMap((row) => columns.map((column) => row[column]).filter((value) => value !== null));
}

/** With the current key. A second factor whose key is lost is none any more. */
export async function resealTwoFactors(app: Pick<App, 'secrets'>, trx: Transaction): Promise<void> {
  for (const row of await listAgentRows(trx, 'all')) {
    for (const column of columns) {
      const value = row[column];
      const sealed = value === null ? undefined : app.secrets.reseal(value, aboutOf(row.id));
      if (sealed === undefined) continue;
      const isLost = sealed === null && column === 'twoFactorSecret';
      await updateAgent(trx, row.id, { [column]: sealed, ...(isLost && { twoFactorStep: null, recoveryHashes: null }) });
    }
  }
}

function aboutOf(agentId: string): string {
  return `agent ${agentId}`;
}
