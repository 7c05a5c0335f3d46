// @vitest-environment node
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDesk, type Desk } from '../../console/conversations/desk.ts';
import type { News } from '../../console/notices/notice-board.ts';
import { makeToken, writeIn } from '../helpers/company.ts';
import { get, type House } from '../helpers/house.ts';
import { openDeskScene, say } from './desk-scene.ts';
import { MemoryStorage } from './memory-storage.ts';

const seen = { timeout: 10_000, interval: 20 };

function listen(desk: Desk): News[] {
  const news: News[] = [];
  desk.notices.onNews((told) => news.push(...told));
  return news;
}

/** With a token, since Node keeps no cookies. */
async function seat(house: House, { id, cookie }: { id: string; cookie: string }): Promise<Desk> {
  const { token } = await makeToken(house, cookie);
  const desk = createDesk({ agentId: id, serverUrl: house.url, apiToken: token, storage: new MemoryStorage() });
  onTestFinished(() => desk.close());
  desk.open();
  await expect.poll(() => desk.notices.phase.value, seen).toBe('idle');
  return desk;
}

async function openFloor() {
  const { house, desk: dana } = await openDeskScene();
  const noa = await house.hire('Noa', 'administrator');
  const desk = await seat(house, noa);
  const news = listen(desk);
  const visitor = await writeIn(house, 'שלום');
  await expect.poll(() => dana.list.summaries.value.size, seen).toBe(1);
  return { house, dana, noa, desk, news, visitor, conversationId: visitor.conversationId };
}

