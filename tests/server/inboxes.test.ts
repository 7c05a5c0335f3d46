import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Inbox, WidgetSettings } from '../../shared/inbox.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House, openHouse } from '../helpers/house.ts';

const field = { key: 'order', label: { he: 'מספר הזמנה' }, kind: 'text', demand: 'optional', options: [] };
const preChat = { name: 'hidden', phone: 'required', email: 'hidden', consent: 'hidden', consentText: {}, fields: [field] };
const invitation = { id: 'a', isOn: true, text: { he: 'אפשר לעזור?' } };

const change = (house: House, body: unknown, headers?: Record<string, string>) =>
  house.call('PATCH', `/api/inboxes/${house.inbox.id}`, body, headers);
const refusal = async (response: Response) => {
  const { code, field } = (await response.json()) as { code: string; field?: string };
  return { status: response.status, code, field };
};
const widgetSettings = (house: House, key = house.inbox.key) => house.json<WidgetSettings>('GET', `/api/widget/${key}`);

describe('an administrator who sets the widget up', () => {
  test('meets her settings in the widget, without what is empty, unknown or switched off', async () => {
    const house = await openHouse();
    const settings = {
      greeting: { he: 'ברוכים הבאים', en: '  ' },
      preChat,
      invitations: [invitation, { ...invitation, id: 'b', isOn: false }],
      texts: {
        he: { send: 'שגר', openChat: 'דברו איתנו', noSuchText: 'x', welcome: ' ' },
        en: { noSuchText: 'x' },
      },
    };
    const saved = await house.json<Inbox>('PATCH', `/api/inboxes/${house.inbox.id}`, { settings });
    expect(saved.settings.texts).toEqual({ he: { send: 'שגר', openChat: 'דברו איתנו', noSuchText: 'x' }, en: { noSuchText: 'x' } });
    const shown = await widgetSettings(house);
    expect(shown).toMatchObject({ greeting: { he: 'ברוכים הבאים' }, preChat, labels: { he: 'דברו איתנו', en: 'Open chat' } });
    expect(shown.greeting).not.toHaveProperty('en');
    expect(shown.texts).toEqual({ he: { send: 'שגר', openChat: 'דברו איתנו' } });
    expect(shown.invitations.map(({ id }) => id)).toEqual(['a']);
    expect(JSON.stringify(shown)).not.toContain(house.inbox.identitySecret);
  });

  test.each([
    ['two fields with one key', { preChat: { ...preChat, fields: [field, { ...field, key: 'x' }, field] } }, 'preChat.fields.2.key'],
    ['a field that is called nothing', { preChat: { ...preChat, fields: [{ ...field, label: { he: ' ' } }] } }, 'preChat.fields.0.label'],
    ['a choice of nothing', { preChat: { ...preChat, fields: [{ ...field, kind: 'choice' }] } }, 'preChat.fields.0.options'],
    ['a consent to nothing', { preChat: { ...preChat, consent: 'required' } }, 'preChat.consentText'],
    [
      'an eleventh field',
      { preChat: { ...preChat, fields: Array.from({ length: 11 }, (_, at) => ({ ...field, key: `f${at}` })) } },
      'preChat.fields',
    ],
    ['a question without words', { questions: [{ id: 'q', text: { en: '' }, answer: {} }] }, 'questions.0.text'],
    ['one question twice', { questions: ['q', 'q'].map((id) => ({ id, text: { en: 'Where?' }, answer: {} })) }, 'questions.1.id'],
    ['an invitation that says nothing', { invitations: [{ ...invitation, text: {} }] }, 'invitations.0.text'],
    ['an invitation after 400 %', { invitations: [{ ...invitation, scrolledPercent: 400 }] }, 'invitations.0.scrolledPercent'],
    ['a colour that is none', { accent: 'red' }, 'accent'],
    ['a return after 400 days', { returnWithinDays: 400 }, 'returnWithinDays'],
    ['a text that is no text', { texts: { he: { send: 1 } } }, 'texts.he.send'],
  ])('is told at its field that %s cannot be, and nothing is saved', async (_, settings, path) => {
    const house = await openHouse();
    const refused = await change(house, { name: 'Shop', settings });
    expect(await refusal(refused)).toEqual({ status: 400, code: 'invalid', field: `settings.${path}` });
    const { items } = await house.json<{ items: Inbox[] }>('GET', '/api/inboxes');
    expect(items).toEqual([house.inbox]);
  });

  test('may leave an invitation unfinished while it is off', async () => {
    const house = await openHouse();
    expect((await change(house, { settings: { invitations: [{ ...invitation, isOn: false, text: {} }] } })).status).toBe(200);
  });

  test('cannot fill the settings with more than 64 kB', async () => {
    const house = await openHouse();
    const texts = (count: number) => ({
      he: Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`text${String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26))}`, 'א'.repeat(500)]),
      ),
    });
    expect(await refusal(await change(house, { settings: { texts: texts(70) } }))).toEqual({
      status: 413,
      code: 'too-large',
      field: 'settings',
    });
    expect((await change(house, { settings: { texts: texts(60) } })).status).toBe(200);
  });
});

