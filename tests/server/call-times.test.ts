import { DateTime } from 'luxon';
import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import type { CallRetry } from '../../shared/callback-rule.ts';
import type { Callback, CallbackTimes } from '../../shared/task.ts';
import { get, type House, openHouse } from '../helpers/house.ts';

interface Shop {
  /** Of the hours; null: there are none. */
  hours: { zone: string; days: { from: number; to: number }[][] } | null;
  inboxZone: string;
  slotMinutes?: number;
  retry?: CallRetry;
}

const everyDay = (from: number, to: number) => Array.from({ length: 7 }, () => [{ from: from * 60, to: to * 60 }]);

/** It is this time on the clock of a shop, on a Wednesday. */
async function openShop({ hours, inboxZone, slotMinutes = 30, retry = 'next-day' }: Shop, zone: string, time: string): Promise<House> {
  const house = await openHouse();
  const callbacks = { ...house.inbox.settings.callbacks, slotMinutes, leadMinutes: 0, retries: [retry] };
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { callbacks, timeZone: inboxZone } });
  if (hours) {
    const rules = { exceptions: [], holidays: [], jewish: null, calendars: [], week: hours.days };
    await house.json('POST', '/api/business-hours', { name: 'Shop', timeZone: hours.zone, inboxIds: [house.inbox.id], ...rules });
  }
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const then = DateTime.now().setZone(zone).plus({ weeks: 1 }).set({ weekday: 3, hour, minute, second: 0, millisecond: 0 });
  house.clockOffsetMs = then.toMillis() - Date.now();
  return house;
}

/** When it is tried again after nobody answered, on the clock there. */
async function triedAgain(house: House, zone: string): Promise<string> {
  const { socket } = await house.visitor();
  const id = nanoid();
  await get(socket, 'callback:request', { id, phone: '050-1234567' });
  const task = await house.json<Callback>('POST', `/api/tasks/${id}/attempts`, { id: nanoid(), outcome: 'no-answer' });
  expect(task.status).toBe('open');
  return DateTime.fromMillis(task.dueAt, { zone }).toFormat('ccc HH:mm');
}

const israel = 'Asia/Jerusalem';
const sydney = 'Australia/Sydney';

test.each([
  { who: 'a clinic that is there day and night', from: 0, to: 24, again: 'Thu 09:00' },
  { who: 'a bakery that opens at six', from: 6, to: 14, again: 'Thu 09:00' },
  { who: 'a restaurant that opens at noon', from: 12, to: 23, again: 'Thu 12:00' },
  { who: 'a market that is over by eight in the morning', from: 4, to: 8, again: 'Thu 04:00' },
])('"the next day" of $who is a decent hour where it can be', async ({ from, to, again }) => {
  const hours = { zone: israel, days: everyDay(from, to) };
  const house = await openShop({ hours, inboxZone: israel }, israel, '07:30');
  expect(await triedAgain(house, israel)).toBe(again);
});

test('whoever was not reached late in the evening is tried again in the morning, where no hours are set', async () => {
  const house = await openShop({ hours: null, inboxZone: israel, retry: 120 }, israel, '21:30');
  expect(await triedAgain(house, israel)).toBe('Thu 09:00');
});

test('whoever was not reached at noon is tried again in the afternoon, where no hours are set', async () => {
  const house = await openShop({ hours: null, inboxZone: israel, retry: 120 }, israel, '12:00');
  expect(await triedAgain(house, israel)).toBe('Wed 14:00');
});

test('"the next day" is the next one where the business is, whatever zone the inbox was left in', async () => {
  const house = await openShop({ hours: { zone: sydney, days: everyDay(8, 18) }, inboxZone: 'UTC' }, sydney, '09:30');
  expect(await triedAgain(house, sydney)).toBe('Thu 09:00');
});

test('times begin on the hour where the business is', async () => {
  const zone = 'Asia/Kolkata';
  const house = await openShop({ hours: { zone, days: everyDay(9, 18) }, inboxZone: 'UTC', slotMinutes: 60 }, zone, '07:00');
  const { socket } = await house.visitor();
  const { slots } = await get<CallbackTimes>(socket, 'callback:times', {});
  expect(DateTime.fromMillis(slots[0] ?? 0, { zone }).toFormat('ccc HH:mm')).toBe('Wed 09:00');
});
