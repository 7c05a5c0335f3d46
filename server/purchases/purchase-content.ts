/** What a purchase says, reckoned and judged: lines, their sums, and what runs until when. */
import { AppError } from '../../shared/errors.ts';
import { lineTotal, type PurchaseLineDraft, type PurchaseUpsertRequest, toThousandths } from '../../shared/purchase.ts';
import { idBeside } from '../storage/neighbour-ids.ts';
import type { PurchaseLineRow, PurchaseRow } from '../storage/tables.ts';

export type PurchaseContent = Omit<PurchaseUpsertRequest, 'contactId' | 'person' | 'opensFile'>;
type ContentRow = Pick<PurchaseRow, 'companyId' | 'number' | 'status' | 'currency' | 'total' | 'at' | 'note' | 'endsAt'>;

/** More than this is no sum that stays exact. */
const TOTAL_MAX = 1e13;

/** Of what cannot be reckoned; `sum` in the smallest unit. */
export class ContentError extends AppError {
  readonly why: 'amount-missing' | 'amount-too-large' | 'lines-sum';
  readonly sum: number;

  constructor(why: ContentError['why'], field: string, { sentence, sum = 0 }: { sentence: string; sum?: number }) {
    super('invalid', `${field}: ${sentence}`, { field });
    this.why = why;
    this.sum = sum;
  }
}

export function contentRow(content: PurchaseContent): ContentRow {
  const { companyId, number, status, currency, at, note, lines } = content;
  const ends = lines.flatMap(({ endsAt }) => endsAt ?? []);
  return { companyId, number, status, currency, total: totalOf(content), at, note, endsAt: ends.length > 0 ? Math.max(...ends) : null };
}

/** The sum of the lines; only where there are none, what was given. */
function totalOf({ lines, total }: Pick<PurchaseContent, 'lines' | 'total'>): number {
  if (lines.length === 0) {
    if (total === undefined) throw new ContentError('amount-missing', 'total', { sentence: 'is needed where there are no lines' });
    return total;
  }
  const sum = lines.reduce((all, line) => all + lineSum(line), 0);
  if (Math.abs(sum) > TOTAL_MAX) throw new ContentError('amount-too-large', 'total', { sentence: 'the lines add up to too much' });
  if (total !== undefined && total !== sum) throw new ContentError('lines-sum', 'total', { sentence: `the lines add up to ${sum}`, sum });
  return sum;
}

export function lineRows(purchaseId: string, lines: readonly PurchaseLineDraft[]): PurchaseLineRow[] {
  return lines.map((line, position) => ({
    id: idBeside(purchaseId),
    purchaseId,
    position,
    product: line.product,
    sku: line.sku,
    quantity: toThousandths(line.quantity),
    unitPrice: line.unitPrice,
    total: lineSum(line),
    startsAt: line.startsAt,
    endsAt: line.endsAt,
  }));
}

/** Without ids: two sends of the same content are the same. */
export function sameLines(held: readonly PurchaseLineRow[], next: readonly PurchaseLineRow[]): boolean {
  const said = ({ product, sku, quantity, unitPrice, total, startsAt, endsAt }: PurchaseLineRow) =>
    JSON.stringify([product, sku, quantity, unitPrice, total, startsAt, endsAt]);
  return held.length === next.length && held.every((line, at) => said(line) === said(next[at] as PurchaseLineRow));
}

function lineSum({ unitPrice, quantity, total }: PurchaseLineDraft): number {
  const sum = total ?? lineTotal(unitPrice, toThousandths(quantity));
  if (Math.abs(sum) > TOTAL_MAX) throw new ContentError('amount-too-large', 'lines', { sentence: 'a line adds up to too much' });
  return sum;
}
