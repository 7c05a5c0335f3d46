/** Every visible string of the console, by key. The shell's language is one signal, so a change redraws what shows text. */
import { signal } from '@preact/signals';
import { formatNumber, locale } from '../ui/format.ts';
import type { en } from './en.ts';
import type { enAdvice } from './en-advice.ts';
import type { enContacts } from './en-contacts.ts';
import type { enCustomers } from './en-customers.ts';
import type { enSales } from './en-sales.ts';
import type { enSettings } from './en-settings.ts';
import type { enTasks } from './en-tasks.ts';
import type { enTickets } from './en-tickets.ts';
import type { enTimeline } from './en-timeline.ts';

export const languages = ['he', 'en'] as const;
export type Language = (typeof languages)[number];

type Words = typeof en &
  typeof enSettings &
  typeof enAdvice &
  typeof enContacts &
  typeof enTimeline &
  typeof enTasks &
  typeof enTickets &
  typeof enSales &
  typeof enCustomers;
export type TextKey = keyof Words;
/** One text, or one for each plural form of its `count`. */
export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

type TextOf<Key extends TextKey> = Words[Key] extends { other: infer Other } ? Other : Words[Key];
type Placeholder<Phrase> = Phrase extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type Values<Key extends TextKey> = Placeholder<TextOf<Key>> | (Words[Key] extends string ? never : 'count');
type Arguments<Key extends TextKey> = [Values<Key>] extends [never] ? [] : [values: Record<Values<Key>, string | number>];

const KEY = 'kesher:language';
const AGAIN_MS = 2_000;
type Dictionary = Partial<Record<TextKey, Text>>;
/** Of the first screen, and of pages that few open: those come with the page. */
export type Shelf = 'first' | 'settings' | 'advice' | 'contacts' | 'timeline' | 'tasks' | 'tickets' | 'sales' | 'customers';
/** A page carries the words of one language; the other's come when somebody asks for them. */
const fetchers: Record<Shelf, Record<Language, () => Promise<Dictionary>>> = {
  first: {
    he: async () => (await import('./he.ts')).he,
    en: async () => (await import('./en.ts')).en,
  },
  settings: {
    he: async () => (await import('./he-settings.ts')).heSettings,
    en: async () => (await import('./en-settings.ts')).enSettings,
  },
  advice: {
    he: async () => (await import('./he-advice.ts')).heAdvice,
    en: async () => (await import('./en-advice.ts')).enAdvice,
  },
  contacts: {
    he: async () => (await import('./he-contacts.ts')).heContacts,
    en: async () => (await import('./en-contacts.ts')).enContacts,
  },
  timeline: {
    he: async () => (await import('./he-timeline.ts')).heTimeline,
    en: async () => (await import('./en-timeline.ts')).enTimeline,
  },
  tasks: {
    he: async () => (await import('./he-tasks.ts')).heTasks,
    en: async () => (await import('./en-tasks.ts')).enTasks,
  },
  tickets: {
    he: async () => (await import('./he-tickets.ts')).heTickets,
    en: async () => (await import('./en-tickets.ts')).enTickets,
  },
  sales: {
    he: async () => (await import('./he-sales.ts')).heSales,
    en: async () => (await import('./en-sales.ts')).enSales,
  },
  customers: {
    he: async () => (await import('./he-customers.ts')).heCustomers,
    en: async () => (await import('./en-customers.ts')).enCustomers,
  },
};
const wantedShelves = new Set<Shelf>(['first']);
const wordsUnderWay = new Map<string, Promise<Dictionary>>();
const hereShelves: Record<Language, Set<Shelf>> = { he: new Set(), en: new Set() };
const dictionaries = signal<Partial<Record<Language, Dictionary>>>({});
const pluralRules: Record<Language, Intl.PluralRules> = { he: new Intl.PluralRules('he'), en: new Intl.PluralRules('en') };

export const language = signal<Language>('en');

/** The language chosen before, else the browser's. Resolves when its words are here. */
export async function loadLanguage(): Promise<void> {
  const stored = localStorage.getItem(KEY);
  const wished = [stored, ...navigator.languages].map((tag) => tag?.slice(0, 2));
  const chosen = languages.find((known) => known === wished.find((tag) => languages.some((one) => one === tag))) ?? 'en';
  while (!(await fetchLanguage(chosen))) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  show(chosen);
}

/** Words that are not here yet are fetched first; where the network is gone the page stays as it is. */
export function setLanguage(chosen: Language): void {
  localStorage.setItem(KEY, chosen);
  if (missingShelves(chosen).length === 0) show(chosen);
  else void fetchLanguage(chosen).then((isHere) => isHere && show(chosen));
}

/** False where the network is gone. */
export async function fetchLanguage(wanted: Language): Promise<boolean> {
  try {
    const shelves = missingShelves(wanted);
    const fetched = await Promise.all(shelves.map((shelf) => fetchWords(shelf, wanted)));
    // Everybody who waited for the same words comes here; the first one puts them up, since each change redraws the whole console.
    const isNew = shelves.map((shelf) => !hereShelves[wanted].has(shelf));
    if (isNew.includes(true)) {
      for (const shelf of shelves) hereShelves[wanted].add(shelf);
      const words = fetched.filter((_, index) => isNew[index]);
      dictionaries.value = { ...dictionaries.peek(), [wanted]: Object.assign({}, dictionaries.peek()[wanted], ...words) };
    }
    return true;
  } catch {
    return false;
  }
}

/** Once at a time, however many ask. */
function fetchWords(shelf: Shelf, wanted: Language): Promise<Dictionary> {
  const name = `${wanted}-${shelf}`;
  const known = wordsUnderWay.get(name);
  if (known) return known;
  const words = fetchers[shelf][wanted]().finally(() => wordsUnderWay.delete(name));
  wordsUnderWay.set(name, words);
  return words;
}

/** Before a page is shown whose words stand on a shelf of their own. Rejects where the network is gone. */
export async function fetchShelf(shelf: Shelf): Promise<void> {
  wantedShelves.add(shelf);
  // Somebody may have changed the language meanwhile.
  while (missingShelves(language.peek()).length > 0) {
    if (!(await fetchLanguage(language.peek()))) throw new Error(`The words of ${shelf} cannot be read.`);
  }
}

function missingShelves(wanted: Language): Shelf[] {
  return [...wantedShelves].filter((shelf) => !hereShelves[wanted].has(shelf));
}

function show(chosen: Language): void {
  language.value = chosen;
  locale.value = chosen;
  document.documentElement.lang = chosen;
  document.documentElement.dir = chosen === 'he' ? 'rtl' : 'ltr';
}

export function t<Key extends TextKey>(key: Key, ...[values]: Arguments<Key>): string {
  const text: Text = dictionaries.value[language.value]?.[key] ?? '';
  const phrase =
    typeof text === 'string' ? text : (text[pluralRules[language.value].select(Number(values?.['count' as never]))] ?? text.other);
  if (!values) return phrase;
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => shown((values as Record<string, string | number>)[name] ?? ''));
}

/** A plain text in all languages of the console, once they are here: what a place is called by who thinks in another one. */
export function inEveryLanguage(key: TextKey): string[] {
  for (const one of languages) void fetchLanguage(one);
  return languages.map((one) => dictionaries.value[one]?.[key]).filter((text) => typeof text === 'string');
}

/** A name keeps its own direction inside a sentence of another: it stands between Unicode's isolates. */
function shown(value: string | number): string {
  return typeof value === 'number' ? formatNumber(value) : `\u2068${value}\u2069`;
}
