/** The part of a person's page that shows what the business has written into the file. */
import type { Language } from '../../shared/language.ts';
import { formatMoney } from '../../shared/money.ts';
import type { FiledRecord } from '../../shared/own-record.ts';
import { toHtmlText } from '../mail/html-text.ts';
import type { OwnRecordTexts } from './texts/own-record-texts.ts';

interface Wording {
  language: Language;
  texts: OwnRecordTexts;
  when: (at: number) => string;
}

const purchaseMarks: Record<string, string> = { paid: '✓', pending: '…', refunded: '↩', cancelled: '✗' };
const chanceMarks: Record<string, string> = { won: '✓', lost: '✗' };
const consentTitles = { data: 'consentData', email: 'consentEmail', sms: 'consentSms', calls: 'consentCalls' } as const;

/** Each a list under its title, in HTML; lists of nothing are left out by whoever draws them. */
export function filedLists(record: FiledRecord, { language, texts, when }: Wording): [title: keyof OwnRecordTexts, lines: string[]][] {
  const money = (amount: number, currency: string) => `<bdi>${toHtmlText(formatMoney({ amount, currency }, language))}</bdi>`;
  const line = (...parts: (string | null | false | undefined)[]) => parts.filter(Boolean).join(' · ');
  return [
    [
      'consents',
      record.consents.map(({ kind, isGiven, text, at }) =>
        line(isGiven ? '✓' : '✗', texts[consentTitles[kind]], when(at), text && toHtmlText(text)),
      ),
    ],
    [
      'purchases',
      record.purchases.map(({ number, status, at, total, currency, removedAt, lines }) =>
        line(
          purchaseMarks[status],
          number && toHtmlText(number),
          when(at),
          money(total, currency),
          ...lines.map(({ product, quantity, endsAt }) => `${toHtmlText(product)} × ${quantity}${endsAt ? ` → ${when(endsAt)}` : ''}`),
          removedAt !== null && toHtmlText(texts.removedAt.replace('{when}', when(removedAt))),
        ),
      ),
    ],
    [
      'opportunities',
      record.opportunities.map(({ name, status, amount, currency, at }) =>
        line(chanceMarks[status], toHtmlText(name), when(at), money(amount, currency)),
      ),
    ],
    ['tasks', record.tasks.map(({ title, isDone, dueAt, at }) => line(isDone && '✓', toHtmlText(title), when(dueAt ?? at)))],
    ['documents', record.documents.map(({ name, at }) => line(toHtmlText(name), when(at)))],
  ];
}

/** Rows beside name and phone. */
export function filedRows({ values }: FiledRecord, language: Language): [string, string][] {
  return values.map(({ name, value, currency }) => {
    if (typeof value === 'boolean') return [toHtmlText(name), value ? '✓' : '✗'];
    const isMoney = currency !== null && typeof value === 'number';
    return [toHtmlText(name), isMoney ? formatMoney({ amount: value, currency }, language) : String(value)];
  });
}
