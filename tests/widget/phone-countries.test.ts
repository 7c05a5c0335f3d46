import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, test } from 'vitest';
import { groupDigits, guessCountry, phoneCountries, toInternational } from '../../widget/phone-countries.ts';

describe('a phone', () => {
  test('is taken as people write it in their country', () => {
    expect(toInternational('050-123 4567', 'IL')).toBe('+972501234567');
    expect(toInternational('03-6123456', 'IL')).toBe('+97236123456');
    expect(toInternational('(212) 555-0134', 'US')).toBe('+12125550134');
    expect(toInternational('06 1234 5678', 'IT')).toBe('+390612345678');
    expect(toInternational('8 912 345-67-89', 'RU')).toBe('+79123456789');
    expect(toInternational('+44 20 7946 0018', 'IL')).toBe('+442079460018');
    expect(toInternational('00972501234567', 'US')).toBe('+972501234567');
  });

  test.each(['', '12', 'abc', '050-12', '05O-1234567', '050123456789', '+', '+12', '<script>'])('is not %j', (typed) => {
    expect(toInternational(typed, 'IL')).toBeNull();
  });

  test('of no country we know is none, unless it brings its own', () => {
    expect(toInternational('12345678', 'XX')).toBeNull();
    expect(toInternational('+64211234567', 'XX')).toBe('+64211234567');
  });

  test('is grouped while it is typed, and what is more than digits is left alone', () => {
    expect(['05', '0501', '0501234', '0501234567'].map((typed) => groupDigits(typed, 'IL'))).toEqual([
      '05',
      '050-1',
      '050-123-4',
      '050-123-4567',
    ]);
    expect(groupDigits('036123456', 'IL')).toBe('03-612-3456');
    expect(groupDigits('2125550134', 'US')).toBe('212-555-0134');
    expect(groupDigits('0612345678', 'FR')).toBe('061 234 567 8');
    expect(groupDigits('+97250', 'IL')).toBe('+97250');
  });
});

test('a visitor is taken to be where its clock is, else where its language is spoken, else at home', () => {
  expect(guessCountry(['en-US'], 'Asia/Jerusalem')).toBe('IL');
  expect(guessCountry(['he'], 'Europe/Paris')).toBe('FR');
  expect(guessCountry(['en', 'de-AT'], 'UTC')).toBe('AT');
  expect(guessCountry(['he'], 'UTC')).toBe('IL');
  expect(guessCountry(['xx'], 'UTC')).toBe('IL');
});

test.each([
  [['pt-PT', 'pt-BR'], 'PT'],
  [['pt'], 'BR'],
  [['es-419', 'es-UY'], 'UY'],
  [['fr', 'fr-CA'], 'CA'],
  [['ar-SY'], 'SY'],
  [['ar'], 'EG'],
  [['ru'], 'RU'],
  [['de'], 'DE'],
])('a browser in %j whose clock says nothing is taken to be in %s', (languages, country) => {
  expect(guessCountry(languages, 'UTC')).toBe(country);
});

test('every country is one, with the dial code that the server knows', () => {
  expect(new Set(phoneCountries.map(({ code }) => code)).size).toBe(phoneCountries.length);
  for (const { code, dial } of phoneCountries) {
    expect(new Intl.DisplayNames(['en'], { type: 'region' }).of(code), code).not.toBe(code);
    const number = parsePhoneNumberFromString(`+${dial}501234567`, code as 'IL');
    expect(number?.countryCallingCode, code).toBe(dial);
  }
});
