import { describe, expect, it } from 'vitest';
import { readTime, spanBetween, tidySpans } from '../../console/hours/typed-time.ts';

const hours = (from: number, to: number) => ({ from: from * 60, to: to * 60 });

describe('somebody who types a time', () => {
  it.each([
    ['9', 540],
    ['930', 570],
    ['9:30', 570],
    ['9.3', 570],
    [' 09:05 ', 545],
    ['0', 0],
    ['1745', 1_065],
    ['24:00', 1_440],
    ['9am', 540],
    ['12 am', 0],
    ['12pm', 720],
    ['6:15 PM', 1_095],
  ])('is understood: %s', (typed, minutes) => {
    expect(readTime(typed)).toBe(minutes);
  });

  it.each(['', 'nine', '25', '9:75', '2430', '13pm', '0am', '9:300', '-3'])('is told where it cannot be one: %s', (typed) => {
    expect(readTime(typed)).toBeNull();
  });

  it('means the next day by an end that is not later than the beginning, and the day’s end by midnight', () => {
    expect(spanBetween(18 * 60, 2 * 60)).toEqual(hours(18, 26));
    expect(spanBetween(9 * 60, 0)).toEqual(hours(9, 24));
    expect(spanBetween(0, 0)).toEqual(hours(0, 24));
    expect(spanBetween(9 * 60, 9 * 60)).toEqual(hours(9, 33));
    expect(spanBetween(24 * 60, 3 * 60)).toEqual(hours(0, 3));
  });

  it('may write hours in any order, and those that meet count as one', () => {
    expect(tidySpans([hours(16, 20), hours(9, 13)])).toEqual([hours(9, 13), hours(16, 20)]);
    expect(tidySpans([hours(9, 13), hours(13, 15), hours(14, 18)])).toEqual([hours(9, 18)]);
    expect(tidySpans([hours(0, 24), hours(23, 33)])).toEqual([hours(0, 24)]);
  });
});
