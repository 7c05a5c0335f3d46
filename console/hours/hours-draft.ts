import type { BusinessHours, HoursCreateRequest, HoursPatch, HoursRules } from '../../shared/business-hours.ts';
import { mergeChanges } from '../editing/merge-changes.ts';
import { tidySpans } from './typed-time.ts';

/** All that the form changes, in one level: each key is saved, compared and fought over by itself. */
export type HoursDraft = HoursCreateRequest;
export type HoursSubject = keyof HoursDraft;

export function draftOf({ id: _, version: __, now: ___, ...draft }: BusinessHours): HoursDraft {
  return draft;
}

export function rulesOf({ inboxIds: _, teamIds: __, ...rules }: HoursDraft): HoursRules {
  return rules;
}

/** As it is saved: times and days in order, what touches joined. */
export function tidyDraft(draft: HoursDraft): HoursDraft {
  return {
    ...draft,
    name: draft.name.trim(),
    week: draft.week.map(tidySpans),
    exceptions: draft.exceptions
      .map((exception) => ({ ...exception, name: exception.name.trim(), spans: tidySpans(exception.spans) }))
      .sort((one, other) => one.from.localeCompare(other.from)),
  };
}

export function patchOf(changed: Partial<HoursDraft>, version: number): HoursPatch {
  return { ...changed, version };
}

/** Two people changed the same subject: days, dates, countries and places are each a thing of its own. */
export function mergeSubject<Subject extends HoursSubject>(
  subject: Subject,
  was: HoursDraft,
  [mine, theirs]: readonly [HoursDraft, HoursDraft],
) {
  const { value, hasClash } = mergeChanges(keyed(subject, was), keyed(subject, mine), keyed(subject, theirs));
  return { value: listed(subject, value) as HoursDraft[Subject], hasClash };
}

function keyed(subject: HoursSubject, draft: HoursDraft): unknown {
  const value = draft[subject];
  return Array.isArray(value) ? Object.fromEntries(value.map((entry, place) => [keyOf(subject, entry, place), entry])) : value;
}

function keyOf(subject: HoursSubject, entry: unknown, place: number): string {
  if (subject === 'week') return String(place);
  if (subject === 'inboxIds' || subject === 'teamIds') return String(entry);
  const { id, country, region } = entry as { id?: string; country?: string; region?: string };
  return id ?? `${country} ${region}`;
}

function listed(subject: HoursSubject, value: unknown): unknown {
  const isList = subject !== 'name' && subject !== 'timeZone' && subject !== 'jewish';
  return isList ? Object.values(value as object) : value;
}
