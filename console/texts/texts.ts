/** Every visible string of the console, by key. The shell's language is one signal, so a change redraws what shows text. */
import { signal } from '@preact/signals';
import { formatNumber, locale } from '../ui/format.ts';
import { en } from './en.ts';
import { he } from './he.ts';

export const languages = ['he', 'en'] as const;
export type Language = (typeof languages)[number];

export type TextKey = keyof typeof en;
/** One text, or one for each plural form of its `count`. */
export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

type TextOf<Key extends TextKey> = (typeof en)[Key] extends { other: infer Other } ? Other : (typeof en)[Key];
type Placeholder<Phrase> = Phrase extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type Values<Key extends TextKey> = Placeholder<TextOf<Key>> | ((typeof en)[Key] extends string ? never : 'count');
type Arguments<Key extends TextKey> = [Values<Key>] extends [never] ? [] : [values: Record<Values<Key>, string | number>];

const KEY = 'kesher:language';
const dictionaries: Record<Language, Record<TextKey, Text>> = { he, en };
const pluralRules: Record<Language, Intl.PluralRules> = { he: new Intl.PluralRules('he'), en: new Intl.PluralRules('en') };

export const language = signal<Language>('en');

/** The language chosen before, else the browser's. */
export function loadLanguage(): void {
  const stored = localStorage.getItem(KEY);
  const wished = [stored, ...navigator.languages].map((tag) => tag?.slice(0, 2));
  show(languages.find((known) => known === wished.find((tag) => languages.some((one) => one === tag))) ?? 'en');
}

export function setLanguage(chosen: Language): void {
  localStorage.setItem(KEY, chosen);
  show(chosen);
}

function show(chosen: Language): void {
  language.value = chosen;
  locale.value = chosen;
  document.documentElement.lang = chosen;
  document.documentElement.dir = chosen === 'he' ? 'rtl' : 'ltr';
}

export function t<Key extends TextKey>(key: Key, ...[values]: Arguments<Key>): string {
  const text: Text = dictionaries[language.value][key];
  const phrase =
    typeof text === 'string' ? text : (text[pluralRules[language.value].select(Number(values?.['count' as never]))] ?? text.other);
  if (!values) return phrase;
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => shown((values as Record<string, string | number>)[name] ?? ''));
}

/** A plain text in all languages of the console: what a place is called by who thinks in another one. */
export function inEveryLanguage(key: TextKey): string[] {
  return languages.map((one) => dictionaries[one][key]).filter((text) => typeof text === 'string');
}

/** A name keeps its own direction inside a sentence of another: it stands between Unicode's isolates. */
function shown(value: string | number): string {
  return typeof value === 'number' ? formatNumber(value) : `\u2068${value}\u2069`;
}