describe('two administrators at once', () => {
  test('both keep what they changed, when it was different things', async () => {
    const house = await openHouse();
    const was = house.inbox.settings;
    await Promise.all([
      change(house, { settings: { accent: '#112233' }, expected: { settings: { accent: was.accent } } }),
      change(house, { settings: { theme: 'dark' }, expected: { settings: { theme: was.theme } } }),
    ]);
    expect(await widgetSettings(house)).toMatchObject({ accent: '#112233', theme: 'dark' });
  });

  test('the second is told what the first has changed meanwhile, and undoes nothing', async () => {
    const house = await openHouse();
    const { settings: was, name } = house.inbox;
    expect((await change(house, { settings: { preChat }, expected: { settings: { preChat: was.preChat } } })).status).toBe(200);
    const second = {
      settings: { accent: '#112233', preChat: { ...was.preChat, email: 'required' } },
      expected: { settings: { accent: was.accent, preChat: was.preChat } },
    };
    expect(await refusal(await change(house, second))).toEqual({ status: 409, code: 'conflict', field: 'settings.preChat' });
    expect(await widgetSettings(house)).toMatchObject({ accent: was.accent, preChat });

    expect((await change(house, { name: 'Shop', expected: { name } })).status).toBe(200);
    expect(await refusal(await change(house, { name: 'Store', expected: { name } }))).toMatchObject({ code: 'conflict', field: 'name' });
  });
});

describe('an agent without an administrator’s rights', () => {
  test('can neither see, change, make nor delete an inbox', async () => {
    const house = await openHouse();
    const noa = await house.hire('Noa');
    const at = `/api/inboxes/${house.inbox.id}`;
    const attempts = [
      house.call('GET', '/api/inboxes', undefined, { cookie: noa.cookie }),
      house.call('PATCH', at, { name: 'x' }, { cookie: noa.cookie }),
      house.call('POST', '/api/inboxes', { name: 'x' }, { cookie: noa.cookie }),
      house.call('DELETE', at, undefined, { cookie: noa.cookie }),
    ];
    for (const attempt of attempts) expect(await refusal(await attempt)).toMatchObject({ status: 403, code: 'forbidden' });
  });
});

describe.each(databases)('a second inbox, on $name', ({ open }) => {
  test('has a key, a secret and settings of its own, and goes when nobody has talked in it', async () => {
    const house = await open();
    const response = await house.call('POST', '/api/inboxes', { name: 'Outlet' });
    expect(response.status).toBe(201);
    const outlet = (await response.json()) as Inbox;
    expect(outlet).toMatchObject({ name: 'Outlet', allowedOrigins: [], settings: house.inbox.settings });
    for (const key of ['id', 'key', 'identitySecret'] as const) expect(outlet[key]).not.toBe(house.inbox[key]);
    await house.json('PATCH', `/api/inboxes/${outlet.id}`, { settings: { accent: '#aa0000' } });
    expect((await widgetSettings(house)).accent).toBe(house.inbox.settings.accent);

    const looker = await house.visitor({ inbox: outlet.key });
    const gone = new Promise((resolve) => looker.socket.once('disconnect', resolve));
    expect((await house.call('DELETE', `/api/inboxes/${outlet.id}`)).status).toBe(204);
    await gone;
    expect((await house.call('GET', `/api/widget/${outlet.key}`)).status).toBe(404);
    expect(await house.refusal('/visitor', { auth: { inbox: outlet.key } })).toMatchObject({ code: 'forbidden' });
    expect((await house.call('DELETE', `/api/inboxes/${outlet.id}`)).status).toBe(404);
  });

  test('stays once somebody has written in it, and the last one always stays', async () => {
    const house = await open();
    const outlet = await house.json<Inbox>('POST', '/api/inboxes', { name: 'Outlet' });
    const { socket } = await house.visitor({ inbox: outlet.key });
    await get(socket, 'message:post', { id: nanoid(), text: 'Hello' });
    const full = await house.call('DELETE', `/api/inboxes/${outlet.id}`);
    expect(await refusal(full)).toEqual({ status: 409, code: 'conflict', field: 'conversations' });

    expect((await house.call('DELETE', `/api/inboxes/${house.inbox.id}`)).status).toBe(204);
    expect(await refusal(await house.call('DELETE', `/api/inboxes/${outlet.id}`))).toMatchObject({ status: 409, code: 'conflict' });
    await get(socket, 'message:post', { id: nanoid(), text: 'Still here?' });
  });

  test('of two administrators who each delete another one, only one succeeds', async () => {
    const house = await open();
    const outlet = await house.json<Inbox>('POST', '/api/inboxes', { name: 'Outlet' });
    const answers = await Promise.all([house.inbox, outlet].map(({ id }) => house.call('DELETE', `/api/inboxes/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect((await house.json<{ items: Inbox[] }>('GET', '/api/inboxes')).items).toHaveLength(1);
  });
});
