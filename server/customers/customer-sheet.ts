/** The list of customers as a table: headings and cells in the words of its reader. */
import type { CustomField, FieldValue } from '../../shared/custom-fields.ts';
import type { Customer, CustomerColumn, PlainColumn } from '../../shared/customer.ts';
import { toDecimal } from '../../shared/money.ts';
import { wasSeen } from '../../shared/was-seen.ts';

type SheetLanguage = 'he' | 'en';
/** A number stands as one in a spreadsheet; a text is never reckoned with. */
export type Cell = string | number;

const headings: Record<SheetLanguage, Record<PlainColumn, string>> = {
  he: {
    name: 'שם',
    company: 'חברה',
    phone: 'טלפון',
    email: 'דוא״ל',
    external: 'מזהה לקוח',
    lifecycle: 'שלב',
    owner: 'באחריות',
    tags: 'תגיות',
    language: 'שפה',
    value: 'סך הקניות',
    purchases: 'מספר קניות',
    purchased: 'קנייה אחרונה',
    created: 'נפתח',
    seen: 'נראה לאחרונה',
  },
  en: {
    name: 'Name',
    company: 'Company',
    phone: 'Phone',
    email: 'Email',
    external: 'Customer ID',
    lifecycle: 'Lifecycle',
    owner: 'Owner',
    tags: 'Tags',
    language: 'Language',
    value: 'Value',
    purchases: 'Purchases',
    purchased: 'Last purchase',
    created: 'Created',
    seen: 'Last seen',
  },
};
const lifecycles: Record<SheetLanguage, Record<Customer['lifecycle'], string>> = {
  he: { lead: 'מתעניין', customer: 'לקוח', lapsed: 'לקוח לשעבר' },
  en: { lead: 'Lead', customer: 'Customer', lapsed: 'Lapsed' },
};
const answers: Record<SheetLanguage, [no: string, yes: string]> = { he: ['לא', 'כן'], en: ['no', 'yes'] };

export function lifecycleWord(lifecycle: Customer['lifecycle'], language: SheetLanguage): string {
  return lifecycles[language][lifecycle];
}

export interface Sheet {
  columns: readonly CustomerColumn[];
  fields: readonly CustomField[];
  language: SheetLanguage;
  timeZone: string;
  currency: string;
  nameOf: ReadonlyMap<string, string>;
}

const otherSums: Record<SheetLanguage, string> = { he: 'סך הקניות במטבעות אחרים', en: 'Value in other currencies' };

/** Sums of the business's currency stand as numbers in a column that names it, others as words in one beside it. */
export function headingsOf({ columns, fields, language, currency }: Sheet): string[] {
  return columns.flatMap((column) => {
    if (column === 'value') return [`${headings[language].value} (${currency})`, otherSums[language]];
    return fieldOf(column, fields)?.name ?? headings[language][column as PlainColumn];
  });
}

export function cellsOf(customer: Customer, sheet: Sheet): Cell[] {
  return sheet.columns.flatMap((column) => {
    if (column === 'value') return sumCells(customer, sheet);
    const field = fieldOf(column, sheet.fields);
    return field
      ? fieldCell(field, customer.values[field.key], sheet)
      : plainCell(column as Exclude<PlainColumn, 'value'>, customer, sheet);
  });
}

function fieldOf(column: CustomerColumn, fields: readonly CustomField[]): CustomField | undefined {
  return column.startsWith('field:') ? fields.find(({ id }) => id === column.slice('field:'.length)) : undefined;
}

function sumCells({ purchaseTotal, otherTotals = [] }: Customer, { currency }: Sheet): Cell[] {
  const others = otherTotals.map((one) => `${one.currency} ${toDecimal({ amount: one.total, currency: one.currency })}`);
  return [purchaseTotal === undefined ? '' : Number(toDecimal({ amount: purchaseTotal, currency })), others.join('; ')];
}

function plainCell(column: Exclude<PlainColumn, 'value'>, customer: Customer, sheet: Sheet): Cell {
  const identities = (kind: string) => customer.identities.filter((one) => one.kind === kind).map(({ value }) => value);
  switch (column) {
    case 'name':
      return customer.name ?? '';
    case 'company':
      return customer.company ?? '';
    case 'phone':
    case 'email':
    case 'external':
      return identities(column).join('; ');
    case 'lifecycle':
      return lifecycleWord(customer.lifecycle, sheet.language);
    case 'owner':
      return customer.ownerId === null ? '' : (sheet.nameOf.get(customer.ownerId) ?? '');
    case 'tags':
      return customer.tags.join('; ');
    case 'language':
      return customer.locale ?? '';
    case 'purchases':
      return customer.purchaseCount ?? '';
    case 'purchased':
      return customer.lastPurchaseAt ? dayOf(customer.lastPurchaseAt, sheet.timeZone) : '';
    case 'created':
      return dayOf(customer.createdAt, sheet.timeZone);
    case 'seen':
      return wasSeen(customer) ? dayOf(customer.lastSeenAt, sheet.timeZone) : '';
  }
}

function fieldCell({ kind, choices, currency }: CustomField, value: FieldValue | undefined, { language }: Sheet): Cell {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return answers[language][value ? 1 : 0];
  if (kind === 'choice') return choices.find(({ id }) => id === value)?.label ?? '';
  return kind === 'money' ? Number(toDecimal({ amount: Number(value), currency: currency ?? 'ILS' })) : value;
}

const days = new Map<string, Intl.DateTimeFormat>();

/** `2026-01-31`, which an import and every spreadsheet read alike. */
function dayOf(at: number, timeZone: string): string {
  const known = days.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  days.set(timeZone, known);
  return known.format(at);
}
