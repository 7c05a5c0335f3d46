import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { Permission } from '../../shared/agent.ts';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { Greeted, LiveVisitor, LiveVisitorsChanged, LiveVisitorsLeft, WatchedVisitors } from '../../shared/live-visitor.ts';
import type { Message } from '../../shared/message.ts';
import { makeRole, makeTeam } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';

/** The machine may be slow; a second is what a person sees on a quiet one. */
const patient = { timeout: 10_000 };

const mugs = { url: 'https://shop.example/mugs?order=17#top', title: 'ספלים' };
const CHROME_PHONE =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

async function openSite(open: typeof openHouse, options = {}): Promise<House> {
  const house = await open(options);
  await setShown(house, true);
  return house;
}

function setShown(house: House, hasLiveVisitors: boolean): Promise<unknown> {
  return house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { hasLiveVisitors } });
}

const lookAt = (house: House, page: object = mugs, auth: object = {}) => house.visitor({ isOnSite: true, page, locale: 'he', ...auth });
const watch = (agent: Socket, q = '') => get<WatchedVisitors>(agent, 'visitor:watch', { q });

/** What a console that watches has on its screen. */
async function screenOf(agent: Socket, q = ''): Promise<() => LiveVisitor[]> {
  const shown = new Map<string, LiveVisitor>();
  agent.on('visitor:changed', ({ visitors }: LiveVisitorsChanged) => visitors.forEach((visitor) => void shown.set(visitor.id, visitor)));
  agent.on('visitor:left', ({ ids }: LiveVisitorsLeft) => ids.forEach((id) => void shown.delete(id)));
  for (const visitor of (await watch(agent, q)).visitors) shown.set(visitor.id, visitor);
  return () => [...shown.values()];
}

