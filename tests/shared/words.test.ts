import { describe, expect, it } from 'vitest';
import { asWritten, wordsOf } from '../../shared/fold.ts';
import { excerptOf, marksIn } from '../../shared/marks.ts';
import { endingOf, phoneEndings, phoneParts, phoneQuery } from '../../shared/phone-digits.ts';
import { bareForms, meantBeginnings } from '../../shared/word-forms.ts';

const folded = (text: string) => wordsOf(text).map(({ word }) => word);

describe('Words that look the same are the same', () => {
  it('in Hebrew: points, final letters, gershayim and invisible marks', () => {
    expect(folded('שָׁלוֹם לְכֻלָּם')).toEqual(['שלומ', 'לכולמ'.replace('ו', '')]);
    expect(folded('צה"ל צה״ל צהל')).toEqual(['צהל', 'צהל', 'צהל']);
    expect(folded("ג'ירפה, \u200fארץ\u200e ך־ן")).toEqual(['גירפה', 'ארצ', 'כ', 'נ']);
  });

  it('and are said to people as they write them, with a final letter', () => {
    expect(['שלומ', 'ארצ', 'מלכ', 'טפטופ', 'גנ', 'כ', 'מים קרימ', 'garden', 'גינה'].map(asWritten)).toEqual([
      ...['שלום', 'ארץ', 'מלך', 'טפטוף', 'גן', 'כ', 'מים קרים', 'garden', 'גינה'],
    ]);
  });

  it('in Arabic and Persian: vowel signs, tatweel, hamza and the shapes of ya and kaf', () => {
    expect(folded('كِتَابٌ كـــتاب')).toEqual(['كتاب', 'كتاب']);
    expect(folded('أحمد إلى سيارة کتاب')).toEqual(['احمد', 'الي', 'سياره', 'كتاب']);
  });

  it('in Latin, Greek and Cyrillic: case, accents and ligatures', () => {
    expect(folded('CAFÉ cafe\u0301 Straße ﬁne ΣΟΦΟΣ σοφός Ёлка İzmir')).toEqual([
      'cafe',
      'cafe',
      'strasse',
      'fine',
      'σοφοσ',
      'σοφοσ',
      'елка',
      'izmir',
    ]);
  });

  it('in digits of any script, and full-width letters', () => {
    expect(folded('١٢٣ ۱۲۳ १२३ １２３ ＡＢＣ')).toEqual(['123', '123', '123', '123', 'abc']);
  });

  it('in scripts without spaces, two letters at a time', () => {
    expect(folded('配送中')).toEqual(['配送', '送中', '中']);
    expect(folded('配送\ufeff ')).toEqual(['配送', '送']);
  });

  it('and what is no word gives none, whatever its size', () => {
    for (const text of ['', ' ', '"*()', '\u0000\u0001', 'ـــ', '\u05b0\u05b0', '\ud800', '———'])
      expect(folded(text), JSON.stringify(text)).toEqual([]);
    expect(folded('x'.repeat(8_000))[0]).toHaveLength(40);
    expect(folded('👍🏽 ok')).toContain('ok');
  });
});

describe('A word is found without what is written onto it', () => {
  it('in Hebrew: and, that, when, in, to, as, from, the', () => {
    for (const word of ['הבית', 'בבית', 'ובבית', 'מהבית', 'שבבית', 'כשהבית', 'לכשהבית', 'והבית'])
      expect(bareForms(word), word).toContain('בית');
    expect(bareForms('הנ')).toEqual([]);
    expect(meantBeginnings('במשלוח')).toEqual(expect.arrayContaining(['במשלוח', 'משלוח']));
    expect(meantBeginnings('הזמנות')).toContain('הזמנ');
  });

  it('in Arabic: the article and what stands before it', () => {
    for (const word of ['الكتاب', 'والكتاب', 'بالكتاب', 'وكتاب']) expect(bareForms(word), word).toContain('كتاب');
    expect(bareForms('للبيت')).toContain('بيت');
  });

  it('in English and Russian: endings', () => {
    expect(meantBeginnings('deliveries')).toContain('deliver');
    expect(meantBeginnings('заказами')).toContain('заказ');
    expect(meantBeginnings('is')).toEqual(['is']);
  });
});

describe('A phone is found however it is written', () => {
  it('as a whole', () => {
    for (const written of [
      '050-1234567',
      '+972 50 123 4567',
      '501234567',
      '00972501234567',
      '+972 (0)50-123.4567',
      '\u200e050\u2011123\u20114567',
    ]) {
      expect(phoneQuery(written), written).toBe('501234567');
      expect(phoneEndings(`call ${written} now`), written).toContain('501234567');
    }
    expect(endingOf('501234567')).toBe('501234567');
    expect(endingOf('1234567')).toBe('1234567');
    expect(endingOf('12345')).toBeNull();
  });

  it('in part, and nothing else is one', () => {
    expect(phoneParts('+972501234567')).toEqual(expect.arrayContaining(['501234567', '4567', '0501234567']));
    for (const text of ['', 'ruth', '12', '----', '0000', 'order 123456']) expect(phoneQuery(text), text).toBeNull();
  });
});

describe('What was found is marked', () => {
  const marked = (text: string, ...words: string[]) => marksIn(text, new Set(words)).map(({ from, to }) => text.slice(from, to));

  it('as it was written, points and beginnings included', () => {
    expect(marked('הַמִּשְׁלוֹחַ הגיע', 'משלוח')).toEqual(['הַמִּשְׁלוֹחַ']);
    expect(marked('Café, CAFE!', 'cafe')).toEqual(['Café', 'CAFE']);
    expect(marked('nothing', 'cafe')).toEqual([]);
    expect(marked('配送中です', '配送', '送中')).toEqual(['配送中']);
  });

  it('and an excerpt shows the first of it', () => {
    const text = `${'before '.repeat(80)}needle ${'after '.repeat(80)}`;
    const excerpt = excerptOf(text, marksIn(text, new Set(['needle'])), 120);
    expect(excerpt).toContain('needle');
    expect(excerpt.length).toBeLessThan(125);
    expect(excerpt).toMatch(/^…before.*after…$/);
    expect(excerptOf('short\n text', [], 120)).toBe('short  text');
    expect(excerptOf('😀'.repeat(200), [], 121)).not.toMatch(/[\ud800-\udbff]…$/);
  });
});
