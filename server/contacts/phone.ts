import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { AppError } from '../../shared/errors.ts';

/** Where a number without a country code is taken to be, when the visitor's locale names no country. */
const HOME_COUNTRY: CountryCode = 'IL';

/**
 * E.164, whatever way it was written; null for a number that no phone can have. Many browsers here speak American, so
 * the locale's country counts only for a number that exists there.
 */
export function findE164(text: string, locale: string | null): string | null {
  const readings = [countryOf(locale), HOME_COUNTRY].map((country) => parsePhoneNumberFromString(text, country));
  const number = readings.find((reading) => reading?.isValid()) ?? readings.find((reading) => reading?.isPossible());
  return number?.number ?? null;
}

/** As `findE164`, but a number that no phone can have is `invalid`. */
export function toE164(text: string, locale: string | null): string {
  const number = findE164(text, locale);
  if (number === null) throw new AppError('invalid', 'phone: this is not a phone number', { field: 'phone' });
  return number;
}

function countryOf(locale: string | null): CountryCode {
  const country = locale?.split('-').find((part) => /^[A-Z]{2}$/.test(part));
  return country !== undefined && isSupportedCountry(country) ? country : HOME_COUNTRY;
}
