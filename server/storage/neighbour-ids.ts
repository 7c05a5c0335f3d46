/**
 * Ids (21 characters) that stand beside one another in every index. Random ones would each touch pages of their own: written so, a file of
 * 100,000 customers writes each page of the indexes again and again.
 */
import { nanoid } from 'nanoid';

const LENGTH = 21;
/** In the order of their bytes. */
const DIGITS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const SERIES = 6;
const PLACES = 5;

/** Within the series (the id of what they come from) in the order of their numbers, which are below 2^30. */
export function idInSeries(series: string, number: number): string {
  let place = '';
  for (let rest = number; place.length < PLACES; rest = Math.floor(rest / DIGITS.length))
    place = DIGITS.charAt(rest % DIGITS.length) + place;
  return `${series.slice(0, SERIES)}${place}${nanoid(LENGTH - SERIES - PLACES)}`;
}

export function idBeside(id: string): string {
  return id.slice(0, SERIES + PLACES) + nanoid(LENGTH - SERIES - PLACES);
}
