import { describe, expect, it } from 'vitest';
import { en as firstEnglish } from '../../console/texts/en.ts';
import { enAdvice } from '../../console/texts/en-advice.ts';
import { enContacts } from '../../console/texts/en-contacts.ts';
import { enCustomers } from '../../console/texts/en-customers.ts';
import { enSales } from '../../console/texts/en-sales.ts';
import { enSettings } from '../../console/texts/en-settings.ts';
import { enTasks } from '../../console/texts/en-tasks.ts';
import { enTickets } from '../../console/texts/en-tickets.ts';
import { enTimeline } from '../../console/texts/en-timeline.ts';
import { he as firstHebrew } from '../../console/texts/he.ts';
import { heAdvice } from '../../console/texts/he-advice.ts';
import { heContacts } from '../../console/texts/he-contacts.ts';
import { heCustomers } from '../../console/texts/he-customers.ts';
import { heSales } from '../../console/texts/he-sales.ts';
import { heSettings } from '../../console/texts/he-settings.ts';
import { heTasks } from '../../console/texts/he-tasks.ts';
import { heTickets } from '../../console/texts/he-tickets.ts';
import { heTimeline } from '../../console/texts/he-timeline.ts';
import { languages, setLanguage, type Text, t } from '../../console/texts/texts.ts';

const en = {
  ...firstEnglish,
  ...enSettings,
  ...enAdvice,
  ...enContacts,
  ...enTasks,
  ...enTickets,
  ...enTimeline,
  ...enSales,
  ...enCustomers,
};
const he = {
  ...firstHebrew,
  ...heSettings,
  ...heAdvice,
  ...heContacts,
  ...heTasks,
  ...heTickets,
  ...heTimeline,
  ...heSales,
  ...heCustomers,
};
const dictionaries: Record<(typeof languages)[number], Record<string, Text>> = { en, he };
const placeholders = (phrase: string) => [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const formsOf = (text: Text) => (typeof text === 'string' ? { other: text } : text);

describe.each(languages)('somebody who reads %s', (language) => {
  const texts = dictionaries[language];

  it('finds every text', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
    const empty = Object.entries(texts).filter(([, text]) => Object.values(formsOf(text)).some((phrase) => phrase.trim() === ''));
    expect(empty).toEqual([]);
  });

  it('finds the same things filled in as in English', () => {
    for (const [key, text] of Object.entries(texts)) {
      const expected = placeholders(formsOf(en[key as keyof typeof en] as Text).other);
      expect(placeholders(formsOf(text).other), key).toEqual(expected);
    }
  });

  it('finds every plural form that the language has', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const counted = Object.entries(texts).filter(([, text]) => typeof text !== 'string');
    expect(counted.length).toBeGreaterThan(5);
    for (const [key, text] of counted) expect(Object.keys(text).sort(), key).toEqual([...pluralCategories].sort());
  });

  it('never meets words of the other language by mistake', () => {
    if (language === 'he') {
      const withoutHebrew = Object.entries(texts).filter(([, text]) => !/[֐-׿]/.test(formsOf(text).other.replace(/\{\w+\}/g, '')));
      expect(withoutHebrew.map(([key]) => key)).toEqual([
        'files.progress',
        'transcript.announced',
        'todo.comma',
        'todo.onDays',
        'timeline.change.filled',
        'timeline.changed',
        'opportunities.weighted',
        'purchases.counted',
        'customers.export.csv',
      ]);
    } else {
      expect(Object.entries(texts).filter(([, text]) => /[֐-׿]/.test(JSON.stringify(text)))).toEqual([]);
    }
  });
});

describe('a text', () => {
  it('keeps a name of another direction apart from the sentence around it', () => {
    setLanguage('en');
    expect(t('transcript.typing', { name: 'דנה' })).toBe('\u2068דנה\u2069 is writing');
  });

  it('follows the number', () => {
    setLanguage('he');
    expect([1, 2, 5].map((count) => t('transcript.new', { count }))).toEqual(['הודעה חדשה', 'שתי הודעות חדשות', '5 הודעות חדשות']);
  });

  it('turns the page with the language', () => {
    setLanguage('he');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['he', 'rtl']);
    setLanguage('en');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['en', 'ltr']);
  });
});
