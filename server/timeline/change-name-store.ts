import type { Db } from '../storage/database.ts';
import type { CustomFieldRow } from '../storage/tables.ts';

export interface Named {
  /** By their keys. */
  fields: Map<string, CustomFieldRow>;
  /** What agents, companies and other customer files are called, by id. */
  names: Map<string, string>;
  /** Customer files that can be opened: nobody was erased from them. */
  openFiles: Set<string>;
}

export interface NamedIds {
  agentIds: string[];
  companyIds: string[];
  contactIds: string[];
}

/** The fields that were changed, and the names of whoever and whatever stands in owner, company and the file beside. */
export async function listNamedThings(
  db: Db,
  { fieldKeys, ids: { agentIds, companyIds, contactIds } }: { fieldKeys: readonly string[]; ids: NamedIds },
): Promise<Named> {
  const fields = db.selectFrom('customField').selectAll().where('entity', '=', 'contact');
  const files = db.selectFrom('contact').select(['id', 'name']).where('erasedAt', 'is', null);
  const [fieldRows, agents, companies, contacts] = await Promise.all([
    fieldKeys.length === 0 ? [] : fields.where('key', 'in', [...new Set(fieldKeys)]).execute(),
    agentIds.length === 0 ? [] : db.selectFrom('agent').select(['id', 'name']).where('id', 'in', agentIds).execute(),
    companyIds.length === 0 ? [] : db.selectFrom('company').select(['id', 'name']).where('id', 'in', companyIds).execute(),
    contactIds.length === 0 ? [] : files.where('id', 'in', contactIds).execute(),
  ]);
  return {
    fields: new Map(fieldRows.map((row) => [row.key, row])),
    names: new Map([...agents, ...companies, ...contacts].flatMap(({ id, name }) => (name === null ? [] : [[id, name]]))),
    openFiles: new Set(contacts.map(({ id }) => id)),
  };
}
