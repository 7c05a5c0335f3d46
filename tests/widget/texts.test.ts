import { afterEach, describe, expect, test, vi } from 'vitest';
import * as server from '../../shared/language.ts';
import { type Language, languageNames } from '../../shared/language.ts';
import { dismissLabels, launcherLabels } from '../../shared/texts/launcher-labels.ts';
import { loadTexts } from '../../shared/texts/load-texts.ts';
import type { Plural } from '../../shared/texts/plural.ts';
import { chooseLanguage, directionOf } from '../../widget/texts/language.ts';
import { speechIn } from '../../widget/texts/speech-in.ts';
import { createTimeFormats } from '../../widget/texts/time-formats.ts';
import { createTranslate } from '../../widget/texts/translate.ts';

const languages = Object.keys(languageNames) as Language[];
const all = async (language: Language) => {
  const { texts, loadExtras } = await loadTexts(language);
  return { ...texts, ...(await loadExtras()) };
};
const english = await all('en');

/** Texts without a word, and words that are the same in both languages. */
const wordless = ['fileProgress', 'saidBy'];
const sameAsEnglish: Partial<Record<Language, readonly string[]>> = {
  de: ['fileProgress', 'name', 'saidBy'],
  es: ['fileProgress', 'no', 'saidBy'],
  fr: ['messages'],
};
const languageMarks: Partial<Record<Language, RegExp>> = {
  ar: /[,;?%]/,
  // A narrow no-break space stands before each of them.
  fr: /(?<!\u202f)[:;!?](?=\s|$)|«(?!\u202f)|(?<!\u202f)»/,
  es: /^[^¿]*\?|^[^¡]*!/,
  de: /\S…/,
};

