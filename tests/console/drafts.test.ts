// @vitest-environment node
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDesk, type Desk } from '../../console/conversations/desk.ts';
import type { Draft } from '../../console/messages/drafts.ts';
import { get, type House } from '../helpers/house.ts';
import { makeApiToken, openDesk, openDeskScene, say } from './desk-scene.ts';
import { MemoryStorage } from './memory-storage.ts';

const seen = { timeout: 10_000, interval: 10 };

/** The administrator's browser whose clock can be wrong, and which may be told what it lost. */
async function openBrowser(
  house: House,
  options: { storage?: MemoryStorage; clockOffsetMs?: number; onLost?: (lost: Draft) => void } = {},
) {
  const { id: agentId } = await house.json<{ id: string }>('GET', '/api/session');
  const desk = createDesk({
    agentId,
    serverUrl: house.url,
    apiToken: await makeApiToken(house),
    storage: options.storage ?? new MemoryStorage(),
    now: () => Date.now() + (options.clockOffsetMs ?? 0),
    onDraftReplaced: (_, lost) => options.onLost?.(lost),
  });
  onTestFinished(() => desk.close());
  desk.open();
  await untilLive(desk);
  return desk;
}

async function untilLive(desk: Desk): Promise<void> {
  await vi.waitUntil(() => desk.connection.state.value === 'live', seen);
}

const write = (desk: Desk, id: string, text: string) => desk.drafts.set(id, { ...desk.drafts.of(id).value, text });
const textOn = (desk: Desk, id: string) => desk.drafts.of(id).value.text;
const untilText = (desk: Desk, id: string, text: string) => vi.waitFor(() => expect(textOn(desk, id)).toBe(text), seen);
const untilTold = (desk: Desk, id: string) => vi.waitUntil(() => !desk.drafts.mark(id).isUnsent, seen);

