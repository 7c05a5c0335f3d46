/**
 * Blanks of ready answers that mean the same wherever they stand: what is true of the whole business is asked once. All others mean
 * something of their own in each answer.
 */
import type { Language } from '../../shared/language.ts';

export const businessFacts = ['name', 'hours', 'phone', 'email', 'address'] as const;
export type BusinessFact = (typeof businessFacts)[number];

/** The same in every language. */
const spokenAlike: readonly BusinessFact[] = ['phone', 'email'];

const names: Partial<Record<Language, Partial<Record<BusinessFact, readonly string[]>>>> = {
  he: {
    name: ['שם העסק'],
    hours: ['ימים ושעות'],
    phone: ['טלפון', 'מספר טלפון'],
    email: ['מייל', 'כתובת מייל'],
    address: ['כתובת'],
  },
  en: {
    name: ['business', 'business name'],
    hours: ['days and hours'],
    phone: ['phone', 'phone number'],
    email: ['e-mail', 'email address'],
    address: ['address', 'street and number, city'],
  },
  ar: {
    name: ['اسم المصلحة', 'اسم المحل'],
    hours: ['الأيام والساعات', 'ساعات العمل'],
    phone: ['رقم الهاتف'],
    email: ['البريد الإلكتروني'],
    address: ['العنوان', 'الشارع والرقم، المدينة'],
  },
  ru: {
    name: ['название'],
    hours: ['дни и часы'],
    phone: ['телефон'],
    email: ['почта', 'почту', 'адрес почты', 'адрес электронной почты'],
    address: ['адрес', 'улица, дом, город'],
  },
};

export function factOf(language: Language, blank: string): BusinessFact | undefined {
  return businessFacts.find((fact) => names[language]?.[fact]?.includes(blank));
}

/** What is said in each language apart has a place for each. */
export function factKey(fact: BusinessFact, language: Language): string {
  return spokenAlike.includes(fact) ? fact : `${fact} ${language}`;
}
