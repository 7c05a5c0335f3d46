import { expect, test } from 'vitest';
import { contentOf, draftOf, faultOf, newDraft, newLine, sumOf } from '../../console/purchases/purchase-draft.ts';
import { fromDecimal, toDecimal } from '../../shared/money.ts';
import type { Purchase } from '../../shared/purchase.ts';

const NOW = Date.parse('2026-11-22T10:15:00Z');

test('a purchase that is opened and saved says what it said, to the moment', () => {
  const purchase = {
    number: '1001',
    status: 'paid',
    currency: 'KWD',
    at: NOW - 12_345,
    note: null,
    total: 2_600,
    lines: [
      { id: 'a', product: 'עציץ', sku: null, quantity: '2.5', unitPrice: 1_001, total: 2_503, startsAt: null, endsAt: null },
      { id: 'b', product: 'מנוי', sku: 'M', quantity: '1', unitPrice: 100, total: 97, startsAt: NOW, endsAt: NOW + 999_999_999 },
    ],
  } as unknown as Purchase;
  const { lines, ...content } = contentOf(draftOf(purchase));
  expect(content).toEqual({ number: '1001', status: 'paid', currency: 'KWD', at: NOW - 12_345, note: null });
  expect(lines).toEqual([
    { product: 'עציץ', sku: null, quantity: '2.5', unitPrice: 1_001, startsAt: null, endsAt: null },
    { product: 'מנוי', sku: 'M', quantity: '1', unitPrice: 100, total: 97, startsAt: NOW, endsAt: NOW + 999_999_999 },
  ]);
});

test('what is missing or cannot be read is named, and nothing is added up from it', () => {
  const line = newLine({ product: 'עציץ', unitPrice: 1_000, quantity: '3' });
  const draft = newDraft('ILS', NOW, { lines: [line] });
  expect([faultOf(draft), sumOf(draft)]).toEqual([null, 3_000]);
  expect(faultOf({ ...draft, on: null })).toBe('at');
  expect(faultOf({ ...draft, lines: [{ ...line, product: ' ' }] })).toBe(line.key);
  expect(sumOf({ ...draft, lines: [{ ...line, unitPrice: Number.NaN }] })).toBeNull();
  expect(faultOf({ ...draft, lines: [{ ...line, quantity: '1,5,5' }] })).toBe(line.key);
  expect(faultOf({ ...draft, lines: [{ ...line, startsOn: '2026-12-02', endsOn: '2026-12-01' }] })).toBe(line.key);
  expect(faultOf({ ...draft, lines: [], total: null })).toBe('total');
  expect(contentOf({ ...draft, lines: [], total: 990 })).toMatchObject({ lines: [], total: 990 });
});

test.each(['JPY', 'ILS', 'KWD'])('an amount in %s is read back as it was written', (currency) => {
  for (const amount of [0, 1, -1, 999, 1_000, 10_001, -123_456_789])
    expect(fromDecimal(toDecimal({ amount, currency }), currency)).toBe(amount);
});
