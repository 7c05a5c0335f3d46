/** The rows of purchases that were refused, as a file to mend and bring again: as they stood, with what is wrong behind. */
import type { PurchaseFileRow, PurchaseRefusalCode } from '../../shared/purchase-import.ts';
import { BYTE_ORDER_MARK, formatCsvRow } from '../answers/csv.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { listImportRows } from './customer-job-store.ts';
import { purchaseRequestOf, requireFile, toFileRow } from './purchase-imports.ts';

const AT_ONCE = 500;

const hebrew: Record<PurchaseRefusalCode, (values: Record<string, string>) => string> = {
  amount: ({ text, currency }) => `״${text}״ הוא לא סכום ב־${currency}`,
  'amount-missing': () => 'אין סכום',
  'amount-too-large': () => 'הסכום גדול מדי, או שהשורות מסתכמות ביותר מדי',
  'buyer-missing': () => 'לא נאמר מי קנה',
  'buyer-several': ({ text }) => `${text} רשום אצל יותר מלקוח אחד`,
  'buyer-unknown': () => 'אין תיק לקוח של מי שקנה',
  currency: ({ text }) => `״${text}״ הוא לא מטבע כמו ILS`,
  date: ({ text }) => `״${text}״ הוא לא תאריך כמו 22/11/2026`,
  'date-missing': () => 'אין תאריך',
  email: () => 'זו לא כתובת דוא״ל',
  'ends-before-start': () => 'הסיום לפני ההתחלה',
  field: () => 'אי אפשר לכתוב כאן את זה',
  'file-unknown': () => 'אין תיק לקוח כזה',
  letters: () => 'יש בשורה אותיות שאי אפשר לקרוא. כדאי לשמור את הקובץ כ־UTF-8',
  'lines-sum': ({ sum, currency }) => `השורות מסתכמות ב־${sum} ${currency}`,
  'other-row': ({ line }) => `שורה ${line} של אותה הזמנה נדחתה`,
  phone: () => 'זה לא מספר טלפון',
  'price-missing': () => 'אין מחיר',
  quantity: () => 'זו לא כמות כמו 1 או 2.5',
  quotation: () => 'יש בשורה מירכאות שלא נסגרות',
  repeated: () => 'ההזמנה כבר מופיעה בקובץ',
  status: ({ text }) => `״${text}״ הוא לא מצב: שולם, ממתין, זוכה או בוטל`,
  'too-long': ({ most }) => `ארוך מ־${most} תווים`,
};

const headings = { en: ['Line', 'Column', 'Problem'], he: ['שורה', 'עמודה', 'הבעיה'] } as const;

export async function* writeRefusedPurchases(app: App, caller: Caller, id: string, language: 'he' | 'en'): AsyncGenerator<string, void> {
  const file = purchaseRequestOf(await requireFile(app, caller, id));
  const columns = file.format === 'json' ? ['JSON'] : file.headings;
  yield BYTE_ORDER_MARK + formatCsvRow([...columns, ...headings[language]]);
  let after = 0;
  for (;;) {
    const rows = await listImportRows(app.storage.db, { jobId: id, after, limit: AT_ONCE, outcomes: ['refused'] });
    if (rows.length === 0) return;
    yield rows
      .map(toFileRow)
      .map((row) => {
        const cells = columns.map((_, at) => row.cells[at] ?? '');
        return formatCsvRow([...cells, String(row.line), row.column ?? '', language === 'he' ? hebrewOf(row) : (row.sentence ?? '')]);
      })
      .join('');
    after = rows.at(-1)?.line ?? after;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function hebrewOf({ code, values }: PurchaseFileRow): string {
  return code === null ? '' : hebrew[code](values);
}
