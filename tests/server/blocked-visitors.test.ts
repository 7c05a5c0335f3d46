import { nanoid } from 'nanoid';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BlockedContact } from '../../shared/block.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { OpenedConversation } from '../../shared/events.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';

const HOUR_MS = 60 * 60 * 1_000;

/** Set by the scene that is played: the same on each database. */
let openHouse: () => Promise<House>;

async function openShop() {
  const house = await openHouse();
  const troll = await writeIn(house, 'שטויות');
  const dana = (await house.agent()).socket;
  const { contact } = await get<OpenedConversation>(dana, 'conversation:open', { conversationId: troll.conversationId });
  return { house, troll, dana, contactId: contact.id };
}

const block = (house: House, contactId: string, lasts = 'day') =>
  house.json<Contact>('POST', `/api/contacts/${contactId}/block`, { lasts });
const listBlocked = async (house: House) => (await house.json<{ items: BlockedContact[] }>('GET', '/api/blocked-visitors')).items;

async function write(socket: Parameters<typeof ask>[0], text = 'עוד שטויות'): Promise<'ok' | ErrorCode> {
  const reply = await ask<unknown>(socket, 'message:post', { id: nanoid(), text });
  return reply.ok ? 'ok' : reply.error.code;
}

describe.each(databases)('on $name', ({ open }) => {
  beforeEach(() => {
    openHouse = open;
  });

  describe('a visitor who is blocked', () => {
    it('has nothing taken any more, and can read what is there', async () => {
      const { house, troll, dana, contactId } = await openShop();
      const changed = nextFact<Contact>(dana, 'contact:changed');
      expect(await block(house, contactId)).toMatchObject({ blocked: { until: expect.any(Number) } });
      expect(await changed).toMatchObject({ id: contactId, blocked: {} });
      const heard = hear(dana, 'typing:changed');
      const refused: [string, object][] = [
        ['message:post', { id: nanoid(), text: 'x' }],
        ['typing:set', { conversationId: troll.conversationId, text: 'x' }],
        ['visitor:identify', { name: 'Ruth' }],
        ['callback:request', { id: nanoid(), phone: '050-123-4567' }],
        ['conversation:rate', { conversationId: troll.conversationId, score: 1 }],
        ['page:view', { url: 'https://shop.example/' }],
      ];
      for (const [event, payload] of refused) {
        const reply = await ask<unknown>(troll.socket, event, payload);
        expect([event, reply.ok || reply.error.code]).toEqual([event, 'forbidden']);
      }
      expect(await ask(troll.socket, 'message:list', { conversationId: troll.conversationId })).toMatchObject({ ok: true });
      const again = await house.visitor({ token: troll.token });
      expect(again.session.messages).toHaveLength(1);
      expect(await write(again.socket)).toBe('forbidden');
      const form = new FormData();
      form.set('file', new Blob(['x']), 'x.txt');
      const upload = await fetch(`${house.url}/api/widget/${house.inbox.key}/attachments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${troll.token}` },
        body: form,
      });
      expect(upload.status).toBe(403);
      expect(await ask(troll.socket, 'data:export', {})).toMatchObject({ ok: true });
      expect(heard).toEqual([]);
    });

    it('is no matter to others, and may write again when the day is over or somebody lets them in', async () => {
      const { house, troll, contactId } = await openShop();
      const ruth = await writeIn(house, 'שלום');
      await block(house, contactId);
      expect(await write(ruth.socket)).toBe('ok');
      expect(await write(troll.socket)).toBe('forbidden');
      expect(await listBlocked(house)).toMatchObject([{ by: 'Dana', contact: { id: contactId } }]);
      house.clockOffsetMs = 25 * 60 * 60 * 1_000;
      expect(await listBlocked(house)).toEqual([]);
      expect(await write(troll.socket)).toBe('ok');
      await block(house, contactId, 'forever');
      expect(await write(troll.socket)).toBe('forbidden');
      expect(await house.json<Contact>('DELETE', `/api/contacts/${contactId}/block`)).not.toHaveProperty('blocked');
      expect(await write(troll.socket)).toBe('ok');
    });

    it('stays blocked over a restart of the server', async () => {
      const { house, troll, contactId } = await openShop();
      await block(house, contactId, 'week');
      await house.stop();
      await house.start();
      const again = await house.visitor({ token: troll.token });
      expect(await write(again.socket)).toBe('forbidden');
    });

    it('does not come back by another browser in which the site knows them, or by signing in', async () => {
      const { house, troll, contactId } = await openShop();
      await block(house, contactId, 'forever');
      const identity = await (await openSigningSite(house, 'HS256')).sign({ sub: 'customer-7' });
      const signed = await house.visitor({ token: troll.token, identity });
      expect(await write(signed.socket)).toBe('forbidden');
      const phone = await house.visitor({ identity });
      expect(await write(phone.socket)).toBe('forbidden');
    });
  });

  describe('a visitor who was blocked under two names and signs in', () => {
    it.each([
      { known: 'day', stranger: 'forever', hoursBetween: 0 },
      { known: 'forever', stranger: 'day', hoursBetween: 0 },
      { known: 'day', stranger: 'week', hoursBetween: 25 },
    ])('stays out until the later block ends: %o', async ({ known, stranger, hoursBetween }) => {
      const { house, troll, contactId } = await openShop();
      const site = await openSigningSite(house, 'HS256');
      const sign = () => site.sign({ sub: 'customer-7', exp: Math.floor((Date.now() + house.clockOffsetMs) / 1_000) + 3_600 });
      const phone = await house.visitor({ identity: await sign() });
      await get(phone.socket, 'message:post', { id: nanoid(), text: 'שלום' });
      const file = (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items.find(({ id }) => id !== contactId);
      await block(house, file?.id ?? '', known);
      house.clockOffsetMs = hoursBetween * HOUR_MS;
      await block(house, contactId, stranger);
      const signed = await house.visitor({ token: troll.token, identity: await sign() });

      house.clockOffsetMs += 26 * HOUR_MS;
      const [blocked] = await listBlocked(house);
      expect(blocked?.contact.id).toBe(file?.id);
      for (const { socket } of [phone, signed]) expect(await write(socket)).toBe('forbidden');
      await house.stop();
      await house.start();
      for (const token of [phone.session.token, troll.token])
        expect(await write((await house.visitor({ token })).socket)).toBe('forbidden');

      house.clockOffsetMs = 9 * 24 * HOUR_MS;
      const again = await house.visitor({ token: troll.token });
      expect(await write(again.socket)).toBe([known, stranger].includes('forever') ? 'forbidden' : 'ok');
      await house.json<Contact>('DELETE', `/api/contacts/${file?.id}/block`);
      expect(await write(again.socket)).toBe('ok');
    });
  });

  describe('who may block', () => {
    it('is in the role', async () => {
      const { house, contactId } = await openShop();
      const role = await makeRole(house, 'no blocks', ['conversations:view-all', 'contacts:view']);
      const [omar, noa] = [await house.hire('Omar', role.id), await house.hire('Noa')];
      const by = (cookie: string) => house.call('POST', `/api/contacts/${contactId}/block`, { lasts: 'day' }, { cookie });
      expect((await by(omar.cookie)).status).toBe(403);
      expect((await by(noa.cookie)).status).toBe(200);
    });
  });
});
