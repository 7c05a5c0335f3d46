import type { enAdvice } from './en-advice.ts';

export const heAdvice: Record<keyof typeof enAdvice, string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)> = {
  'advice.alike': 'קרוב אל: {phrase}',
  'advice.answer': 'תשובה אוטומטית:',
  'advice.canned': 'תשובה מוכנה:',
  'advice.finishNote': 'קודם צריך לסיים את ההערה.',
  'advice.found': { one: 'הצעה אחת', two: 'שתי הצעות', other: '{count} הצעות' },
  'advice.label': 'הצעות לתשובה',
  'advice.likely': 'סביר',
  'advice.none': 'לא נמצאה הצעה שמתאימה לשאלה.',
  'advice.perhaps': 'אולי',
  'advice.shares': 'מילים משותפות: {words}',
  'advice.sure': 'מתאים מאוד',
};
