import { describe, expect, test } from 'vitest';
import { readCalendar } from '../../server/hours/calendar-file.ts';
import { AppError } from '../../shared/errors.ts';

const now = Date.parse('2026-11-22T10:00:00Z');

function calendar(...events: string[][]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']), 'END:VCALENDAR'].join(
    '\r\n',
  );
}

/** As an administrator in Israel reads it. */
function read(...events: string[][]) {
  return readCalendar(calendar(...events), 'Asia/Jerusalem', now);
}

describe('a calendar file', () => {
  test('closes the days of its events, the last of which iCal does not count', async () => {
    expect((await read(['UID:1', 'SUMMARY:Christmas', 'DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'])).days).toEqual([
      { id: '1', name: 'Christmas', from: '2026-12-24', to: '2026-12-26', spans: [] },
    ]);
    expect((await read(['UID:1', 'SUMMARY:One day', 'DTSTART;VALUE=DATE:20261224'])).days).toMatchObject([
      { from: '2026-12-24', to: '2026-12-24' },
    ]);
  });

  test('opens the hours of an event with times, told in the zone of the business', async () => {
    const { days } = await read(
      ['UID:1', 'SUMMARY:Short day', 'DTSTART:20261224T070000Z', 'DTEND:20261224T110000Z'],
      ['UID:2', 'SUMMARY:In New York', 'DTSTART;TZID=America/New_York:20261225T080000', 'DTEND;TZID=America/New_York:20261225T100000'],
      ['UID:3', 'SUMMARY:Wherever we are', 'DTSTART:20261228T090000', 'DURATION:PT3H'],
      ['UID:4', 'SUMMARY:And again', 'DTSTART:20261228T160000', 'DTEND:20261228T180000'],
      ['UID:5', 'SUMMARY:Long night', 'DTSTART:20261231T200000', 'DTEND:20270101T020000'],
    );
    expect(days.map(({ from, to, spans }) => ({ from, to, spans }))).toEqual([
      { from: '2026-12-24', to: '2026-12-24', spans: [{ from: 540, to: 780 }] },
      { from: '2026-12-25', to: '2026-12-25', spans: [{ from: 900, to: 1_020 }] },
      {
        from: '2026-12-28',
        to: '2026-12-28',
        spans: [
          { from: 540, to: 720 },
          { from: 960, to: 1_080 },
        ],
      },
      { from: '2026-12-31', to: '2026-12-31', spans: [{ from: 1_200, to: 1_560 }] },
    ]);
  });

  test('takes a zone that only the file knows from the file', async () => {
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Israel Standard Time', 'BEGIN:STANDARD', 'DTSTART:16010101T000000']
      .concat(['TZOFFSETFROM:+0300', 'TZOFFSETTO:+0300', 'END:STANDARD', 'END:VTIMEZONE'])
      .join('\r\n');
    const event = ['BEGIN:VEVENT', 'UID:1', 'DTSTART;TZID=Israel Standard Time:20261224T120000']
      .concat(['DTEND;TZID=Israel Standard Time:20261224T130000', 'END:VEVENT'])
      .join('\r\n');
    const text = `BEGIN:VCALENDAR\r\n${zone}\r\n${event}\r\nEND:VCALENDAR`;
    expect((await readCalendar(text, 'UTC', now)).days).toMatchObject([{ from: '2026-12-24', spans: [{ from: 540, to: 600 }] }]);
    expect((await readCalendar(text, 'Asia/Jerusalem', now)).days).toMatchObject([{ from: '2026-12-24', spans: [{ from: 660, to: 720 }] }]);
  });

  test('is written out as far as it repeats, with what was moved or called off', async () => {
    const { days } = await read(
      ['UID:1', 'SUMMARY:Every year', 'DTSTART;VALUE=DATE:20200301', 'RRULE:FREQ=YEARLY'],
      ['UID:2', 'SUMMARY:Stocktaking', 'DTSTART;VALUE=DATE:20261201', 'RRULE:FREQ=MONTHLY;COUNT=4', 'EXDATE;VALUE=DATE:20270101'],
      ['UID:2', 'SUMMARY:Later', 'RECURRENCE-ID;VALUE=DATE:20270201', 'DTSTART;VALUE=DATE:20270203'],
      ['UID:3', 'SUMMARY:Called off', 'STATUS:CANCELLED', 'DTSTART;VALUE=DATE:20261210'],
      ['UID:4', 'SUMMARY:Twice', 'DTSTART;VALUE=DATE:20261211', 'RRULE:FREQ=DAILY;COUNT=2'],
      ['UID:4', 'STATUS:CANCELLED', 'RECURRENCE-ID;VALUE=DATE:20261212', 'DTSTART;VALUE=DATE:20261212'],
    );
    expect(days.map(({ name, from }) => `${from} ${name}`)).toEqual([
      '2026-12-01 Stocktaking',
      '2026-12-11 Twice',
      '2027-02-03 Later',
      '2027-03-01 Every year',
      '2027-03-01 Stocktaking',
      '2028-03-01 Every year',
      '2029-03-01 Every year',
    ]);
  });

  test('says how many of its events say nothing of days to come', async () => {
    const reading = await read(
      ['UID:1', 'SUMMARY:Long ago', 'DTSTART;VALUE=DATE:20200101'],
      ['UID:2', 'SUMMARY:No day'],
      ['UID:3', 'SUMMARY:Today', 'DTSTART;VALUE=DATE:20261122'],
      ['UID:4', 'SUMMARY:Company trip', 'DTSTART:20261124T080000', 'DTEND:20261125T170000'],
    );
    expect(reading.skipped).toBe(2);
    expect(reading.days).toMatchObject([
      { name: 'Today', from: '2026-11-22', to: '2026-11-22', spans: [] },
      { name: 'Company trip', from: '2026-11-24', to: '2026-11-25', spans: [] },
    ]);
  });

  test('keeps names to one line of a name’s length', async () => {
    const { days } = await read(
      ['UID:1', `SUMMARY:${'א'.repeat(200)}`, 'DTSTART;VALUE=DATE:20261224'],
      ['UID:2', 'SUMMARY:two\\nlines', 'DTSTART;VALUE=DATE:20261225'],
      ['UID:3', 'DTSTART;VALUE=DATE:20261226'],
    );
    expect(days.map(({ name }) => name)).toEqual(['א'.repeat(40), 'two lines', '—']);
  });
});

