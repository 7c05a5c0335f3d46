import type { Db, Transaction } from '../storage/database.ts';

export interface NamedField {
  id: string;
  key: string;
  name: string;
  kind: string;
  choices: string;
  currency: string | null;
  viewRoles: string | null;
  editRoles: string | null;
}

export async function listNamedFields(db: Db | Transaction, ids: readonly string[]): Promise<NamedField[]> {
  if (ids.length === 0) return [];
  const columns = ['id', 'key', 'name', 'kind', 'choices', 'currency', 'viewRoles', 'editRoles'] as const;
  return db.selectFrom('customField').select(columns).where('id', 'in', ids).orderBy('position').orderBy('id').execute();
}

export async function listAgentNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('agent').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
