import { describe, expect, test } from 'vitest';
import type {
  BusinessHours,
  CalendarReading,
  HolidayCountry,
  HoursPreview,
  HoursRules,
  PublicHoliday,
  ShabbatCity,
} from '../../shared/business-hours.ts';
import { makeTeam } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, openHouse } from '../helpers/house.ts';

const nineToSix = [{ from: 540, to: 1_080 }];
const office: HoursRules = {
  name: 'שעות המשרד',
  timeZone: 'Asia/Jerusalem',
  week: [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [{ from: 540, to: 780 }], []],
  exceptions: [],
  holidays: [],
  jewish: null,
  calendars: [],
};

/** The server's clock shows this moment, and goes on. */
function turnClock(house: House, moment: string): void {
  house.clockOffsetMs = Date.parse(moment) - Date.now();
}

async function hoursOf(house: House): Promise<BusinessHours[]> {
  return (await house.json<{ items: BusinessHours[] }>('GET', '/api/business-hours')).items;
}

describe.each(databases)('on $name', ({ open }) => {
  test('hours that an administrator sets are everybody’s to read, say when they open next, and outlast a restart', async () => {
    const house = await open();
    turnClock(house, '2026-11-27T14:00:00+02:00');
    const made = await house.json<BusinessHours>('POST', '/api/business-hours', { ...office, inboxIds: [house.inbox.id] });
    expect(made).toMatchObject({ ...office, version: 1, inboxIds: [house.inbox.id], teamIds: [] });
    expect(made.now).toEqual({ isOpen: false, opensAt: Date.parse('2026-11-29T09:00:00+02:00'), closesAt: null });
    await house.stop();
    await house.start();
    turnClock(house, '2026-11-29T09:00:00+02:00');
    const rina = await house.hire('Rina');
    const { items } = await house.json<{ items: BusinessHours[] }>('GET', '/api/business-hours', undefined, { cookie: rina.cookie });
    expect(items[0]?.now).toEqual({ isOpen: true, opensAt: null, closesAt: Date.parse('2026-11-29T18:00:00+02:00') });
    const refused = await house.call('PATCH', `/api/business-hours/${made.id}`, { version: 1, name: 'x' }, { cookie: rina.cookie });
    expect(refused.status).toBe(403);
  });

  test('of two administrators who save at once one is told that the other was first', async () => {
    const house = await open();
    const { id } = await house.json<BusinessHours>('POST', '/api/business-hours', office);
    const replies = await Promise.all(['One', 'Two'].map((name) => house.call('PATCH', `/api/business-hours/${id}`, { version: 1, name })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = replies.find(({ status }) => status === 409);
    expect(await loser?.json()).toMatchObject({ code: 'conflict', field: 'version' });
    expect((await hoursOf(house))[0]).toMatchObject({ version: 2, week: office.week });
  });

  test('an inbox or team has one set of hours: given to another it moves, and whoever looked at the first is told so', async () => {
    const house = await open();
    const team = await makeTeam(house, 'שירות');
    const places = { inboxIds: [house.inbox.id], teamIds: [team.id] };
    const first = await house.json<BusinessHours>('POST', '/api/business-hours', { ...office, ...places });
    const second = await house.json<BusinessHours>('POST', '/api/business-hours', { ...office, name: 'Second', teamIds: [team.id] });
    expect(await hoursOf(house)).toMatchObject([
      { id: first.id, version: 2, inboxIds: [house.inbox.id], teamIds: [] },
      { id: second.id, version: 1, inboxIds: [], teamIds: [team.id] },
    ]);
    expect((await house.call('PATCH', `/api/business-hours/${first.id}`, { version: 1, ...places })).status).toBe(409);
    await house.json('PATCH', `/api/business-hours/${first.id}`, { version: 2, inboxIds: [] });
    expect(await hoursOf(house)).toMatchObject([{ inboxIds: [], version: 3 }, { teamIds: [team.id] }]);
    expect((await house.call('PATCH', `/api/business-hours/${first.id}`, { version: 3, teamIds: ['x'.repeat(21)] })).status).toBe(404);
    expect(await hoursOf(house)).toMatchObject([{ version: 3 }, {}]);
  });

  test('a team, an inbox and hours that go leave nothing behind', async () => {
    const house = await open();
    const team = await makeTeam(house, 'שירות');
    const inbox = await house.json<{ id: string }>('POST', '/api/inboxes', { name: 'Second' });
    const hours = await house.json<BusinessHours>('POST', '/api/business-hours', { ...office, inboxIds: [inbox.id], teamIds: [team.id] });
    await house.call('DELETE', `/api/teams/${team.id}`);
    await house.call('DELETE', `/api/inboxes/${inbox.id}`);
    expect(await hoursOf(house)).toMatchObject([{ inboxIds: [], teamIds: [] }]);
    expect((await house.call('DELETE', `/api/business-hours/${hours.id}`)).status).toBe(204);
    expect((await house.call('DELETE', `/api/business-hours/${hours.id}`)).status).toBe(404);
    expect(await hoursOf(house)).toEqual([]);
  });
});

describe('before saving', () => {
  test('an administrator sees the next days one by one, and what makes them unusual', async () => {
    const house = await openHouse();
    const hours: HoursRules = {
      ...office,
      exceptions: [{ id: 'party', name: 'יום כיף', from: '2027-04-20', to: '2027-04-20', spans: [{ from: 600, to: 720 }] }],
      holidays: [{ country: 'IL', region: null, off: [] }],
      jewish: { isDiaspora: false, days: {}, shortUntil: 780, shabbat: { city: 'tel-aviv', beginsBefore: 20, endsAfter: 40 } },
    };
    const asked = { hours, from: '2027-03-25', days: 60 };
    const { days } = await house.json<HoursPreview>('POST', '/api/business-hours/preview', asked);
    expect(days).toHaveLength(60);
    const dayOf = (date: string) => days.find((day) => day.date === date);
    const local = (time: string) => Date.parse(`${time}+03:00`);
    // Clocks go forward in Israel on the Friday before.
    expect(dayOf('2027-03-26')).toMatchObject({
      spans: [{ from: local('2027-03-26T09:00'), to: local('2027-03-26T13:00') }],
      marks: [
        { kind: 'shabbat', isDeciding: false, name: { en: 'Shabbat begins at 18:36' } },
        { kind: 'clock-change', isDeciding: false, name: { en: 'Clocks go forward by 60 minutes' } },
      ],
    });
    // The eve of Passover, and Passover itself.
    expect(dayOf('2027-04-21')).toMatchObject({
      spans: [{ from: local('2027-04-21T09:00'), to: local('2027-04-21T13:00') }],
      marks: [{ kind: 'jewish', isDeciding: true, name: { en: 'Passover Eve', he: 'ערב פסח' } }, { kind: 'shabbat' }],
    });
    expect(dayOf('2027-04-22')).toMatchObject({
      spans: [],
      marks: [{ kind: 'holiday', isDeciding: true }, { kind: 'jewish' }, { kind: 'shabbat' }],
    });
    expect(dayOf('2027-04-20')).toMatchObject({
      spans: [{ from: local('2027-04-20T10:00'), to: local('2027-04-20T12:00') }],
      marks: [{ kind: 'exception', isDeciding: true, name: { he: 'יום כיף' } }],
    });
  });

  test('countries, their holidays and the cities of Shabbat are there to choose from', async () => {
    const house = await openHouse();
    const countries = (await house.json<{ items: HolidayCountry[] }>('GET', '/api/business-hours/countries')).items;
    expect(countries.length).toBeGreaterThan(190);
    expect(countries.find(({ code }) => code === 'DE')?.regions).toContainEqual({ code: 'BY', name: 'Bayern' });
    const holidays = async (query: string) =>
      (await house.json<{ items: PublicHoliday[] }>('GET', `/api/business-hours/holidays?${query}`)).items;
    expect(await holidays('country=IL&year=2026')).toContainEqual({
      id: '10 Tishrei',
      name: { he: 'יום כיפור', en: 'Day of Atonement (Yom Kippur)' },
      from: '2026-09-21',
      to: '2026-09-21',
    });
    const bavaria = await holidays('country=DE&region=BY&year=2026');
    expect(bavaria.map(({ from }) => from)).toContain('2026-06-04');
    expect((await holidays('country=DE&year=2026')).map(({ from }) => from)).not.toContain('2026-06-04');
    expect((await holidays('country=SA&year=2026')).find(({ id }) => id.includes('Ramadan'))).toMatchObject({ to: '2026-03-22' });
    const cities = (await house.json<{ items: ShabbatCity[] }>('GET', '/api/business-hours/cities')).items;
    expect(cities[0]).toEqual({ id: 'jerusalem', name: { he: 'ירושלים', en: 'Jerusalem' }, beginsBefore: 40, endsAfter: 40 });
    expect(new Set(cities.map(({ id }) => id)).size).toBe(cities.length);
  });

  test('a calendar file becomes dated days, and what is no calendar is refused with a sentence', async () => {
    const house = await openHouse();
    turnClock(house, '2026-11-22T10:00:00Z');
    const text = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART;VALUE=DATE:20261224',
      'DTEND;VALUE=DATE:20261227',
      'SUMMARY:חג המולד',
    ]
      .concat(['END:VEVENT', 'END:VCALENDAR'])
      .join('\r\n');
    const read = await house.json<CalendarReading>('POST', '/api/business-hours/calendar', {
      text,
      timeZone: 'Asia/Jerusalem',
    });
    expect(read).toEqual({ days: [{ id: '1', name: 'חג המולד', from: '2026-12-24', to: '2026-12-26', spans: [] }], skipped: 0, cut: 0 });
    const made = await house.json<BusinessHours>('POST', '/api/business-hours', {
      ...office,
      calendars: [{ id: 'a', name: 'holidays.ics', days: read.days }],
    });
    expect(made.calendars[0]?.days).toEqual(read.days);
    const refused = await house.call('POST', '/api/business-hours/calendar', { text: 'Dear Sir,', timeZone: 'UTC' });
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'invalid', field: 'text' }]);
  });
});

