import { parentPort, workerData } from 'node:worker_threads';
import ICAL from 'ical.js';

/*
 * The thread that reads one calendar file and ends. A file comes from anywhere: a rule of repetition that never comes true is looked for
 * for ever, and whoever started this thread ends it then; nobody else has to wait.
 */

/**
 * As the file writes it. `at` is the moment where the file says the zone, by name or by rules of its own.
 *
 * @typedef {{ year: number, month: number, day: number, hour: number, minute: number, isDate: boolean, at: number | null }} Stamp
 * @typedef {{ name: string, zone: string, from: Stamp, to: Stamp }} Occurrence
 * @typedef {{ text: string, since: number, until: number, occurrencesMax: number }} Reading
 * @typedef {{ events: Occurrence[][] } | { refusal: string }} ReadFile each event with those of its occurrences that are not over
 */

/** @param {Reading} reading @returns {ReadFile} */
function read({ text, since, until, occurrencesMax }) {
  const calendars = parse(text).filter(({ name }) => name === 'vcalendar');
  if (calendars.length === 0) return { refusal: 'there is no calendar in this file' };
  let left = occurrencesMax;
  const take = () => left-- > 0;
  const events = calendars.flatMap((calendar) => {
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
    const found = relate(calendar.getAllSubcomponents('vevent')).map((event) => expand(event, { since, until, take }));
    ICAL.TimezoneService.reset();
    return found;
  });
  return { events };
}

/** @param {string} text @returns {ICAL.Component[]} one calendar, or several in a row */
function parse(text) {
  const parsed = ICAL.parse(text);
  const parts = /** @type {any[][]} */ (Array.isArray(parsed[0]) ? parsed : [parsed]);
  return parts.map((part) => new ICAL.Component(part));
}

/** What was moved out of a series goes to its series. @param {ICAL.Component[]} components @returns {ICAL.Event[]} */
function relate(components) {
  const uidOf = (/** @type {ICAL.Component} */ component) => component.getFirstPropertyValue('uid');
  const moved = components.filter((component) => component.hasProperty('recurrence-id'));
  const series = components.filter((component) => !component.hasProperty('recurrence-id'));
  const alone = moved.filter((component) => !series.some((other) => uidOf(other) === uidOf(component)));
  return [...series, ...alone].map((component) => {
    const exceptions = moved.filter((other) => other !== component && uidOf(other) === uidOf(component));
    return new ICAL.Event(component, /** @type {any} */ ({ exceptions }));
  });
}

/**
 * @param {ICAL.Event} event
 * @param {{ since: number, until: number, take: () => boolean }} bounds
 * @returns {Occurrence[]}
 */
function expand(event, { since, until, take }) {
  if (!event.startDate || isCancelled(event)) return [];
  const zone = String(event.component.getFirstProperty('dtstart')?.getFirstParameter('tzid') ?? '');
  const toOccurrence = (/** @type {{ startDate: ICAL.Time, endDate: ICAL.Time, item: ICAL.Event }} */ { startDate, endDate, item }) => ({
    name: item.summary ?? '',
    zone,
    from: toStamp(startDate, zone),
    to: toStamp(endDate, zone),
  });
  if (!event.isRecurring()) return [toOccurrence({ startDate: event.startDate, endDate: event.endDate, item: event })];
  const found = [];
  const iterator = event.iterator();
  while (take()) {
    const next = iterator.next();
    if (!next || next.toUnixTime() * 1_000 > until) break;
    const details = event.getOccurrenceDetails(next);
    if (details.endDate.toUnixTime() * 1_000 >= since && !isCancelled(details.item)) found.push(toOccurrence(details));
  }
  return found;
}

/** @param {ICAL.Event} event */
function isCancelled(event) {
  return event.component.getFirstPropertyValue('status') === 'CANCELLED';
}

/** @param {ICAL.Time} time @param {string} zone @returns {Stamp} */
function toStamp(time, zone) {
  const { year, month, day, hour, minute, isDate } = time;
  const isFloating = time.zone === ICAL.Timezone.localTimezone && zone === '';
  return { year, month, day, hour, minute, isDate, at: isDate || isFloating ? null : time.toUnixTime() * 1_000 };
}

parentPort?.postMessage(answer(workerData));

/** @param {Reading} reading @returns {ReadFile} */
function answer(reading) {
  try {
    return read(reading);
  } catch {
    return { refusal: 'this is not a calendar file that can be read' };
  }
}