describe.each(databases)('on $name', ({ open }) => {
  test('an agent sees who opens a page, follows them over pages and tabs, and sees them go', async () => {
    const house = await openSite(open);
    const { socket: dana } = await house.agent();
    const screen = await screenOf(dana);
    const { session, socket: tab } = await lookAt(house, { ...mugs, referrer: 'https://search.example/?q=mug', cartValue: 89 }, {});
    await expect.poll(screen, patient).toMatchObject([
      {
        id: session.visitor.id,
        page: mugs,
        pagesSeen: 1,
        referrer: 'https://search.example/?q=mug',
        locale: 'he',
        cartValue: 89,
        contact: null,
        earlier: 0,
        isTalking: false,
        country: null,
      },
    ]);
    const other = await lookAt(house, { url: 'https://shop.example/pots', title: 'Pots' }, { token: session.token });
    await expect.poll(() => screen().map(({ page, pagesSeen }) => [page.title, pagesSeen]), patient).toEqual([['Pots', 2]]);
    tab.emit('page:view', { url: 'https://shop.example/cart', title: 'Cart', cartValue: 120 });
    await expect
      .poll(() => screen().map(({ page, pagesSeen, cartValue }) => [page.title, pagesSeen, cartValue]))
      .toEqual([['Cart', 3, 120]]);
    tab.disconnect();
    await expect.poll(() => screen().map(({ page }) => page.title), patient).toEqual(['Pots']);
    other.socket.disconnect();
    // Whoever only goes to the next page is back before that.
    const later = () => {
      house.clockOffsetMs += 2_000;
      return screen();
    };
    await expect.poll(later, { interval: 500, timeout: 10_000 }).toEqual([]);
  });

  test('a customer is known by name, with what was said before, and the conversation under way', async () => {
    const house = await openSite(open);
    const { socket: dana } = await house.agent();
    const { session, socket: ruth } = await lookAt(house);
    await get(ruth, 'visitor:identify', { name: 'רות', fields: { cartValue: '250' } });
    const screen = await screenOf(dana);
    await expect.poll(() => screen()[0]?.contact, patient).toMatchObject({ name: 'רות', lifecycle: 'lead', isVerified: false });
    expect(screen()[0]).toMatchObject({ cartValue: 250, isTalking: false, earlier: 0 });
    const { conversation } = await get<{ conversation: VisitorConversation }>(ruth, 'message:post', { id: nanoid(), text: 'שלום' });
    await expect.poll(() => screen()[0]?.conversationId, patient).toBe(conversation.id);
    await get(dana, 'conversation:resolve', { conversationId: conversation.id });
    await expect.poll(() => screen()[0], patient).toMatchObject({ id: session.visitor.id, earlier: 1, isTalking: false });
  });

  test('an agent speaks first; the visitor reads it where it is, and answers in the same conversation', async () => {
    const house = await openSite(open);
    const { socket: dana, session: danas } = await house.agent();
    const { session, socket: visitor } = await lookAt(house);
    await watch(dana);
    const read = nextFact<Message>(visitor, 'message:posted', ({ author }) => author.kind === 'agent');
    const id = nanoid();
    const greeting = { id, visitorId: session.visitor.id, text: 'אפשר לעזור בבחירה?' };
    const { conversation } = await get<Greeted>(dana, 'visitor:greet', greeting);
    expect(conversation).toMatchObject({ assigneeId: danas.agent.id, waitingSince: null, status: 'open' });
    expect((await read).text).toBe(greeting.text);
    const again = await get<Greeted>(dana, 'visitor:greet', greeting);
    expect(again.message.seq).toBe((await read).seq);
    const back = await house.visitor({ token: session.token });
    expect(back.session.conversation).toMatchObject({ id: conversation.id, visitorReadSeq: 0 });
    expect(back.session.messages.map(({ author, text }) => [author.kind, text])).toEqual([
      ['system', 'Dana joined.'],
      ['agent', greeting.text],
    ]);
    const answer = await get<{ conversation: VisitorConversation }>(back.socket, 'message:post', { id: nanoid(), text: 'כן!' });
    expect(answer.conversation.id).toBe(conversation.id);
    // Who was spoken to first has waited for nobody: the expected wait of others is not made of it.
    const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations');
    expect(items).toHaveLength(1);
  });

  test('a visitor who waits in another team’s queue is not taken from it by a greeting', async () => {
    const house = await openSite(open);
    const role = await makeRole(house, 'seller', [
      'visitors:view',
      'conversations:view-queue',
      'conversations:view-own',
      'conversations:reply',
    ]);
    const omar = await house.hire('Omar', role.id);
    const service = await makeTeam(house, 'שירות');
    const [{ socket: dana }, { socket: omars }] = [await house.agent(), await house.agent(omar.cookie)];
    const { session, socket: visitor } = await lookAt(house);
    const { conversation } = await get<{ conversation: VisitorConversation }>(visitor, 'message:post', { id: nanoid(), text: 'סוד' });
    await get(dana, 'conversation:assign', { conversationId: conversation.id, teamId: service.id });
    const greet = (visitorId: string) => ask<Greeted>(omars, 'visitor:greet', { id: nanoid(), visitorId, text: 'שלום' });
    expect(await greet(session.visitor.id)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations');
    expect(items).toMatchObject([{ id: conversation.id, assigneeId: null, teamId: service.id }]);
    // Whoever waits for anybody, and whoever has said nothing, may be spoken to.
    const quiet = await lookAt(house);
    expect(await greet(quiet.session.visitor.id)).toMatchObject({ ok: true, data: { conversation: { assigneeId: omar.id } } });
    const waiting = await lookAt(house);
    await get(waiting.socket, 'message:post', { id: nanoid(), text: 'יש מישהו?' });
    expect(await greet(waiting.session.visitor.id)).toMatchObject({ ok: true, data: { conversation: { assigneeId: omar.id } } });
  });

  test('a visitor who writes at the same moment, and two agents who greet at once, end in one conversation with one greeting', async () => {
    const house = await openSite(open);
    const noa = await house.hire('Noa');
    const [{ socket: dana }, { socket: noas }] = [await house.agent(), await house.agent(noa.cookie)];
    const { session, socket: visitor } = await lookAt(house);
    const greet = (agent: Socket, text: string) =>
      ask<Greeted>(agent, 'visitor:greet', { id: nanoid(), visitorId: session.visitor.id, text });
    const [wrote, ...greeted] = await Promise.all([
      get<{ conversation: VisitorConversation }>(visitor, 'message:post', { id: nanoid(), text: 'יש מישהו?' }),
      greet(dana, 'שלום'),
      greet(noas, 'Hello'),
    ]);
    expect(greeted.map((reply) => (reply.ok ? reply.data.conversation.id : reply.error.code)).sort()).toEqual(
      [wrote.conversation.id, 'conflict'].sort(),
    );
    const { items } = await house.json<{ items: Message[] }>('GET', `/api/conversations/${wrote.conversation.id}/messages`);
    expect(items.filter(({ author }) => author.kind === 'agent')).toHaveLength(1);
  });
});

test('what the inbox does not show stays unseen: nobody is let in to be looked at, and switching it off sends everybody away', async () => {
  const house = await openHouse();
  const { socket: dana } = await house.agent();
  const screen = await screenOf(dana);
  expect((await watch(dana)).isOn).toBe(false);
  expect(await house.refusal('/visitor', { auth: { inbox: house.inbox.key, isOnSite: true, page: mugs } })).toMatchObject({
    code: 'forbidden',
  });
  // Who opens the window is served as ever, and not shown.
  await house.visitor({ page: mugs });
  await setShown(house, true);
  const looking = await lookAt(house);
  await expect.poll(() => screen().map(({ id }) => id), patient).toEqual([looking.session.visitor.id]);
  const sentAway = new Promise<string>((resolve) => looking.socket.once('disconnect', resolve));
  await setShown(house, false);
  await sentAway;
  await expect.poll(screen, patient).toEqual([]);
});

test('programs that say so are not let in as visitors of a page', async () => {
  const house = await openSite(openHouse);
  const extraHeaders = { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' };
  expect((await house.refusal('/visitor', { auth: { inbox: house.inbox.key, isOnSite: true, page: mugs }, extraHeaders })).code).toBe(
    'forbidden',
  );
});

test('the device is told roughly, the country only by a trusted proxy’s header, and never an address', async () => {
  const extraHeaders = { 'user-agent': CHROME_PHONE, 'cf-ipcountry': 'IL', 'x-forwarded-for': '203.0.113.7' };
  const seenIn = async (environment: Record<string, string>) => {
    const house = await openSite(openHouse, { environment });
    const { socket: dana } = await house.agent();
    await house.visitor({ isOnSite: true, page: mugs }, { extraHeaders });
    return (await watch(dana)).visitors[0];
  };
  const trusted = await seenIn({ TRUST_PROXY: '1', COUNTRY_HEADER: 'CF-IPCountry' });
  expect(trusted).toMatchObject({ country: 'IL', device: { kind: 'phone', browser: 'Chrome', system: 'Android' } });
  expect(JSON.stringify(trusted)).not.toContain('203.0.113');
  expect(await seenIn({ TRUST_PROXY: '1' })).toMatchObject({ country: null });
});

test('rights decide who watches, who speaks first, and how much of an address is shown', async () => {
  const house = await openSite(openHouse);
  const holding = async (name: string, permissions: Permission[]) => {
    const role = await makeRole(house, name, permissions);
    return (await house.agent((await house.hire(name, role.id)).cookie)).socket;
  };
  const { session, socket: visitor } = await lookAt(house, { ...mugs, referrer: 'https://search.example/?q=mug', cartValue: 5 });
  const [looker, blind] = [
    await holding('Looker', ['visitors:view', 'conversations:view-own']),
    await holding('Blind', ['conversations:view-all', 'conversations:reply']),
  ];
  const [seen] = (await watch(looker)).visitors;
  expect(seen).toMatchObject({ page: { url: 'https://shop.example/mugs' }, referrer: 'https://search.example/', cartValue: null });
  expect(await ask(blind, 'visitor:watch', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  const greeting = { id: nanoid(), visitorId: session.visitor.id, text: 'hi' };
  for (const agent of [looker, blind]) expect(await ask(agent, 'visitor:greet', greeting)).toMatchObject({ error: { code: 'forbidden' } });
  // A conversation of a colleague's is named only to those who may see it.
  await get(visitor, 'message:post', { id: nanoid(), text: 'hello' });
  const { socket: dana } = await house.agent();
  const screen = await screenOf(looker);
  await get(dana, 'visitor:greet', greeting);
  await expect.poll(() => screen()[0], patient).toMatchObject({ isTalking: true, conversationId: null });
  const stranger = { ...greeting, id: nanoid(), visitorId: nanoid() };
  expect(await ask(dana, 'visitor:greet', stranger)).toMatchObject({ error: { code: 'not-found' } });
});

test('an agent who loses the right hears of nobody any more', async () => {
  const house = await openSite(openHouse);
  const role = await makeRole(house, 'watcher', ['visitors:view']);
  const noa = await house.hire('Noa', role.id);
  const { socket } = await house.agent(noa.cookie);
  await watch(socket);
  const refreshed = nextFact(socket, 'session:started');
  await house.json('PATCH', `/api/roles/${role.id}`, { permissions: [] });
  await refreshed;
  const heard = hear<LiveVisitorsChanged>(socket, 'visitor:changed');
  const { socket: dana } = await house.agent();
  const screen = await screenOf(dana);
  const { session } = await lookAt(house);
  await expect.poll(() => screen().map(({ id }) => id), patient).toEqual([session.visitor.id]);
  expect(heard).toEqual([]);
});

test('a colleague who is promoted shows nobody else whole addresses', async () => {
  const house = await openSite(openHouse);
  const looker = await makeRole(house, 'Looker', ['visitors:view', 'conversations:view-all']);
  const [noa, omar] = [await house.hire('Noa', looker.id), await house.hire('Omar', looker.id)];
  const [{ socket: noas }, { socket: omars }] = [await house.agent(noa.cookie), await house.agent(omar.cookie)];
  await watch(noas);
  const screen = await screenOf(omars);
  const refreshed = nextFact(noas, 'session:started');
  await house.json('PATCH', `/api/agents/${noa.id}`, { role: 'administrator' });
  await refreshed;
  const { session } = await lookAt(house, { ...mugs, cartValue: 89 });
  const masked = { id: session.visitor.id, page: { url: 'https://shop.example/mugs' }, cartValue: null };
  await expect.poll(screen, patient).toMatchObject([masked]);
  expect((await watch(omars)).visitors).toMatchObject([masked]);
  expect((await watch(noas)).visitors).toMatchObject([{ page: mugs, cartValue: 89 }]);
});

test('whoever looks for something else, or looks away, before the answer has come hears only what was asked last', async () => {
  const house = await openSite(openHouse);
  const noa = await house.hire('Noa', 'administrator');
  const yossi = await house.hire('Yossi', 'administrator');
  const [{ socket: dana }, { socket: noas }, { socket: yossis }] = [
    await house.agent(),
    await house.agent(noa.cookie),
    await house.agent(yossi.cookie),
  ];
  await lookAt(house);
  const heardBy = [noas, yossis].map((agent) => hear<LiveVisitorsChanged>(agent, 'visitor:changed'));
  await Promise.all([watch(noas), watch(noas, 'teapots'), watch(yossis), get(yossis, 'visitor:unwatch', {})]);
  const screen = await screenOf(dana);
  await lookAt(house, { url: 'https://shop.example/pots', title: 'Pots' });
  await expect.poll(() => screen().length, patient).toBe(2);
  await lookAt(house, { url: 'https://shop.example/teapots', title: 'Teapots' });
  await expect.poll(() => screen().length, patient).toBe(3);
  await expect.poll(() => heardBy[0]?.flatMap(({ visitors }) => visitors.map(({ page }) => page.title)), patient).toEqual(['Teapots']);
  expect(heardBy[1]).toEqual([]);
});

test('a second agent who begins to look takes nobody from the screen of the first', async () => {
  const house = await openSite(openHouse);
  const { socket: dana } = await house.agent();
  const { socket: noas } = await house.agent((await house.hire('Noa', 'administrator')).cookie);
  const screen = await screenOf(dana);
  const { session } = await lookAt(house);
  await watch(noas);
  await expect.poll(() => screen().map(({ id }) => id), patient).toEqual([session.visitor.id]);
});

test('whoever has everything erased is gone from the screens at once', async () => {
  const house = await openSite(openHouse);
  const { socket: dana } = await house.agent();
  const screen = await screenOf(dana);
  const { socket: ruth } = await lookAt(house);
  await get(ruth, 'visitor:identify', { name: 'רות' });
  await expect.poll(() => screen().length, patient).toBe(1);
  await get(ruth, 'data:erase', { confirm: 'erase' });
  // Sooner than somebody who has only left.
  await expect.poll(screen, { timeout: 6_000 }).toEqual([]);
});

test('of many visitors the newest two hundred are told, all are counted, and anybody is found by page or name', async () => {
  const house = await openSite(openHouse, { environment: { LIMITS: 'off' } });
  const { socket: dana } = await house.agent();
  const first = await lookAt(house, { url: 'https://shop.example/%D7%A2%D7%A6%D7%99%D7%A6%D7%99%D7%9D', title: 'The first' });
  await get(first.socket, 'visitor:identify', { name: 'Ruth Levi' });
  for (let count = 0; count < 21; count += 1) {
    await Promise.all(Array.from({ length: 10 }, (_, at) => lookAt(house, { url: `https://shop.example/${count}/${at}`, title: 'Pots' })));
  }
  const all = await watch(dana);
  expect([all.visitors.length, all.total, all.found]).toEqual([200, 211, 211]);
  expect(all.visitors.some(({ id }) => id === first.session.visitor.id)).toBe(false);
  for (const words of ['עציצים', 'levi ruth', 'first']) {
    const { visitors, total, found } = await watch(dana, words);
    expect([visitors.map(({ id }) => id), total, found], words).toEqual([[first.session.visitor.id], 211, 1]);
  }
  // A thousand page views of a second are one word to whoever watches.
  await watch(dana);
  const told = hear<LiveVisitorsChanged>(dana, 'visitor:changed');
  for (let view = 0; view < 100; view += 1) first.socket.emit('page:view', { url: `https://shop.example/${view}`, title: 'Busy' });
  await ask(first.socket, 'conversation:list', {});
  await lookAt(house, { url: 'https://shop.example/last', title: 'Last' });
  await expect.poll(() => told.some(({ visitors }) => visitors.some(({ page }) => page.title === 'Last')), patient).toBe(true);
  expect(told.length).toBeLessThan(6);
}, 60_000);
