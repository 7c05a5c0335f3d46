/** Time zones as people look for them: by city, by what the zone is called, by its difference from UTC. */
import { language } from '../texts/texts.ts';

export interface ZoneChoice {
  id: string;
  /** "Jerusalem" */
  city: string;
  /** "Israel Time" */
  name: string;
  /** "GMT+2", now. */
  offset: string;
}

const kept = new Map<string, ZoneChoice[]>();

/** Those of this browser, and `chosen`, which may be of another. */
export function zoneChoices(chosen: string, now: number): ZoneChoice[] {
  const key = `${language.value} ${chosen}`;
  const held = kept.get(key);
  if (held) return held;
  const ids = [...new Set([chosen, ...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort();
  const choices = ids.map((id) => ({ id, city: cityOf(id), name: partOf(id, 'longGeneric', now), offset: partOf(id, 'shortOffset', now) }));
  kept.set(key, choices);
  return choices;
}

/** What fits best first: the name begins with it, then one that has it somewhere. */
export function findZones(typed: string, choices: readonly ZoneChoice[]): ZoneChoice[] {
  const sought = fold(typed);
  if (sought === '') return [...choices];
  const rank = ({ id, city, name, offset }: ZoneChoice): number => {
    if (fold(city).startsWith(sought)) return 0;
    if (fold(name).startsWith(sought) || fold(offset) === sought) return 1;
    return [id, city, name].some((text) => fold(text).includes(sought)) ? 2 : 3;
  };
  return choices
    .map((choice) => ({ choice, rank: rank(choice) }))
    .filter((one) => one.rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .map(({ choice }) => choice);
}

const cityOf = (id: string): string => (id.split('/').at(-1) ?? id).replaceAll('_', ' ');

const fold = (text: string): string =>
  text
    .toLocaleLowerCase()
    .replaceAll('_', ' ')
    .replace(/[\s"״'׳/]+/g, ' ')
    .trim();

function partOf(timeZone: string, timeZoneName: 'longGeneric' | 'shortOffset', now: number): string {
  const parts = new Intl.DateTimeFormat(language.value, { timeZone, timeZoneName }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
