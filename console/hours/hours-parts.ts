/** The parts of the form, and which part each subject stands in. */
import { language, t } from '../texts/texts.ts';
import type { IconName } from '../ui/icon-drawings.ts';
import type { HoursSubject } from './hours-draft.ts';

export const hoursParts = ['week', 'dates', 'holidays', 'jewish', 'places'] as const;
export type HoursPart = (typeof hoursParts)[number];

export const hoursPartIcons: Record<HoursPart, IconName> = {
  week: 'clock',
  dates: 'calendar',
  holidays: 'globe',
  jewish: 'moon',
  places: 'inbox',
};

const places: Record<HoursSubject, HoursPart> = {
  name: 'week',
  timeZone: 'week',
  week: 'week',
  exceptions: 'dates',
  calendars: 'dates',
  holidays: 'holidays',
  jewish: 'jewish',
  inboxIds: 'places',
  teamIds: 'places',
};

export const hoursPartOf = (subject: string): HoursPart | undefined => places[subject as HoursSubject];

/** "The week and Holidays" */
export function hoursPartNames(subjects: readonly HoursSubject[]): string {
  const names = [...new Set(subjects.map((subject) => t(`hours.part.${places[subject]}`)))];
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(names);
}
