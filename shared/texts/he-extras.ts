import type { ExtraTexts } from './extra-text-keys.ts';

export const heExtras: ExtraTexts = {
  detailsWhy: 'כדי שנוכל לחזור אליך אם השיחה תתנתק.',
  name: 'שם',
  phone: 'טלפון',
  email: 'דוא״ל',
  optional: 'לא חובה',
  save: 'שמירה',
  cancel: 'ביטול',
  invalidPhone: 'במספר טלפון יש לפחות 7 ספרות.',
  invalidEmail: 'כתובת דוא״ל נראית כך: name@example.com',
  conversations: 'השיחות שלך',
  ended: 'הסתיימה',
  noPreview: 'שיחה',

  frequentQuestions: 'שאלות נפוצות',
  beforeChat: 'כמה פרטים לפני שמתחילים',
  yourMessage: 'ההודעה שלך',
  country: 'מדינה',
  chooseOne: 'נא לבחור',
  agree: 'יש הסכמה לשמור את מה שייכתב כאן כדי שאפשר יהיה לענות.',
  sendMessage: 'שליחת ההודעה',
  missing: 'צריך למלא כאן משהו.',
  missingConsent: 'אפשר להתחיל רק אחרי הסכמה.',
  missingChoice: 'צריך לבחור אחת מהאפשרויות.',
  invalidNumber: 'כאן צריך לכתוב מספר.',
  yes: 'כן',
};
