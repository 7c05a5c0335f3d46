/** What the rows of one order say, or an entry of a list, before anything of it is believed. */
import type * as z from 'zod';
import { fromDecimal } from '../../shared/money.ts';
import { externalIdSchema, type PurchaseUpsertRequest, purchaseUpsertSchema } from '../../shared/purchase.ts';
import type { PurchaseRefusalCode } from '../../shared/purchase-import.ts';
import type { WallClock } from '../../shared/wall-clock.ts';
import { type PurchaseColumn, statusOf } from './purchase-headings.ts';
import { type Refusal, refusal } from './purchase-refusals.ts';
import { readMoment } from './typed-date.ts';

export interface ReadOrder {
  /** Each with what stood in it, to be given back where the order is refused. */
  rows: { line: number; cells: string[] }[];
  externalId: string | null;
  request: PurchaseUpsertRequest | null;
  /** Why it is none. */
  fault: (Refusal & { line: number; column: string | null }) | null;
}

/** A row by what its columns are about. */
export interface SaidRow {
  line: number;
  cells: string[];
  said: Partial<Record<PurchaseColumn, string>>;
}

class Fault extends Error {
  readonly column: PurchaseColumn | null;
  readonly refusal: Refusal;

  constructor(column: PurchaseColumn | null, code: PurchaseRefusalCode, values: Record<string, string> = {}) {
    super(code);
    this.column = column;
    this.refusal = refusal(code, values);
  }
}

export interface Reading {
  currency: string;
  clock: WallClock;
  headingOf: (column: PurchaseColumn | null) => string | null;
  fault: ReadOrder['fault'];
}

/** Rows with the same order stand for its lines. */
export function readOrder(rows: readonly SaidRow[], { currency, clock, headingOf, fault }: Reading): ReadOrder {
  const read: ReadOrder = { rows: rows.map(({ line, cells }) => ({ line, cells })), externalId: null, request: null, fault };
  if (fault) return read;
  let line = rows[0]?.line ?? 0;
  try {
    const head: SaidRow['said'] = Object.assign({}, ...rows.map(({ said }) => said).toReversed());
    const money = readCurrency(head.currency ?? currency);
    const lines = rows.flatMap((row) => {
      line = row.line;
      return readLine(row.said, money, clock) ?? [];
    });
    line = rows[0]?.line ?? 0;
    const total = amountOf(head, 'total', money);
    if (lines.length === 0 && total === undefined) throw new Fault('total', 'amount-missing');
    if (head.at === undefined) throw new Fault('at', 'date-missing');
    const status = head.status === undefined ? 'paid' : statusOf(head.status);
    if (status === null) throw new Fault('status', 'status', { text: head.status ?? '' });
    return {
      ...read,
      externalId: head.externalId ?? null,
      ...judged(
        {
          ...(head.contactId !== undefined && { contactId: head.contactId }),
          ...personOf(head),
          number: head.number ?? null,
          status,
          currency: money,
          at: momentOf(head, 'at', clock),
          note: head.note ?? null,
          lines,
          ...(total !== undefined && { total }),
        },
        { line, externalId: head.externalId ?? null, headingOf: (path) => headingOf(path) },
      ),
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...read, fault: { line, column: headingOf(error.column), ...error.refusal } };
  }
}

/** A row without a product and a price of its own is no line: its total is the order's. */
function readLine(said: SaidRow['said'], currency: string, clock: WallClock): unknown[] | null {
  const unitPrice = amountOf(said, 'unitPrice', currency);
  const total = amountOf(said, 'lineTotal', currency);
  if (said.product === undefined && unitPrice === undefined && total === undefined) return null;
  const quantity = (said.quantity ?? '1').replace(',', '.');
  const known = unitPrice ?? total ?? amountOf(said, 'total', currency);
  if (known === undefined) throw new Fault('unitPrice', 'price-missing');
  return [
    {
      product: said.product ?? said.sku ?? '—',
      sku: said.sku ?? null,
      quantity,
      unitPrice: known,
      ...(total !== undefined && { total }),
      ...(unitPrice === undefined && total === undefined && { total: known }),
      startsAt: said.startsAt === undefined ? null : momentOf(said, 'startsAt', clock),
      endsAt: said.endsAt === undefined ? null : momentOf(said, 'endsAt', clock, true),
    },
  ];
}

function personOf({ customerId, email, phone, name }: SaidRow['said']): { person?: Record<string, string> } {
  if (customerId === undefined && email === undefined && phone === undefined) return {};
  return {
    person: {
      ...(customerId !== undefined && { externalId: customerId }),
      ...(email !== undefined && { email }),
      ...(phone !== undefined && { phone }),
      ...(name !== undefined && { name }),
    },
  };
}