test('calendars of as many days as the form takes can be read and saved by who manages settings, and by nobody else', async () => {
  const house = await openHouse();
  const dates = Array.from({ length: 1_000 }, (_, at) => new Date(Date.UTC(2027, 0, 1 + 2 * at)).toISOString().slice(0, 10));
  const days = dates.map((date, at) => ({ id: String(at), name: `יום ${at} ${'ש'.repeat(60)}`, from: date, to: date, spans: [] }));
  const calendars = Array.from({ length: 10 }, (_, at) => ({ id: String(at), name: `לוח ${at}`, days }));
  const hours = { ...office, calendars };
  expect(JSON.stringify(hours).length).toBeGreaterThan(1_000_000);
  const { id } = await house.json<BusinessHours>('POST', '/api/business-hours', hours);
  expect((await hoursOf(house)).find((one) => one.id === id)?.calendars[9]?.days).toHaveLength(1_000);
  await house.json('POST', '/api/business-hours/preview', { hours });
  const text = `BEGIN:VCALENDAR\r\nX-NOTE:${'ש'.repeat(199_000)}\r\nEND:VCALENDAR`;
  expect(await house.json('POST', '/api/business-hours/calendar', { text, timeZone: 'Asia/Jerusalem' })).toMatchObject({
    days: [],
    cut: 0,
  });
  const noa = { cookie: (await house.hire('Noa')).cookie };
  expect((await house.call('POST', '/api/business-hours', hours, noa)).status).toBe(413);
  expect((await house.call('POST', '/api/canned-responses', hours)).status).toBe(413);
});