describe('a long calendar file', () => {
  const day = (at: number) => new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10).replaceAll('-', '');
  const closed = (at: number, name: string) => [`UID:${at}-${name}`, `SUMMARY:${name}`, `DTSTART;VALUE=DATE:${day(at)}`];

  test('joins days that follow each other and say the same, and no others', async () => {
    const { days } = await read(
      ...[0, 1, 2].map((at) => closed(at, 'Stocktaking')),
      closed(3, 'Trip'),
      ...[5, 6, 7].map((at) => closed(at, 'Sale')),
      // On this one somebody is there after all.
      ['UID:open', 'SUMMARY:Open', 'DTSTART:20270107T090000', 'DTEND:20270107T120000'],
    );
    expect(days.map(({ id, name, from, to }) => `${id} ${name} ${from} ${to}`)).toEqual([
      '1 Stocktaking 2027-01-01 2027-01-03',
      '2 Trip 2027-01-04 2027-01-04',
      '3 Sale 2027-01-06 2027-01-06',
      '4 Open 2027-01-07 2027-01-07',
      '5 Sale 2027-01-07 2027-01-07',
      '6 Sale 2027-01-08 2027-01-08',
    ]);
  });

  test('says how many days it could not take', async () => {
    const { days, skipped, cut } = await read(...Array.from({ length: 1_003 }, (_, at) => closed(at, `Day ${at}`)));
    expect({ days: days.length, skipped, cut, last: days.at(-1)?.name }).toEqual({ days: 1_000, skipped: 0, cut: 3, last: 'Day 999' });
  });
});

describe('whoever sends a file that is none', () => {
  test.each([
    ['', 'nothing'],
    ['Dear Sir or Madam', 'a letter'],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT', 'half a file'],
    ['BEGIN:VCARD\r\nEND:VCARD', 'an address'],
    ['{"calendar": true}', 'something else'],
    [calendar(['UID:1', 'DTSTART:sometime']), 'an event at no time'],
    [calendar(['UID:1', 'DTSTART;VALUE=DATE:20261399', 'RRULE:FREQ=NEVER']), 'a rule that is none'],
  ])('is told so in a sentence, or nothing is taken from it (%#: %s)', async (text) => {
    try {
      expect((await readCalendar(text, 'UTC', now)).days).toEqual([]);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'invalid', field: 'text' });
    }
  });

  test.each([
    ['RRULE:FREQ=SECONDLY', 'DTSTART:19700101T000000Z'],
    ['RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'DTSTART;VALUE=DATE:20260101'],
    ['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', 'DTSTART;VALUE=DATE:20260101'],
    ['RRULE:FREQ=MINUTELY;BYMONTH=13;BYYEARDAY=-366', 'DTSTART:00010101T000000'],
    ['RRULE:FREQ=MONTHLY;BYDAY=6MO;BYSETPOS=-1', 'DTSTART;VALUE=DATE:20260101'],
  ])('holds nobody up: %s', async (rule, start) => {
    const before = performance.now();
    try {
      const { days } = await readCalendar(calendar(...Array.from({ length: 50 }, (_, at) => [`UID:${at}`, start, rule])), 'UTC', now);
      expect(days.length).toBeLessThanOrEqual(1_000);
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid', field: 'text' });
    }
    expect(performance.now() - before).toBeLessThan(8_000);
  });
});
