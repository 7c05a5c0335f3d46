// @vitest-environment node
import { effect } from '@preact/signals-core';
import { expect, onTestFinished, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { KeyValueStore } from '../../shared/outbox.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import type { ChatOptions } from '../../widget/chat-state.ts';
import type { KesherQueue } from '../../widget/handover.ts';
import { createKesherApi } from '../../widget/kesher-api.ts';
import type { KesherIdentity } from '../../widget/load-kesher.ts';
import { createPanelState } from '../../widget/panel-state.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { openSigningSite, signer } from '../helpers/signing-site.ts';
import { postAs } from './agent-at-desk.ts';
import { screenOf, seen, textsOf, VisitorAtHome, waitingOf } from './visitor-at-home.ts';

/** A page of the shop with the widget on it, as the shop's own script finds it. */
function openPage(visitor: VisitorAtHome, house: House, tabStorage = memoryStorage(), options: Partial<ChatOptions> = {}) {
  const chat = visitor.open({ tabStorage, ...options });
  const panel = createPanelState(tabStorage, house.inbox.key, visitor.profile.openTab().storage);
  const parts = { chat, panel, preChat: () => house.inbox.settings.preChat, setLocale: () => {}, preview: () => {}, setHidden: () => {} };
  return { chat, panel, tabStorage, kesher: createKesherApi([] as unknown as KesherQueue, parts) };
}
type ShopPage = ReturnType<typeof openPage>;

/** Everything that was on the page's screen at any moment from now on. */
function watchScreen({ chat, panel }: ShopPage): () => string {
  let everything = '';
  const dispose = effect(() => {
    const { messages, pending, conversation, conversations, visitor, draft, unsentDetails } = chat;
    const shown = [messages, pending, conversation, conversations, visitor, draft, unsentDetails, panel.form].map(({ value }) => value);
    everything += JSON.stringify(shown);
  });
  onTestFinished(dispose);
  return () => everything;
}

function keptIn({ storage, tabStorage }: { storage: KeyValueStore; tabStorage: KeyValueStore }) {
  return [storage, tabStorage]
    .flatMap((store) => Array.from({ length: store.length }, (_, index) => store.getItem(store.key(index) ?? '')))
    .join('\n');
}

const everyContact = async (house: House) => (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items;
const OF_RUTH = /secret|Ruth|ruth|050-765/;

/** Ruth is signed in, has talked, and has begun things that she did not finish. */
async function openRuthsPage(house: House, visitor: VisitorAtHome, identity: string): Promise<ShopPage> {
  const page = openPage(visitor, house);
  page.kesher.identify({ name: 'Ruth', identity });
  page.chat.start();
  page.chat.send('my secret');
  await seen(() => textsOf(page.chat).length === 1 && page.chat.visitor.value?.isVerified === true);
  await seen(() => page.chat.unsentDetails.value === null);
  const agent = await house.agent();
  await postAs(agent.socket, page.chat, 'the answer to your secret');
  await seen(() => textsOf(page.chat).length === 2);
  page.chat.write('another secret');
  page.panel.form.value = { phone: '050-7654321' };
  return page;
}

test('a site that signs who its visitor is has it believed, and the signature is neither kept nor told as a detail', async () => {
  const house = await openHouse();
  const site = await openSigningSite(house, 'HS256');
  const visitor = new VisitorAtHome(house);
  const page = openPage(visitor, house);
  const identity = await site.sign({ sub: 'ruth', name: 'Ruth', email: 'ruth@example.com' });
  const user = { company: 'Sons', name: null, password: 'x', identity };
  page.kesher.identify(user as unknown as KesherIdentity);
  expect(page.chat.unsentDetails.value).toEqual({ company: 'Sons' });
  page.chat.start();
  await seen(() => page.chat.status.value === 'live' && page.chat.unsentDetails.value === null);
  expect(page.chat.visitor.value).toMatchObject({ name: 'Ruth', email: 'ruth@example.com', company: 'Sons', isVerified: true });
  expect(page.chat.detailsRefusal.value).toBeNull();
  page.chat.save();
  expect(keptIn({ storage: visitor.profile.openTab().storage, tabStorage: page.tabStorage })).not.toContain(identity);

  const late = openPage(new VisitorAtHome(house), house);
  late.chat.start();
  await seen(() => late.chat.status.value === 'live');
  late.kesher.identify({ identity });
  await seen(() => late.chat.visitor.value?.isVerified === true);
  expect(await everyContact(house)).toHaveLength(1);
});

test('somebody else who signs in while the chat is open never sees a word of the person before, and both files stay clean', async () => {
  const house = await openHouse();
  const site = await openSigningSite(house, 'HS256');
  const visitor = new VisitorAtHome(house);
  const page = await openRuthsPage(house, visitor, await site.sign({ sub: 'ruth', name: 'Ruth' }));
  const otherTab = await visitor.arrive();
  expect(textsOf(otherTab)).toHaveLength(2);

  page.kesher.identify({ name: 'Omar', company: 'Tents', identity: await site.sign({ sub: 'omar', name: 'Omar' }) });
  const screen = watchScreen(page);
  page.chat.send('I am somebody else');
  await seen(() => textsOf(page.chat).length === 1 && page.chat.visitor.value?.company === 'Tents');
  await seen(() => page.chat.unsentDetails.value === null && otherTab.visitor.value?.id === page.chat.visitor.value?.id);
  await seen(() => textsOf(otherTab).length > 0);

  expect(screen()).not.toMatch(OF_RUTH);
  expect(screenOf(page.chat)).toEqual(['I am somebody else']);
  expect([textsOf(otherTab).join(), otherTab.draft.value]).toEqual(['I am somebody else', '']);
  page.chat.save();
  page.panel.save();
  expect(keptIn({ storage: visitor.profile.openTab().storage, tabStorage: page.tabStorage })).not.toMatch(OF_RUTH);
  const files = await everyContact(house);
  expect(files.map(({ name, company }) => [name, company]).sort()).toEqual([
    ['Omar', 'Tents'],
    ['Ruth', null],
  ]);
});

test('somebody else finds nothing of the person before on the next page, though the server cannot be reached, and loses nothing there', async () => {
  const house = await openHouse();
  const site = await openSigningSite(house, 'HS256');
  const visitor = new VisitorAtHome(house);
  const before = await openRuthsPage(house, visitor, await site.sign({ sub: 'ruth', name: 'Ruth' }));
  await house.stop();
  await seen(() => before.chat.status.value === 'lost');
  before.chat.send('a secret that was never sent');
  before.chat.write('another secret');
  before.chat.save();
  before.panel.save();
  before.chat.stop();

  const page = openPage(visitor, house, before.tabStorage);
  page.kesher.identify({ identity: await site.sign({ sub: 'omar', name: 'Omar' }) });
  const screen = watchScreen(page);
  page.chat.start();
  page.chat.send('written before anybody answered');
  page.chat.write('and half a');
  await house.start();
  await seen(() => page.chat.pending.value.length === 0 && page.chat.status.value === 'live');
  expect(textsOf(page.chat)).toEqual(['written before anybody answered']);
  expect(page.chat.draft.value).toBe('and half a');
  expect(page.chat.visitor.value).toMatchObject({ name: 'Omar', isVerified: true });
  expect(screen()).not.toMatch(OF_RUTH);
});

test('somebody else whose signature does not hold is a guest, not the person before', async () => {
  const house = await openHouse();
  const site = await openSigningSite(house, 'HS256');
  const visitor = new VisitorAtHome(house);
  const page = await openRuthsPage(house, visitor, await site.sign({ sub: 'ruth', name: 'Ruth' }));
  page.kesher.identify({ identity: await signer(new TextEncoder().encode('x'.repeat(43)), 'HS256')({ sub: 'omar' }) });
  const screen = watchScreen(page);
  await seen(() => page.chat.status.value === 'live');
  expect(page.chat.visitor.value).toMatchObject({ name: null, isVerified: false });
  expect(screen()).not.toMatch(OF_RUTH);
});

test.each(['while the chat is open', 'before it connects'])(
  'where only the server knows that it is another person (%s), the words of the one before go and those of the new one stay',
  async (moment) => {
    const house = await openHouse();
    const site = await openSigningSite(house, 'HS256');
    const visitor = new VisitorAtHome(house);
    const ruth = await openRuthsPage(house, visitor, await site.sign({ sub: 'ruth', name: 'Ruth' }));
    const { storage } = visitor.profile.openTab();
    storage.removeItem(`kesher:${house.inbox.key}:person`);
    let page = ruth;
    if (moment === 'before it connects') {
      ruth.chat.stop();
      page = openPage(visitor, house);
    }
    page.kesher.identify({ company: 'Tents', identity: await site.sign({ sub: 'omar', name: 'Omar' }) });
    page.chat.start();
    await seen(() => page.chat.visitor.value?.name === 'Omar');
    const screen = watchScreen(page);
    page.chat.send('I am somebody else');
    await seen(() => page.chat.visitor.value?.company === 'Tents' && textsOf(page.chat).length === 1);
    expect(page.chat.visitor.value?.isVerified).toBe(true);
    expect([screenOf(page.chat), page.chat.draft.value, page.panel.form.value]).toEqual([['I am somebody else'], '', null]);
    expect(screen()).not.toMatch(OF_RUTH);
    expect(keptIn({ storage, tabStorage: memoryStorage() })).not.toMatch(OF_RUTH);
    expect((await everyContact(house)).map(({ company }) => company).sort()).toEqual(['Tents', null]);
  },
);

test('a person whose browser the server has forgotten (a backup was restored) keeps the unsent words, and they arrive', async () => {
  const house = await openHouse();
  const site = await openSigningSite(house, 'HS256');
  const visitor = new VisitorAtHome(house);
  const before = await openRuthsPage(house, visitor, await site.sign({ sub: 'ruth', name: 'Ruth' }));
  await house.stop();
  await seen(() => before.chat.status.value === 'lost');
  before.chat.send('said while the server was down');
  before.chat.write('and a sentence half');
  before.chat.stop();
  visitor.profile.openTab().storage.setItem(`kesher:${house.inbox.key}:token`, 'a-token-that-no-backup-holds');

  await house.start();
  const page = openPage(visitor, house);
  page.kesher.identify({ identity: await site.sign({ sub: 'ruth' }) });
  page.chat.start();
  await seen(() => page.chat.pending.value.length === 0 && page.chat.status.value === 'live');
  expect(waitingOf(page.chat)).toEqual([]);
  expect(textsOf(page.chat)).toContain('said while the server was down');
  expect(page.chat.draft.value).toBe('and a sentence half');
  expect(page.chat.visitor.value).toMatchObject({ name: 'Ruth', isVerified: true });
});

test.each(['the page stays', 'the page is closed'])(
  'a sign-out stands though another tab was just shaking hands as the person before and had not heard of it (%s)',
  async (afterwards) => {
    const house = await openHouse();
    const site = await openSigningSite(house, 'HS256');
    const visitor = new VisitorAtHome(house);
    const identity = await site.sign({ sub: 'ruth', name: 'Ruth' });
    const page = await openRuthsPage(house, visitor, identity);
    const token = () => visitor.profile.openTab().storage.getItem(`kesher:${house.inbox.key}:token`);
    const before = { id: page.chat.visitor.value?.id, token: token() };
    const deaf = openPage(visitor, house, memoryStorage(), { tabs: { onChange: () => () => {} } });
    deaf.kesher.identify({ identity });
    deaf.panel.form.value = { phone: '050-7654321' };
    deaf.chat.start();
    if (afterwards === 'the page is closed') page.chat.stop();
    page.kesher.reset();
    await seen(() => deaf.chat.status.value === 'live');
    expect(deaf.chat.visitor.value?.id).not.toBe(before.id);
    expect(deaf.chat.visitor.value).toMatchObject({ name: null, isVerified: false });
    expect([token() === null, token() === before.token]).toEqual([false, false]);
    expect([...textsOf(deaf.chat), ...textsOf(page.chat)]).toEqual([]);
    expect([deaf.panel.form.value, page.panel.form.value]).toEqual([null, null]);
  },
);
