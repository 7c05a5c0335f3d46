import type { Db } from '../storage/database.ts';
import type { CustomFieldRow } from '../storage/tables.ts';

export interface Named {
  /** By their keys. */
  fields: Map<string, CustomFieldRow>;
  /** What agents and companies are called, by id. */
  names: Map<string, string>;
}

/** The fields that were changed, and the names of whoever and whatever stands in owner and company. */
export async function listNamedThings(
  db: Db,
  { fieldKeys, ids: { agentIds, companyIds } }: { fieldKeys: readonly string[]; ids: { agentIds: string[]; companyIds: string[] } },
): Promise<Named> {
  const fields = db.selectFrom('customField').selectAll().where('entity', '=', 'contact');
  const [fieldRows, agents, companies] = await Promise.all([
    fieldKeys.length === 0 ? [] : fields.where('key', 'in', [...new Set(fieldKeys)]).execute(),
    agentIds.length === 0 ? [] : db.selectFrom('agent').select(['id', 'name']).where('id', 'in', agentIds).execute(),
    companyIds.length === 0 ? [] : db.selectFrom('company').select(['id', 'name']).where('id', 'in', companyIds).execute(),
  ]);
  return {
    fields: new Map(fieldRows.map((row) => [row.key, row])),
    names: new Map([...agents, ...companies].map(({ id, name }) => [id, name])),
  };
}
