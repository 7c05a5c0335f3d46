/** The rows that an import refused, as a file to mend and bring again: as they stood, with what is wrong behind. */
import { rowReasons } from '../../shared/customer-import.ts';
import { BYTE_ORDER_MARK, formatCsvRow } from '../answers/csv.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { listImportRows } from './customer-job-store.ts';
import { requireImportBy } from './import-rights.ts';
import { requireImport } from './import-staging.ts';
import { importRequestOf } from './imports.ts';

const AT_ONCE = 500;

type Reason = (typeof rowReasons)[number];

const words: Record<'he' | 'en', Record<Reason, string> & { line: string; reason: string }> = {
  en: {
    line: 'Line',
    reason: 'Problem',
    nobody: 'no name, phone, email or ID',
    email: 'not an email address',
    phone: 'not a phone number',
    external: 'the ID is too long',
    name: 'the name is too long',
    company: 'the company name is too long',
    lifecycle: 'no such lifecycle',
    owner: 'no such agent',
    tags: 'too many tags, or one too long',
    language: 'no such language',
    field: 'does not fit the field',
    columns: 'more cells than headings',
    several: 'several customers have this phone or email',
    taken: 'another customer holds this phone, email or ID for sure',
    gone: 'the customer was erased, merged or may not be changed',
  },
  he: {
    line: 'שורה',
    reason: 'הבעיה',
    nobody: 'אין שם, טלפון, דוא״ל או מזהה',
    email: 'זו לא כתובת דוא״ל',
    phone: 'זה לא מספר טלפון',
    external: 'המזהה ארוך מדי',
    name: 'השם ארוך מדי',
    company: 'שם החברה ארוך מדי',
    lifecycle: 'אין שלב כזה',
    owner: 'אין נציג כזה',
    tags: 'יותר מדי תגיות, או תגית ארוכה מדי',
    language: 'אין שפה כזאת',
    field: 'לא מתאים לשדה',
    columns: 'יותר תאים מכותרות',
    several: 'לכמה לקוחות יש הטלפון או הדוא״ל הזה',
    taken: 'הטלפון, הדוא״ל או המזהה שייך בוודאות ללקוח אחר',
    gone: 'הלקוח נמחק, אוחד או שאי אפשר לשנות אותו',
  },
};

export async function* writeRefused(app: App, caller: Caller, id: string, language: 'he' | 'en'): AsyncGenerator<string, void> {
  const { columns, plan } = importRequestOf(await requireImport(app, caller, id));
  requireImportBy(caller, plan);
  const own = words[language];
  yield BYTE_ORDER_MARK + formatCsvRow([...columns.map(({ heading }) => heading), own.line, own.reason]);
  let after = 0;
  for (;;) {
    const rows = await listImportRows(app.storage.db, { jobId: id, after, limit: AT_ONCE, outcomes: ['refused'] });
    if (rows.length === 0) return;
    yield rows
      .map(({ line, cells, reason }) => {
        const held: string[] = JSON.parse(cells);
        return formatCsvRow([...columns.map((_, at) => held[at] ?? ''), String(line), sentenceOf(reason ?? '', own)]);
      })
      .join('');
    after = rows.at(-1)?.line ?? after;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function sentenceOf(reason: string, own: (typeof words)['en']): string {
  if (reason.startsWith('field:')) return `${reason.slice('field:'.length)}: ${own.field}`;
  const known = rowReasons.find((one) => one === reason);
  return known ? own[known] : reason;
}
