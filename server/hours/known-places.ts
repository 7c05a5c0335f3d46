import type { HoursRules } from '../../shared/business-hours.ts';
import { AppError } from '../../shared/errors.ts';
import { openHolidays } from './public-holidays.ts';
import { findCity } from './shabbat-cities.ts';

/** Refuses countries, regions and cities of which no calendar is known. */
export async function requireKnownPlaces({ holidays, jewish }: Partial<Pick<HoursRules, 'holidays' | 'jewish'>>): Promise<void> {
  if (jewish?.shabbat && !findCity(jewish.shabbat.city)) throw invalid('jewish.shabbat.city', 'there is no such city');
  for (const [at, place] of (holidays ?? []).entries()) await requireCountry(place, `holidays.${at}.`);
}

export async function requireCountry({ country, region }: { country: string; region: string | null }, path: string): Promise<void> {
  const known = (await openHolidays()).listCountries().find(({ code }) => code === country);
  if (!known) throw invalid(`${path}country`, 'no holidays are known of it');
  if (region !== null && !known.regions.some(({ code }) => code === region)) throw invalid(`${path}region`, 'there is no such region');
}

function invalid(field: string, sentence: string): AppError {
  return new AppError('invalid', `${field}: ${sentence}`, { field });
}
