import { type SqlBool, sql } from 'kysely';

/**
 * Leaves out of a query on `identity` what somebody has only typed about itself in a chat. That browser reads the file it
 * types into, so whoever it names must not be looked for there; the likeness watch proposes the two files instead.
 */
export const isMoreThanHearsay = sql<SqlBool>`("identity"."isVerified" = 1 or "identity"."source" <> 'visitor' or not exists (
  select 1 from "visitor" where "visitor"."contactId" = "identity"."contactId" and "visitor"."erasedAt" is null))`;
