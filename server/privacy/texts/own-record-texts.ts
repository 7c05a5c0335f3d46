import type { Language } from '../../../shared/language.ts';

/** Headings of the page that shows a person everything that is kept of it. */
export interface OwnRecordTexts {
  title: string;
  about: string;
  onlyThisBrowser: string;
  name: string;
  company: string;
  email: string;
  phone: string;
  external: string;
  verified: string;
  consentAt: string;
  firstSeenAt: string;
  conversation: string;
  you: string;
  ratings: string;
  callbacks: string;
  nothing: string;
}

export const ownRecordTexts: Record<Language, OwnRecordTexts> = {
  he: {
    title: 'המידע שלי אצל {business}',
    about: 'כל מה ששמור, נכון ל־{when}.',
    onlyThisBrowser: 'הזהות לא אומתה על ידי האתר, ולכן מופיע כאן רק מה שנכתב מהדפדפן הזה.',
    name: 'שם',
    company: 'חברה',
    email: 'דוא״ל',
    phone: 'טלפון',
    external: 'מספר לקוח',
    verified: 'מאומת',
    consentAt: 'הסכמה ניתנה',
    firstSeenAt: 'ביקור ראשון',
    conversation: 'שיחה מ־{when}',
    you: 'דברים שכתבת',
    ratings: 'דירוגים',
    callbacks: 'בקשות לשיחה חוזרת',
    nothing: 'לא שמור דבר.',
  },
  en: {
    title: 'My data at {business}',
    about: 'Everything that is kept, as of {when}.',
    onlyThisBrowser: 'The site has not confirmed who you are, so this holds only what was written in this browser.',
    name: 'Name',
    company: 'Company',
    email: 'Email',
    phone: 'Phone',
    external: 'Customer number',
    verified: 'verified',
    consentAt: 'Consent given',
    firstSeenAt: 'First visit',
    conversation: 'Conversation of {when}',
    you: 'You',
    ratings: 'Ratings',
    callbacks: 'Requests to be called',
    nothing: 'Nothing is kept.',
  },
};