describe('a draft', () => {
  it('appears in the agent’s other browser, note or reply, and goes from both when it is sent', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'יש משלוח?');
    await untilLive(desk);
    const home = await openBrowser(house);
    desk.drafts.set(conversation.id, { text: 'כן, מחר', visibility: 'internal', seenSeq: 1 });
    await vi.waitFor(
      () => expect(home.drafts.of(conversation.id).value).toEqual({ text: 'כן, מחר', visibility: 'internal', seenSeq: 1 }),
      seen,
    );
    desk.send(conversation.id, 'כן, מחר', 'internal');
    write(desk, conversation.id, '');
    await untilText(home, conversation.id, '');
  });

  it('is there in a browser that is opened later', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    write(desk, conversation.id, 'begun at the office');
    await untilTold(desk, conversation.id);
    const phone = await openBrowser(house);
    await untilText(phone, conversation.id, 'begun at the office');
  });

  it('that was begun without a network is kept, and goes up when it is back', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    const home = await openBrowser(house);
    desk.connection.close();
    write(desk, conversation.id, 'on the train');
    desk.open();
    await untilText(home, conversation.id, 'on the train');
  });

  it('that was begun without a network outlives a reload', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    desk.connection.close();
    write(desk, conversation.id, 'before the reload');
    desk.close();
    await openBrowser(house, { storage });
    const home = await openBrowser(house);
    await untilText(home, conversation.id, 'before the reload');
  });

  it('that was sent elsewhere while a browser slept is gone there when it wakes', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    const home = await openBrowser(house);
    write(desk, conversation.id, 'hello, how can I help?');
    await untilText(home, conversation.id, 'hello, how can I help?');
    home.connection.close();
    write(desk, conversation.id, '');
    await untilTold(desk, conversation.id);
    home.open();
    await untilText(home, conversation.id, '');
  });

  it('never changes under the fingers of who is typing, and what is typed goes to the other browser', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    // This one's clock is an hour ahead, and would win each time.
    const home = await openBrowser(house, { clockOffsetMs: 60 * 60 * 1_000 });
    write(desk, conversation.id, 'I am typ');
    write(home, conversation.id, 'another text');
    home.draftSync.flush();
    await untilTold(home, conversation.id);
    write(desk, conversation.id, 'I am typing');
    await untilText(home, conversation.id, 'I am typing');
    expect(textOn(desk, conversation.id)).toBe('I am typing');
  });

  it('that nobody had yet and that gives way to a later one can be had back', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    const lost: Draft[] = [];
    const storage = new MemoryStorage();
    const home = await openBrowser(house, { storage });
    home.connection.close();
    write(home, conversation.id, 'written at home');
    home.close();
    write(desk, conversation.id, 'written later at the office');
    await untilTold(desk, conversation.id);
    const again = await openBrowser(house, { storage, onLost: (draft) => lost.push(draft) });
    await untilText(again, conversation.id, 'written later at the office');
    expect(lost.map(({ text }) => text)).toEqual(['written at home']);
  });

  it('keeps its files in the browser where they were chosen', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    const home = await openBrowser(house);
    const files = [{ key: 'k', name: 'mug.png', type: 'image/png', size: 3 }];
    desk.drafts.set(conversation.id, { text: 'see the picture', visibility: 'public', files });
    await untilText(home, conversation.id, 'see the picture');
    expect(home.drafts.of(conversation.id).value.files).toBeUndefined();
    write(home, conversation.id, 'see the picture, please');
    await untilText(desk, conversation.id, 'see the picture, please');
    expect(desk.drafts.of(conversation.id).value.files).toEqual(files);
  });

  it('still knows its macro, whom it names and that it is whispered after the network was gone', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    const draft: Draft = {
      text: 'ask @Noa',
      visibility: 'internal',
      seenSeq: 1,
      named: [{ kind: 'agent', id: 'noa', name: 'Noa' }],
      isWhisper: true,
      macro: { id: 'macro-1', version: 7 },
    };
    desk.drafts.set(conversation.id, draft);
    await untilTold(desk, conversation.id);
    desk.connection.close();
    desk.open();
    await untilLive(desk);
    await desk.draftSync.resume();
    expect(desk.drafts.of(conversation.id).value).toEqual(draft);
  });

  it('that is to be a note stays one while it is empty, whatever the server and the other tab say', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await untilLive(desk);
    const home = await openBrowser(house);
    const kindOn = (one: Desk) => one.drafts.of(conversation.id).value.visibility;
    desk.drafts.set(conversation.id, { text: 'not for the customer', visibility: 'internal', seenSeq: 1 });
    await untilText(home, conversation.id, 'not for the customer');
    home.drafts.set(conversation.id, { text: '', visibility: 'public' });
    await untilText(desk, conversation.id, '');
    expect(kindOn(desk)).toBe('internal');
    await desk.draftSync.resume();
    expect(kindOn(desk)).toBe('internal');
    const key = `kesher:draft:${desk.agentId}:${conversation.id}`;
    storage.removeItem(key);
    desk.storageChanged(key);
    expect(kindOn(desk)).toBe('internal');
  });

  it('goes from every screen when the customer has everything erased', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const { conversation } = await say(visitor, 'my number is 050-1234567');
    await untilLive(desk);
    write(desk, conversation.id, 'so it is 050-1234567');
    await untilTold(desk, conversation.id);
    await get(visitor, 'data:erase', { confirm: 'erase' });
    await untilText(desk, conversation.id, '');
    expect(storage.getItem(`kesher:draft:${desk.agentId}:${conversation.id}`)).toBeNull();
  });

  it('of a colleague is never seen', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    const { cookie } = await house.hire('Yossi');
    const yossi = await openDesk(house, cookie);
    await untilLive(desk);
    await untilLive(yossi);
    write(desk, conversation.id, 'mine alone');
    await untilTold(desk, conversation.id);
    yossi.connection.close();
    yossi.open();
    await untilLive(yossi);
    write(yossi, conversation.id, 'of Yossi');
    await untilTold(yossi, conversation.id);
    expect(textOn(yossi, conversation.id)).toBe('of Yossi');
    expect(textOn(desk, conversation.id)).toBe('mine alone');
  });
});
