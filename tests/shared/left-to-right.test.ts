import { expect, test } from 'vitest';
import { splitLeftToRight } from '../../shared/left-to-right.ts';

const isolated = (text: string) =>
  splitLeftToRight(text)
    .filter((piece) => piece.isLeftToRight)
    .map((piece) => piece.text);

test('order numbers, handles and phone numbers in a Hebrew sentence are isolated', () => {
  expect(isolated('הזמנה #A-10442 עדיין לא הגיעה')).toEqual(['#A-10442']);
  expect(isolated('אפשר להתקשר ל-050 123 4567 או +972 50 123 4567?')).toEqual(['050 123 4567', '+972 50 123 4567']);
  expect(isolated('אנחנו @adama_ceramics')).toEqual(['@adama_ceramics']);
});

test('every character of a text is in exactly one piece', () => {
  for (const text of ['', 'שלום', '#1', 'a #B-2 ג +12 345 678!', '🙂 #x9 (050-1234567)']) {
    expect(
      splitLeftToRight(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  }
});

test('ordinary words and prices are left alone', () => {
  expect(isolated('Sea mug, 89 ₪, at 14:00')).toEqual([]);
});