describe('an agent at the desk', () => {
  it('hears of whoever begins to wait, once, and of each message in a conversation of their own', async () => {
    const { desk, news, visitor, conversationId } = await openFloor();
    await expect.poll(() => news.map(({ kind }) => kind), seen).toEqual(['waiting']);
    await say(visitor.socket, 'יש שם מישהו?');
    await expect.poll(() => desk.list.summaries.value.get(conversationId)?.unread, seen).toBe(2);
    expect(news).toHaveLength(1);
    desk.send(conversationId, 'כאן');
    await expect.poll(() => desk.list.summaries.value.get(conversationId)?.assigneeId, seen).toBe(desk.agentId);
    await say(visitor.socket, 'יופי');
    await expect.poll(() => news.at(-1), seen).toMatchObject({ kind: 'mine', conversationId, text: 'יופי' });
  });

  it('is told of a hand-over and of a whisper, and has both read by looking at the conversation', async () => {
    const { dana, desk, news, conversationId } = await openFloor();
    const reply = await dana.transfer({ conversationId, agentId: desk.agentId, note: 'הוא כבר שילם' });
    expect(reply.ok).toBe(true);
    await expect.poll(() => desk.notices.unseenCount.value, seen).toBe(1);
    dana.whisper(conversationId, 'תציע הנחה');
    await expect
      .poll(() => desk.notices.items.value.map(({ kind, text }) => [kind, text]), seen)
      .toEqual([
        ['whisper', 'תציע הנחה'],
        ['transfer', 'הוא כבר שילם'],
      ]);
    expect(news.filter(({ notice }) => notice).map(({ kind }) => kind)).toEqual(['assigned', 'mentioned']);
    desk.notices.lookedAt(conversationId);
    expect(desk.notices.unseenCount.value).toBe(0);
  });

  it('finds a mention first in the view of mentions, until it has been seen, and where to find it after that', async () => {
    const { house, dana, noa, desk, conversationId } = await openFloor();
    const resolved = (await writeIn(house, 'תודה')).conversationId;
    const later = (await writeIn(house, 'עוד משהו')).conversationId;
    await expect.poll(() => desk.list.summaries.value.size, seen).toBe(3);
    const name = (id: string) => {
      dana.send(id, '@Noa', 'internal', { isGuarded: false, mentions: [{ agentId: desk.agentId, at: 0, length: 4 }] });
    };
    const view = desk.list.shown('mentions');
    await view.follow();
    expect(view.ids.value).toEqual([]);
    expect(view.isComplete.value).toBe(true);

    name(resolved);
    await expect.poll(() => desk.views.count('mentions'), seen).toEqual({ count: 1, isMore: false });
    await dana.resolve(resolved);
    await view.judge();
    expect(view.ids.value).toEqual([resolved]);
    desk.notices.lookedAt(resolved);
    expect(desk.views.count('mentions')?.count).toBe(0);
    name(later);
    name(conversationId);
    await expect.poll(() => desk.views.count('mentions')?.count, seen).toBe(2);
    await view.judge();
    expect(view.ids.value.slice(2)).toEqual([resolved]);
    desk.notices.lookedAt(conversationId);
    await expect.poll(() => view.ids.value, seen).toEqual([later, conversationId, resolved]);
    // Named anew, the resolved one comes first again, and never leaves meanwhile.
    name(resolved);
    desk.notices.lookedAt(later);
    await expect.poll(() => view.ids.value[0], seen).toBe(resolved);

    // A browser that is opened now finds the same.
    const other = await seat(house, noa);
    await expect.poll(() => other.views.count('mentions')?.count, seen).toBe(1);
    await other.list.shown('mentions').follow();
    await expect.poll(() => other.list.view('mentions').value, seen).toEqual(view.ids.value);
    other.notices.lookedAt(resolved);
    await expect.poll(() => desk.views.count('mentions')?.count, seen).toBe(0);
  });

  it('finds on coming back what was told, and what was written, while the network was gone', async () => {
    const { dana, desk, news, visitor, conversationId } = await openFloor();
    await dana.assign(conversationId, { agentId: desk.agentId });
    await expect.poll(() => desk.notices.unseenCount.value, seen).toBe(1);
    await expect.poll(() => desk.list.summaries.value.get(conversationId)?.assigneeId, seen).toBe(desk.agentId);
    news.length = 0;
    desk.connection.close();
    await say(visitor.socket, 'הלו?');
    dana.send(conversationId, 'אפשר לענות לו?', 'internal', { isWhisper: true });
    await expect.poll(() => dana.courier.pending.value.length, seen).toBe(0);
    desk.connection.open();
    await expect.poll(() => news.map(({ kind }) => kind).sort(), seen).toEqual(['mentioned', 'mine']);
    expect(desk.notices.unseenCount.value).toBe(2);
  });

  it('looks at a conversation while only the live connection is gone: that is asked once, and again on coming back', async () => {
    const { dana, desk, conversationId } = await openFloor();
    await dana.assign(conversationId, { agentId: desk.agentId });
    await expect.poll(() => desk.notices.unseenCount.value, seen).toBe(1);
    desk.connection.close();
    const before = desk.notices.items.value;
    await desk.notices.see({ conversationId });
    expect(desk.notices.unseenCount.value).toBe(0);
    // The screen looks again whenever another list comes.
    const seenHere = desk.notices.items.value;
    expect(seenHere).not.toBe(before);
    await desk.notices.see({ conversationId });
    expect(desk.notices.items.value).toBe(seenHere);
    desk.connection.open();
    await expect.poll(() => desk.notices.unseenCount.value, seen).toBe(1);
    await desk.notices.see({ conversationId });
    await desk.notices.load();
    expect(desk.notices.unseenCount.value).toBe(0);
  });

  it('has a whisper kept until it is sent, and not sent twice', async () => {
    const { house, dana, desk, conversationId } = await openFloor();
    await dana.assign(conversationId, { agentId: desk.agentId });
    dana.connection.close();
    dana.whisper(conversationId, 'לאט לאט');
    expect(dana.courier.pending.value).toMatchObject([{ text: 'לאט לאט', isWhisper: true }]);
    dana.connection.open();
    await expect.poll(() => desk.notices.items.value[0], seen).toMatchObject({ kind: 'whisper', text: 'לאט לאט' });
    const { items } = await house.json<{ items: { text: string }[] }>('GET', `/api/conversations/${conversationId}/messages`);
    expect(items.filter(({ text }) => text === 'לאט לאט')).toHaveLength(1);
  });

  it('has a changed wish held in all browsers at once, whatever colleagues do meanwhile', async () => {
    const { house, dana, noa, desk } = await openFloor();
    const quiet = { sound: false, desktop: false, badge: false };
    const notifications = {
      mine: quiet,
      waiting: quiet,
      assigned: quiet,
      mentioned: quiet,
      called: quiet,
      late: quiet,
      isQuietWhileAway: false,
    };
    await house.json('PATCH', '/api/profile', { notifications }, { cookie: noa.cookie });
    await expect.poll(() => desk.me.value?.profile.notifications, seen).toEqual(notifications);
    await desk.setAvailability('away');
    await expect.poll(() => dana.colleagues.agents.value.get(noa.id)?.availability, seen).toBe('away');
    expect(desk.me.value?.profile.notifications).toEqual(notifications);
  });

  it('sees the others’ browsers of their own read along', async () => {
    const { house, dana, noa, desk, conversationId } = await openFloor();
    const other = await seat(house, noa);
    await dana.assign(conversationId, { agentId: desk.agentId });
    await expect.poll(() => [desk, other].map(({ notices }) => notices.unseenCount.value), seen).toEqual([1, 1]);
    await desk.notices.see({ id: desk.notices.items.value[0]?.id });
    await expect.poll(() => other.notices.unseenCount.value, seen).toBe(0);
  });

  it('is not told of a conversation that a mention names but that is out of sight', async () => {
    const { house, dana, conversationId } = await openFloor();
    const role = await house.json<{ id: string }>('POST', '/api/roles', {
      name: 'own',
      permissions: ['conversations:view-own', 'tokens:manage'],
    });
    const lior = await house.hire('Lior', role.id);
    const desk = await seat(house, lior);
    const news = listen(desk);
    expect((await dana.audience(conversationId))?.has(lior.id)).toBe(false);
    const text = '@Lior';
    dana.send(conversationId, text, 'internal', { mentions: [{ agentId: lior.id, at: 0, length: 5 }] });
    await expect.poll(() => dana.courier.pending.value.length, seen).toBe(0);
    const mark = await writeIn(house, 'אחר');
    await get((await house.agent()).socket, 'conversation:assign', { conversationId: mark.conversationId, agentId: lior.id });
    await expect.poll(() => news.map(({ kind }) => kind), seen).toEqual(['assigned']);
    expect(JSON.stringify(desk.notices.items.value)).not.toContain(conversationId);
  });
});
