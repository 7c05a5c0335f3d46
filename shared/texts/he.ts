import type { LanguageTexts } from './language-texts.ts';
import type { Texts } from './text-keys.ts';

export const he: Texts = {
  openChat: 'פתיחת הצ׳אט',
  closeChat: 'סגירת הצ׳אט',
  unreadBadge: { one: 'הודעה חדשה', two: 'שתי הודעות חדשות', other: '{count} הודעות חדשות' },
  talkingWith: 'בשיחה עם {name}',
  willAnswer: 'התשובה תגיע כאן מ{name}',
  staffed: 'אנחנו כאן עכשיו',
  unstaffed: 'כרגע אין מענה מקוון',
  opensAt: 'חוזרים {when}',
  closed: 'סגור עכשיו',
  answersIn: { one: 'עונים בדרך כלל תוך דקה', two: 'עונים בדרך כלל תוך שתי דקות', other: 'עונים בדרך כלל תוך כ־{count} דקות' },
  back: 'חזרה',
  yourDetails: 'הפרטים שלך',
  detailsKnown: 'הפרטים שלך: {name}',

  welcome: 'שלום! איך אפשר לעזור?',
  welcomeStaffed: 'אפשר לכתוב כאן, והתשובה תגיע ישר לחלון הזה.',
  welcomeUnstaffed: 'אפשר להשאיר הודעה, והתשובה תחכה כאן.',
  welcomeClosed: 'נחזור {when}. אפשר להשאיר הודעה, והתשובה תחכה כאן.',

  compose: 'אפשר לכתוב כאן…',
  send: 'שליחה',
  charactersLeft: { one: 'נשאר תו אחד', two: 'נשארו שני תווים', other: 'נשארו {count} תווים' },
  charactersOver: { one: 'תו אחד יותר מדי', two: 'שני תווים יותר מדי', other: '{count} תווים יותר מדי' },
  notKept: 'אין בדפדפן מקום לשמור את ההודעה. היא נשארת כאן, ואפשר לנסות שוב.',

  messages: 'הודעות',
  you: 'ההודעה שלך',
  saidBy: '{name}:',
  sending: 'בשליחה',
  sent: 'נשלח',
  read: 'נקרא',
  notSent: 'לא נשלח',
  tryAgain: 'ניסיון נוסף',
  discard: 'מחיקה',
  typing: '{name} בהקלדה…',
  loadingEarlier: 'הודעות קודמות בטעינה',
  toNewest: 'להודעה האחרונה',
  newMessages: { one: 'הודעה חדשה', two: 'שתי הודעות חדשות', other: '{count} הודעות חדשות' },

  connecting: 'מתבצע חיבור… מה שנכתב נשמר.',
  reconnecting: 'מתבצע חיבור מחדש… מה שנכתב נשמר.',
  offline: 'אין חיבור לאינטרנט. מה שנכתב נשמר ויישלח אחר כך.',
  refused: 'הצ׳אט אינו זמין בדף הזה.',

  askReach: 'ייתכן שהתשובה תתעכב. איך אפשר לחזור אליך?',
  leaveReach: 'להשאיר טלפון או דוא״ל',
  noThanks: 'לא, תודה',
  detailsRefused: 'לא ניתן היה לשמור את הפרטים. כדאי לבדוק אותם ולנסות שוב.',
  detailsSaved: 'נשמר. תודה!',
  detailsWaiting: 'יישמר כשהחיבור יחזור.',

  endedWrite: 'כל הודעה תפתח את השיחה שוב.',

  more: 'עוד',
  joinedNotice: '{name} כאן בשיחה',
  leftNotice: '{name} כבר לא בשיחה',
  transferredNotice: 'השיחה עברה אל {name}',
  endedNotice: 'השיחה הסתיימה',
  reopenedNotice: 'השיחה נפתחה מחדש',
  callbackNotice: 'ביקשת שנתקשר בהקדם',
  callbackAtNotice: 'ביקשת שנתקשר: {when}',
};

export const spoken: LanguageTexts = { texts: he, loadExtras: async () => (await import('./he-extras.ts')).heExtras };
