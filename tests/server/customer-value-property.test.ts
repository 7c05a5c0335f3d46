import fc from 'fast-check';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { purchaseShelf } from '../../server/purchases/purchase-shelf.ts';
import { changePurchase, createPurchase, removePurchase } from '../../server/purchases/purchases.ts';
import type { Caller } from '../../server/transport/wire.ts';
import { permissions } from '../../shared/agent.ts';
import type { Purchase, PurchaseStatus } from '../../shared/purchase.ts';
import { purchaseStatuses } from '../../shared/purchase.ts';
import { databases } from '../helpers/databases.ts';
import { insertContact } from '../storage/rows-to-store.ts';

const dana: Caller = {
  agentId: nanoid(),
  name: 'Dana',
  role: 'administrator',
  permissions,
  teamIds: [],
  mateIds: new Set(),
  mustEnrol: false,
  credentialId: 'x',
};
const status = fc.constantFrom<PurchaseStatus>(...purchaseStatuses);
const who = fc.constantFrom(0, 1);
const currency = fc.constantFrom('ILS', 'KWD', 'JPY');
const amount = fc.integer({ min: -5_000_000_000, max: 5_000_000_000_000 });
const at = fc.integer({ min: 0, max: 2_000_000_000_000 });
const which = fc.nat({ max: 20 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('buy' as const), who, status, currency, amount, at, days: fc.option(fc.integer({ min: 1, max: 400 })) }),
  fc.record({ kind: fc.constant('change' as const), which, status, amount, at }),
  fc.record({ kind: fc.constant('remove' as const), which }),
  fc.record({ kind: fc.constant('move' as const), from: who, only: fc.boolean() }),
);

/** Where a purchase stands, and how long it runs, as somebody would write it down beside the machine. */
type Noted = Purchase & { file: number };

describe.each(databases)('on $name', ({ open }) => {
  test('whatever is bought, changed, deleted, merged and split, a file is worth exactly what stands in it', async () => {
    const house = await open();
    const { app } = house.server;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const files = [await app.storage.write((trx) => insertContact(trx)), await app.storage.write((trx) => insertContact(trx))];
        let noted: Noted[] = [];
        for (const one of steps) {
          const target = 'which' in one ? noted[one.which % Math.max(noted.length, 1)] : undefined;
          if (one.kind === 'buy') {
            const lines =
              one.days === null
                ? []
                : [
                    {
                      product: 'מנוי',
                      sku: null,
                      quantity: '1',
                      unitPrice: one.amount,
                      startsAt: null,
                      endsAt: one.at + one.days * 86_400_000,
                    },
                  ];
            const purchase = await createPurchase(
              app,
              { caller: dana, source: 'hand' },
              {
                id: nanoid(),
                contactId: files[one.who],
                opensFile: false,
                externalId: null,
                opportunityId: null,
                companyId: null,
                number: null,
                note: null,
                status: one.status,
                currency: one.currency,
                at: one.at,
                lines,
                ...(lines.length === 0 && { total: one.amount }),
              },
            );
            noted.push({ ...purchase, file: one.who });
          }
          if (one.kind === 'change' && target) {
            const total = target.lines.length === 0 ? { total: one.amount } : {};
            const changed = await changePurchase(app, { caller: dana, source: 'hand' }, target.id, {
              version: target.version,
              status: one.status,
              at: one.at,
              ...total,
            });
            noted = noted.map((held) => (held.id === target.id ? { ...changed, file: held.file } : held));
          }
          if (one.kind === 'remove' && target) {
            await removePurchase(app, { caller: dana, source: 'hand' }, target.id);
            noted = noted.filter(({ id }) => id !== target.id);
          }
          if (one.kind === 'move') {
            const ids = noted.filter(({ file }) => file === one.from).map(({ id }) => id);
            const only = one.only ? ids.slice(0, 1) : undefined;
            const move = { from: files[one.from] ?? '', to: files[1 - one.from] ?? '', only };
            const shelf = purchaseShelf(() => app);
            const moved = await app.storage.write(async (trx) => {
              const ids = (await shelf.move?.(trx, move)) ?? [];
              await shelf.settle?.(trx, files);
              return ids;
            });
            expect(moved.toSorted()).toEqual((only ?? ids).toSorted());
            noted = noted.map((held) => (moved.includes(held.id) ? { ...held, file: 1 - one.from } : held));
          }
        }
        for (const [file, id] of files.entries()) {
          const paid = noted.filter((held) => held.file === file && held.status === 'paid');
          const times = paid.map((held) => held.at);
          const last = paid.length === 0 ? null : Math.max(...times);
          const ends = paid.flatMap(({ lines }) => lines.flatMap(({ endsAt }) => endsAt ?? []));
          const kept = await app.storage.db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
          expect(kept).toMatchObject({
            purchaseCount: paid.length,
            purchaseTotal: paid.filter((held) => held.currency === 'ILS').reduce((sum, { total }) => sum + total, 0),
            firstPurchaseAt: paid.length === 0 ? null : Math.min(...times),
            lastPurchaseAt: last,
            activeUntil: last === null ? null : Math.max(last, ...ends),
          });
          expect(kept.lifecycle === 'lead').toBe(paid.length === 0);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
