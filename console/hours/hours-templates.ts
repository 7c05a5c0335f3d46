/** What new hours begin with. Nothing is kept before the first save. */
import type { HoursSpan } from '../../shared/business-hours.ts';
import { t } from '../texts/texts.ts';
import type { HoursDraft } from './hours-draft.ts';

export const hoursTemplates = ['israel', 'weekdays', 'always'] as const;
export type HoursTemplate = (typeof hoursTemplates)[number];

const ISRAEL = 'Asia/Jerusalem';
const hours = (from: number, to: number): HoursSpan[] => [{ from: from * 60, to: to * 60 }];

export function fromTemplate(template: HoursTemplate): HoursDraft {
  const draft: HoursDraft = {
    name: t(`hours.template.${template}.name`),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: Array.from({ length: 7 }, () => hours(0, 24)),
    exceptions: [],
    holidays: [],
    jewish: null,
    calendars: [],
    inboxIds: [],
    teamIds: [],
  };
  if (template === 'weekdays') return { ...draft, week: draft.week.map((_, day) => (day > 0 && day < 6 ? hours(9, 17) : [])) };
  if (template === 'always') return draft;
  return {
    ...draft,
    timeZone: ISRAEL,
    week: draft.week.map((_, day) => (day < 5 ? hours(9, 18) : day === 5 ? hours(9, 13) : [])),
    jewish: { isDiaspora: false, days: {}, shortUntil: 13 * 60, shabbat: null },
  };
}

/** The same rules, without the places: each has one schedule at most. */
export function copyOf(draft: HoursDraft): HoursDraft {
  return {
    ...draft,
    name: t('hours.copyName', { name: draft.name })
      .replace(/[\u2068\u2069]/g, '')
      .slice(0, 80),
    inboxIds: [],
    teamIds: [],
  };
}
