/** A purchase while it is being written: amounts may be missing or unreadable still. */
import {
  lineTotal,
  type Purchase,
  type PurchaseLineDraft,
  type PurchaseStatus,
  quantitySchema,
  toThousandths,
} from '../../shared/purchase.ts';
import { dateOf, momentOf } from '../ui/date-field.tsx';

export interface LineDraft {
  key: string;
  product: string;
  sku: string;
  quantity: string;
  unitPrice: number | null;
  /** What was agreed instead of price times quantity. */
  total: number | null;
  /** Dates. */
  startsOn: string | null;
  endsOn: string | null;
  /** The exact moments that the dates were read from, which stay while the dates do. */
  held: { startsAt: number | null; endsAt: number | null };
}

export interface PurchaseDraft {
  number: string;
  status: PurchaseStatus;
  currency: string;
  on: string | null;
  heldAt: number | null;
  note: string;
  /** Where there are no lines. */
  total: number | null;
  lines: LineDraft[];
}

export type DraftFault = 'total' | 'at' | `line-${string}`;

let lastKey = 0;
export function newLine(some: Partial<LineDraft> = {}): LineDraft {
  lastKey += 1;
  return {
    key: `line-${lastKey}`,
    product: '',
    sku: '',
    quantity: '1',
    unitPrice: null,
    total: null,
    startsOn: null,
    endsOn: null,
    held: { startsAt: null, endsAt: null },
    ...some,
  };
}

export function newDraft(currency: string, now: number, some: Partial<PurchaseDraft> = {}): PurchaseDraft {
  return { number: '', status: 'paid', currency, on: dateOf(now), heldAt: now, note: '', total: null, lines: [newLine()], ...some };
}

export function draftOf(purchase: Purchase): PurchaseDraft {
  return {
    number: purchase.number ?? '',
    status: purchase.status,
    currency: purchase.currency,
    on: dateOf(purchase.at),
    heldAt: purchase.at,
    note: purchase.note ?? '',
    total: purchase.lines.length === 0 ? purchase.total : null,
    lines: purchase.lines.map(({ product, sku, quantity, unitPrice, total, startsAt, endsAt }) =>
      newLine({
        product,
        sku: sku ?? '',
        quantity,
        unitPrice,
        total: total === lineTotal(unitPrice, toThousandths(quantity)) ? null : total,
        startsOn: startsAt === null ? null : dateOf(startsAt),
        endsOn: endsAt === null ? null : dateOf(endsAt),
        held: { startsAt, endsAt },
      }),
    ),
  };
}

/** Null while it cannot be reckoned. */
export function sumOfLine({ quantity, unitPrice, total }: LineDraft): number | null {
  if (total !== null) return Number.isNaN(total) ? null : total;
  if (unitPrice === null || Number.isNaN(unitPrice) || !quantitySchema.safeParse(quantity).success) return null;
  return lineTotal(unitPrice, toThousandths(quantity.trim()));
}

export function sumOf({ lines, total }: PurchaseDraft): number | null {
  if (lines.length === 0) return Number.isNaN(total) ? null : total;
  const sums = lines.map(sumOfLine);
  return sums.every((sum) => sum !== null) ? sums.reduce((all, sum) => all + (sum ?? 0), 0) : null;
}

/** The first thing that is not right yet. */
export function faultOf(draft: PurchaseDraft): DraftFault | null {
  if (draft.on === null) return 'at';
  const wrong = draft.lines.find(
    (line) =>
      line.product.trim() === '' ||
      sumOfLine(line) === null ||
      (line.startsOn !== null && line.endsOn !== null && line.endsOn < line.startsOn),
  );
  if (wrong) return wrong.key as DraftFault;
  return sumOf(draft) === null ? 'total' : null;
}

/** What is sent. The draft is right. */
export function contentOf(draft: PurchaseDraft) {
  const { number, status, currency, on, heldAt, note, total, lines } = draft;
  return {
    number: number.trim() || null,
    status,
    currency,
    at: moment(on, heldAt, false) ?? 0,
    note: note.trim() === '' ? null : note,
    lines: lines.map(lineOf),
    ...(lines.length === 0 && total !== null && { total }),
  };
}

function lineOf({ product, sku, quantity, unitPrice, total, startsOn, endsOn, held }: LineDraft): PurchaseLineDraft {
  return {
    product: product.trim(),
    sku: sku.trim() || null,
    quantity: quantity.trim(),
    unitPrice: unitPrice ?? 0,
    ...(total !== null && { total }),
    startsAt: moment(startsOn, held.startsAt, false),
    endsAt: moment(endsOn, held.endsAt, true),
  };
}

function moment(date: string | null, held: number | null, isEnd: boolean): number | null {
  if (date === null) return null;
  return held !== null && dateOf(held) === date ? held : momentOf(date, isEnd);
}
