import { expect, test } from 'vitest';
import { accentOn, contrast, foregroundOn } from '../../shared/accent.ts';

/** Every seventeenth shade of each channel: 4,096 colours over the whole cube. */
const colours = Array.from({ length: 16 ** 3 }, (_, index) => {
  const channel = (place: number) => (((index >> (place * 4)) & 15) * 17).toString(16).padStart(2, '0');
  return `#${channel(2)}${channel(1)}${channel(0)}`;
});

test('contrast is measured as WCAG measures it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(contrast('#ff0000', '#ffffff')).toBeCloseTo(4.0, 1);
});

test('text on any accent that an administrator may pick can be read', () => {
  const unreadable = colours.filter((accent) => contrast(accent, foregroundOn(accent)) < 4.5);
  expect(unreadable).toEqual([]);
});

test.each(['#ffffff', '#17191e'])('any accent can be read as text on %s', (ground) => {
  const unreadable = colours.filter((accent) => contrast(accentOn(accent, ground), ground) < 4.5);
  expect(unreadable).toEqual([]);
});

test('an accent that can be read as it is stays as it is', () => {
  expect(accentOn('#2f6f5e', '#ffffff')).toBe('#2f6f5e');
});