describe.each(languages)('in %s', (language) => {
  const rules = new Intl.PluralRules(language);
  const formsOf = (text: string | Plural) => (typeof text === 'string' ? [text] : Object.values(text));
  const placesIn = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort();
  const each = async (): Promise<[keyof typeof english, string | Plural][]> => Object.entries(await all(language)) as never;

  test('nothing is left unsaid, and each text keeps the places of the others', async () => {
    const texts = await all(language);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    expect(launcherLabels[language]).toBe(texts.openChat);
    expect(dismissLabels[language].trim()).not.toBe('');
    for (const [key, text] of await each()) {
      for (const form of formsOf(text)) expect(form.trim(), key).toBe(form);
      for (const form of formsOf(text)) expect(form, key).not.toBe('');
      expect(placesIn(text), key).toEqual(placesIn(english[key]));
    }
  });

  test('every number has its form, and a form that several numbers share says which one it is', async () => {
    const { pluralCategories } = rules.resolvedOptions();
    const numbers = [...Array(1_000).keys()];
    for (const [key, text] of await each()) {
      if (typeof text === 'string') continue;
      expect(Object.keys(text).sort(), key).toEqual([...pluralCategories].sort());
      for (const [name, form] of Object.entries(text)) {
        const isShared = name === 'many' || name === 'other' || numbers.filter((count) => rules.select(count) === name).length > 1;
        const wanted = placesIn(text).filter((place) => place !== '{count}' || isShared);
        expect(
          placesIn(form).filter((place) => place !== '{count}' || isShared),
          `${key}.${name}`,
        ).toEqual(wanted);
      }
    }
  });

  test('nothing was left in English', async () => {
    if (language === 'en') return;
    const same = (await each()).filter(([key, text]) => formsOf(text).some((form) => formsOf(english[key]).includes(form)));
    expect(same.map(([key]) => key).sort()).toEqual(sameAsEnglish[language] ?? wordless);
    if (!['he', 'ar', 'ru'].includes(language)) return;
    for (const [key, text] of await each()) {
      for (const form of formsOf(text)) {
        const foreign = form.replace(/\{\w+\}|name@example\.com|PDF|ZIP|JSON/g, '').match(/[a-z]+/gi);
        expect(foreign, `${key}: ${form}`).toBeNull();
      }
    }
  });

  test('signs are set as the language sets them', async () => {
    for (const [key, text] of await each()) {
      for (const form of formsOf(text)) {
        expect(form, key).not.toMatch(/['"]|\.\.\.| {2}/);
        const mark = languageMarks[language];
        if (mark) expect(form, key).not.toMatch(mark);
      }
    }
  });
});

test('a name of the other direction does not reorder the sentence around it', () => {
  const t = createTranslate(english, 'en');
  expect(t('typing', { name: 'דנה' })).toBe('\u2068דנה\u2069 is writing…');
});

test('numbers are counted and written as the language does it', async () => {
  const t = createTranslate(await all('he'), 'he');
  expect([1, 2, 3].map((count) => t('newMessages', { count }))).toEqual(['הודעה חדשה', 'שתי הודעות חדשות', '3 הודעות חדשות']);
  expect(createTranslate(english, 'en')('charactersOver', { count: 1_234 })).toBe('1,234 characters too many');
  const said = async (language: Language, counts: number[], locale?: string) => {
    const { t } = await speechIn(language, locale ? { locale } : {});
    return counts.map((count) => t('newMessages', { count }));
  };
  expect(await said('ru', [1, 3, 5, 21])).toEqual(['1 новое сообщение', '3 новых сообщения', '5 новых сообщений', '21 новое сообщение']);
  expect(await said('ar', [0, 1, 2, 3, 11, 100])).toEqual([
    'لا رسائل جديدة',
    'رسالة جديدة',
    'رسالتان جديدتان',
    '3 رسائل جديدة',
    '11 رسالة جديدة',
    '100 رسالة جديدة',
  ]);
  expect(await said('fr', [0, 1, 2, 1_000_000])).toEqual([
    '0 nouveau message',
    '1 nouveau message',
    '2 nouveaux messages',
    '1\u202f000\u202f000 de nouveaux messages',
  ]);
  expect(await said('pt', [0, 12_345], 'pt-BR')).toEqual(['0 mensagem nova', '12.345 mensagens novas']);
  expect(await said('pt', [0, 12_345], 'pt-PT')).toEqual(['0 mensagens novas', '12\u00a0345 mensagens novas']);
});

test.each(['ar', 'ar-EG', 'ar-IL', 'ar-SA', 'ar-MA'])(
  'in %s the digits are those of the phones and orders that people type',
  async (locale) => {
    const { t, times } = await speechIn('ar', { locale, now: () => new Date(2025, 2, 3, 12).getTime() });
    const written = [t('newMessages', { count: 45 }), times.time(Date.now()), times.day(new Date(2024, 0, 28).getTime())];
    for (const text of written) expect(text).toMatch(/^[^٠-٩]*[0-9][^٠-٩]*$/);
  },
);

describe('the language of the widget', () => {
  afterEach(() => {
    document.documentElement.lang = '';
  });

  test('is what the inbox demands, else the page’s, else the browser’s, else English', () => {
    document.documentElement.lang = 'he-IL';
    expect(chooseLanguage('en', launcherLabels)).toBe('en');
    expect(chooseLanguage('auto', launcherLabels)).toBe('he');
    document.documentElement.lang = 'xx';
    expect(chooseLanguage('auto', launcherLabels)).toBe('en');
  });

  test.each([
    ['pt-BR', 'pt'],
    ['pt_PT', 'pt'],
    ['es-419', 'es'],
    ['AR-il', 'ar'],
    ['iw', 'he'],
    ['iw-IL', 'he'],
    ['ru-Cyrl-UA', 'ru'],
    ['zh', undefined],
    ['zh-Hant-TW', undefined],
    ['no', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('of the tag %s is understood by browser and server alike, and what nobody speaks here is English', (tag, language) => {
    expect(server.toLanguage(tag)).toBe(language);
    vi.stubGlobal('navigator', { languages: ['no', 'zh-CN'] });
    expect(chooseLanguage(tag, launcherLabels)).toBe(language ?? 'en');
    document.documentElement.lang = tag;
    expect(chooseLanguage('auto', launcherLabels)).toBe(language ?? 'en');
  });

  test('brings its direction', () => {
    expect(languages.filter((language) => directionOf(language) === 'rtl')).toEqual(['he', 'ar']);
    expect(languages.filter((language) => server.directionOf(language) === 'rtl')).toEqual(['he', 'ar']);
  });
});

describe('times', () => {
  const now = new Date(2025, 2, 3, 12, 0);
  const at = (days: number, hours: number, minutes = 0) => new Date(2025, 2, 3 + days, hours, minutes).getTime();
  const en = createTimeFormats('en-GB', () => now.getTime());
  const he = createTimeFormats('he-IL', () => now.getTime());

  test('are told as people tell them', () => {
    expect([at(0, 0, 5), at(-1, 23, 59), at(-3, 9), at(-400, 9)].map(en.day)).toEqual([
      'Today',
      'Yesterday',
      'Friday 28 February',
      '28 January 2024',
    ]);
    expect([at(0, 0, 5), at(-1, 23, 59)].map(he.day)).toEqual(['היום', 'אתמול']);
    expect([at(0, 9, 7), at(-1, 9, 7), at(-40, 9)].map(en.short)).toEqual(['9:07', 'Sunday', '22 January 2025']);
    expect([at(0, 17), at(1, 9)].map(en.ahead)).toEqual(['17:00', 'Tuesday 9:00']);
  });
});
