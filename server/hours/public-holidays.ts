/** Public holidays of countries and their regions. The library's data are large, so they are loaded by who needs them first. */
import type Holidays from 'date-holidays';
import type { HolidayCountry, PublicHoliday } from '../../shared/business-hours.ts';
import { type ByLanguage, type Language, languageNames } from '../../shared/language.ts';
import { DAY_MS, toDate, toDay } from '../../shared/wall-clock.ts';

const ID_MAX = 120;
const substituteNames: ByLanguage = { he: 'יום חלופי', en: 'substitute day' };

type HolidayBook = (place: { country: string; region: string | null }, year: number) => PublicHoliday[];

let opening: Promise<{ book: HolidayBook; listCountries: () => HolidayCountry[] }> | null = null;

/** Its `book` reads in no time once a place and year were asked for. */
export function openHolidays() {
  opening ??= import('date-holidays').then(({ default: Library }) => writeBook(Library));
  return opening;
}

function writeBook(Library: typeof Holidays) {
  const known = new Map<string, PublicHoliday[]>();
  const calendars = new Map<string, Holidays>();
  let countries: HolidayCountry[] | null = null;
  const calendarOf = (country: string, region: string | null) => {
    const key = `${country}-${region ?? ''}`;
    const calendar = calendars.get(key) ?? new Library({ country, ...splitRegion(region) }, { types: ['public'] });
    calendars.set(key, calendar);
    return calendar;
  };
  return {
    book: ({ country, region }: { country: string; region: string | null }, year: number) => {
      const key = `${country}-${region ?? ''}-${year}`;
      const found = known.get(key) ?? read(calendarOf(country, region), year);
      known.set(key, found);
      return found;
    },
    listCountries: () => {
      countries ??= listCountries(new Library());
      return countries;
    },
  };
}

/** A region of a region is written `BY.A`. */
function splitRegion(region: string | null): { state?: string; region?: string } {
  const [state, part] = region?.split('.') ?? [];
  return { ...(state && { state }), ...(part && { region: part }) };
}

function read(calendar: Holidays, year: number): PublicHoliday[] {
  const names = new Map(calendar.getRules().map((rule) => [(rule as unknown as { rule: string }).rule, (rule as unknown as Named).name]));
  return calendar
    .getHolidays(year)
    .filter(({ date }) => date.slice(11, 19) === '00:00:00')
    .map(({ date, start, end, name, rule, substitute }) => {
      const from = date.slice(0, 10);
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
      return {
        id: rule.slice(0, ID_MAX),
        name: toNames(names.get(rule), name, substitute === true),
        from,
        to: toDate(toDay(from) + days - 1),
      };
    });
}

interface Named {
  name?: Record<string, string> | string;
}

/** What the library does not say in any of our languages is said as it is said there. */
function toNames(names: Named['name'], native: string, isSubstitute: boolean): ByLanguage {
  const said = typeof names === 'object' ? names : {};
  const known = (Object.keys(languageNames) as Language[]).flatMap((language) =>
    said[language] ? [[language, said[language]] as const] : [],
  );
  if (known.length === 0) return { en: native };
  const ofSubstitute = (language: Language, name: string) => `${name} (${substituteNames[language] ?? substituteNames.en})`;
  return Object.fromEntries(known.map(([language, name]) => [language, isSubstitute ? ofSubstitute(language, name) : name]));
}

function listCountries(library: Holidays): HolidayCountry[] {
  return Object.entries(library.getCountries('en'))
    .map(([code, name]) => ({ code, name, regions: listRegions(library, code) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

function listRegions(library: Holidays, country: string): HolidayCountry['regions'] {
  return Object.entries(library.getStates(country, 'en') ?? {}).flatMap(([code, name]) => [
    { code, name },
    ...Object.entries(library.getRegions(country, code, 'en') ?? {}).map(([part, of]) => ({
      code: `${code}.${part}`,
      name: `${name} – ${of}`,
    })),
  ]);
}
