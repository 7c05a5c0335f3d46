import type { Lifecycle } from '../../shared/contact.ts';
import type { Db } from '../storage/database.ts';
import { countEnded, type KnownRow, listKnown, listOpenOf } from './on-site-store.ts';
import type { Acquaintance } from './visit-card.ts';

/** What is known of these visitors: three queries for all of them, one where nobody has a customer file. */
export async function readAcquaintances(db: Db, visitors: readonly { id: string }[]): Promise<Map<string, Acquaintance>> {
  const rows = await listKnown(
    db,
    visitors.map(({ id }) => id),
  );
  const present = rows.filter(({ erasedAt }) => erasedAt === null);
  if (present.length === 0) return new Map();
  const contactIds = [...new Set(present.map(({ contactId }) => contactId))];
  const [ended, open] = await Promise.all([countEnded(db, contactIds), listOpenOf(db, contactIds)]);
  return new Map(
    present.map((row) => {
      const { visitorId, contactId, name, lifecycle, isVerified } = row;
      // A browser that nobody vouches for has only what was said in it.
      const own = open.find((one) => one.contactId === contactId && (isVerified === 1 || one.visitorId === visitorId));
      return [
        visitorId,
        {
          contact: { id: contactId, name, lifecycle: lifecycle as Lifecycle, isVerified: isVerified === 1 },
          cartValue: cartOf(row),
          earlier: ended.get(contactId) ?? 0,
          open: own ? { id: own.id, assigneeId: own.assigneeId, teamId: own.teamId } : null,
        },
      ];
    }),
  );
}

function cartOf({ fields }: KnownRow): number | null {
  const { cartValue } = JSON.parse(fields) as Record<string, string>;
  const value = Number(cartValue?.trim() || Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
