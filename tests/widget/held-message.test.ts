// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { Line } from '../chaos/line.ts';
import { openHouse } from '../helpers/house.ts';
import { screenOf, seen, textsOf, VisitorAtHome, waitingOf } from './visitor-at-home.ts';

/** As the form does it. */
const letGo = (chat: Awaited<ReturnType<VisitorAtHome['arrive']>>, phone: string) => {
  chat.saveDetails({ name: 'Ruth', phone });
  chat.send('where is my order?', { isAfterDetails: true });
  chat.hold({ text: 'where is my order?', values: { name: 'Ruth', phone }, asked: ['name', 'phone'], isSent: true });
};

describe('a first message behind a form', () => {
  test('goes with the details, and the file has them by the time it is read', async () => {
    const house = await openHouse();
    const chat = await new VisitorAtHome(house).arrive();
    letGo(chat, '+972501234567');
    await seen(() => textsOf(chat).length === 1);
    expect(chat.messages.value[0]?.author).toMatchObject({ kind: 'visitor' });
    expect(chat.held.value).toEqual({ asked: ['name', 'phone'] });
    const { items } = await house.json<{ items: { contact: { name: string } }[] }>('GET', '/api/conversations');
    expect(items).toMatchObject([{ contact: { name: 'Ruth' } }]);
  });

  test('comes back to the form with everything in it when the server does not believe a detail', async () => {
    const house = await openHouse();
    const visitor = new VisitorAtHome(house);
    const [chat, otherTab] = [await visitor.arrive(), await visitor.arrive()];
    letGo(chat, '+972 50 12');
    chat.send('and I am in a hurry');
    await seen(() => chat.detailsRefusal.value !== null);
    expect(chat.held.value).toEqual({
      text: 'where is my order?\nand I am in a hurry',
      values: { name: 'Ruth', phone: '+972 50 12' },
      asked: ['name', 'phone'],
      isSent: false,
    });
    expect(screenOf(chat)).toEqual([]);
    await seen(() => otherTab.held.value.isSent === false && screenOf(otherTab).length === 0);

    letGo(chat, '+972 50-123 4567');
    await seen(() => textsOf(chat).length === 1);
    expect(waitingOf(chat)).toEqual([]);
    const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
    expect(items).toMatchObject([{ name: 'Ruth', identities: [{ kind: 'phone', value: '+972501234567' }] }]);
  });

  test('survives a network that drops between the details and the message, and a page that is closed meanwhile', async () => {
    const house = await openHouse();
    const line = await Line.open(Number(new URL(house.url).port));
    try {
      const visitor = new VisitorAtHome(house);
      const tabStorage = memoryStorage();
      const chat = await visitor.arrive({ serverUrl: `${line.url}/`, tabStorage });
      line.isRefusing = true;
      line.cut();
      letGo(chat, '+972501234567');
      expect(waitingOf(chat)).toEqual(['where is my order?']);
      chat.stop();
      const next = visitor.open({ serverUrl: `${line.url}/`, tabStorage });
      expect(waitingOf(next)).toEqual(['where is my order?']);
      expect(next.held.value.isSent).toBe(true);
      line.heal();
      next.start();
      await seen(() => textsOf(next).length === 1 && next.held.value.isSent === undefined);
      const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
      expect(items).toMatchObject([{ name: 'Ruth' }]);
    } finally {
      line.close();
    }
  });

  test('is forgotten with the person who wrote it', async () => {
    const house = await openHouse();
    const chat = await new VisitorAtHome(house).arrive();
    chat.hold({ text: 'not for others', values: { name: 'Ruth' } });
    chat.reset();
    expect(chat.held.value).toEqual({});
  });
});