function readCurrency(text: string): string {
  const code = signs[text.trim()] ?? text.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) throw new Fault('currency', 'currency', { text });
  return code;
}

const signs: Record<string, string> = { '₪': 'ILS', 'ש"ח': 'ILS', 'ש״ח': 'ILS', NIS: 'ILS', nis: 'ILS', $: 'USD', '€': 'EUR', '£': 'GBP' };

function amountOf(said: SaidRow['said'], column: 'total' | 'unitPrice' | 'lineTotal', currency: string): number | undefined {
  const text = said[column];
  if (text === undefined) return undefined;
  const amount = fromDecimal(text.replace(/ש["״]ח/g, ''), currency);
  if (amount === null) throw new Fault(column, 'amount', { text, currency });
  return amount;
}

function momentOf(said: SaidRow['said'], column: 'at' | 'startsAt' | 'endsAt', clock: WallClock, isEnd = false): number {
  const text = said[column] ?? '';
  const moment = readMoment(text, clock, isEnd);
  if (moment === null) throw new Fault(column, 'date', { text });
  return moment;
}

const columnOfField: Record<string, PurchaseColumn> = {
  'person.email': 'email',
  'person.phone': 'phone',
  'person.externalId': 'customerId',
  'person.name': 'name',
};

interface Naming {
  line: number;
  externalId: string | null;
  headingOf: (column: PurchaseColumn | null) => string | null;
}

function judged(request: unknown, { line, externalId, headingOf }: Naming): Pick<ReadOrder, 'request' | 'fault'> {
  const parsed = purchaseUpsertSchema.safeParse(request);
  const id = externalId === null ? null : externalIdSchema.safeParse(externalId);
  const issue = parsed.error?.issues[0] ?? id?.error?.issues[0];
  if (!issue) return { request: parsed.data ?? null, fault: null };
  const path = issue.path.join('.');
  const last = String(issue.path.at(-1) ?? '');
  const column = parsed.error ? (columnOfField[path] ?? (last as PurchaseColumn)) : 'externalId';
  return { request: null, fault: { line, column: headingOf(column) ?? (path || null), ...judgedIssue(issue, last) } };
}

type Issue = z.core.$ZodIssue;

/** What is wrong with the shape of a purchase, said as of a row. */
function judgedIssue(issue: Issue, field: string): Refusal {
  if (issue.code === 'too_big' && issue.origin === 'string') return refusal('too-long', { most: String(issue.maximum) });
  const isAmount = ['total', 'unitPrice'].includes(field);
  if (isAmount && (issue.code === 'too_big' || issue.code === 'too_small')) return refusal('amount-too-large');
  const known = codeOfField[field];
  return refusal(known ?? 'field');
}

const codeOfField: Record<string, PurchaseRefusalCode> = {
  at: 'date-missing',
  email: 'email',
  phone: 'phone',
  person: 'buyer-missing',
  contactId: 'file-unknown',
  quantity: 'quantity',
  endsAt: 'ends-before-start',
};

/** Of columns that mean the same the first that says anything counts. */
export function saidIn(cells: readonly string[], columns: readonly (PurchaseColumn | null)[]): SaidRow['said'] {
  const said: SaidRow['said'] = {};
  for (const [at, column] of columns.entries()) {
    const cell = cells[at]?.trim();
    if (column && cell) said[column] ??= cell;
  }
  return said;
}

/** By what rows are known to be of one order; one without a number stands for itself. */
export function orderKeyOf({ externalId, number }: SaidRow['said'], line: number): string {
  return externalId ?? (number ? `number ${number}` : `line ${line}`);
}

/** A row that cannot be read whatever its columns are. */
export function faultIn(cells: readonly string[], line: number, isOpen = false): ReadOrder['fault'] {
  const code = isOpen ? 'quotation' : cells.some((cell) => cell.includes('\uFFFD')) ? 'letters' : null;
  return code && { line, column: null, ...refusal(code) };
}

/** An entry of a list in JSON. */
export function readEntry(said: unknown, line: number, currency: string): ReadOrder {
  const given = typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {};
  const externalId = typeof given.externalId === 'string' ? given.externalId : null;
  const moment = typeof given.at === 'string' ? Date.parse(given.at) : given.at;
  return {
    rows: [{ line, cells: [JSON.stringify(said).slice(0, 500)] }],
    externalId,
    ...judged({ currency, ...given, at: moment }, { line, externalId, headingOf: () => null }),
  };
}
