import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Contact, Visitor } from '../../shared/contact.ts';
import { firstInboxSettings, type PreChat } from '../../shared/inbox.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House } from '../helpers/house.ts';

const preChat: PreChat = {
  ...firstInboxSettings.preChat,
  name: 'required',
  phone: 'required',
  consent: 'required',
  consentText: { he: 'קראתי ואני מסכימה' },
  fields: [{ key: 'order', label: { en: 'Order' }, kind: 'text', demand: 'required', options: [] }],
};

async function demandDetails(house: House): Promise<void> {
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { preChat } });
}

const firstFile = async (house: House) => (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items[0];

describe.each(databases)('on $name', ({ open }) => {
  test('what a visitor fills in before chatting is in its file, with what it agreed to and when', async () => {
    const house = await open();
    await demandDetails(house);
    const { socket, session } = await house.visitor();
    expect(session.visitor.hasConsented ?? session.visitor.toldFields).toBeUndefined();
    const told = { name: 'רות', phone: '+972 50-123 4567', consent: true, consentText: 'קראתי ואני מסכימה', fields: { order: '10482' } };
    const { visitor } = await get<{ visitor: Visitor }>(socket, 'visitor:identify', told);
    expect(visitor).toMatchObject({ name: 'רות', phone: '+972501234567', hasConsented: true, toldFields: ['order'] });
    const agreedAt = (await firstFile(house))?.consent?.at;
    expect(await firstFile(house)).toMatchObject({
      fields: { order: '10482' },
      consent: { at: expect.any(Number), text: 'קראתי ואני מסכימה' },
    });

    house.clockOffsetMs = 60_000;
    await get(socket, 'visitor:identify', { consent: true, consentText: 'קראתי ואני מסכימה' });
    expect((await firstFile(house))?.consent?.at, 'the same words again change nothing').toBe(agreedAt);
    await get(socket, 'visitor:identify', { consent: true, consentText: 'a newer text' });
    expect((await firstFile(house))?.consent).toMatchObject({ text: 'a newer text' });
    expect((await firstFile(house))?.consent?.at).toBeGreaterThan(agreedAt ?? 0);
  });

  test('a visitor is told which of the questions it has answered, and nothing else of what is in its file', async () => {
    const house = await open();
    await demandDetails(house);
    const { socket, session } = await house.visitor();
    await get(socket, 'visitor:identify', { name: 'Ruth', fields: { order: '7', creditRisk: 'high' } });
    const back = await house.visitor({ token: session.token });
    expect(back.session.visitor.toldFields).toEqual(['order']);
    expect(JSON.stringify(back.session)).not.toContain('creditRisk');
  });

  test('a phone that is none is refused by its name, and leaves the file as it was', async () => {
    const house = await open();
    const { socket } = await house.visitor();
    const reply = await ask(socket, 'visitor:identify', { name: 'Ruth', phone: '+972 50 12' });
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid', field: 'phone' } });
    expect(await firstFile(house)).toBeUndefined();
  });

  test('words that come without the details that the inbox asks for are taken all the same', async () => {
    const house = await open();
    await demandDetails(house);
    const { socket } = await house.visitor();
    expect(await ask(socket, 'message:post', { id: nanoid(), text: 'I say nothing of myself' })).toMatchObject({ ok: true });
  });
});
