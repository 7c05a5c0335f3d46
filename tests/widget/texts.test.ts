// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest';
import { type Language, languageNames } from '../../shared/language.ts';
import { launcherLabels } from '../../shared/texts/launcher-labels.ts';
import { loadTexts } from '../../shared/texts/load-texts.ts';
import { chooseLanguage, directionOf } from '../../widget/texts/language.ts';
import { createTimeFormats } from '../../widget/texts/time-formats.ts';
import { createTranslate } from '../../widget/texts/translate.ts';

const languages = Object.keys(languageNames) as Language[];
const all = async (language: Language) => {
  const { texts, loadExtras } = await loadTexts(language);
  return { ...texts, ...(await loadExtras()) };
};
const english = await all('en');

describe.each(languages)('in %s', (language) => {
  test('nothing is left unsaid, and each text keeps the places of the others', async () => {
    const texts = await all(language);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    expect(launcherLabels[language]).toBe(texts.openChat);
    const places = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort();
    for (const [key, text] of Object.entries(texts)) {
      expect(JSON.stringify(text), key).not.toMatch(/""/);
      expect(places(text), key).toEqual(places(english[key as keyof typeof english]));
    }
  });

  test('every number has its form', async () => {
    const texts = await all(language);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text === 'object') expect(Object.keys(text).sort(), key).toEqual([...forms].sort());
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
});

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

  test('brings its direction', () => {
    expect(languages.filter((language) => directionOf(language) === 'rtl')).toEqual(['he']);
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
