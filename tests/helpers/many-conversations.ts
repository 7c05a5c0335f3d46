/** A business with years behind it: one conversation, written down again and again, each time a little different. */
import { insertRows } from '../../server/storage/rows.ts';
import type { ConversationRow } from '../../server/storage/tables.ts';
import type { House } from './house.ts';

export async function copyConversation(
  house: House,
  conversationId: string,
  { count, change }: { count: number; change: (at: number) => Partial<ConversationRow> },
): Promise<void> {
  const { storage } = house.server.app;
  const row = await storage.db.selectFrom('conversation').selectAll().where('id', '=', conversationId).executeTakeFirstOrThrow();
  const columns = Object.fromEntries(
    Object.keys(row).map((name) => [
      name,
      /At$|Until$|Since$/.test(name) ? 'bigint' : /eq$|unread|priority/.test(name) ? 'integer' : 'text',
    ]),
  );
  await storage.write(async (trx) => {
    for (let from = 0; from < count; from += 1_000) {
      const rows = Array.from({ length: Math.min(1_000, count - from) }, (_, at) => ({
        ...row,
        id: `${conversationId}-${from + at}`,
        ...change(from + at),
      }));
      await insertRows(trx, 'conversation', rows, columns as never);
    }
  });
}
