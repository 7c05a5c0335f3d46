import { describe, expect, test, vi } from 'vitest';
import { firstInboxSettings, type PreChat } from '../../shared/inbox.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { createChat } from '../../widget/chat-state.ts';
import type { KesherQueue, QueuedCall } from '../../widget/handover.ts';
import { takeOverQueue } from '../../widget/kesher-api.ts';
import type { KesherApi } from '../../widget/load-kesher.ts';
import { createPanelState } from '../../widget/panel-state.ts';

/** A page of a shop whose loader has left `earlier` in the queue. `kesher` is what the page then calls. */
function openPage(tabStorage = memoryStorage(), storage = memoryStorage(), preChat: Partial<PreChat> = {}) {
  const panel = createPanelState(tabStorage, 'shop', storage);
  const chat = createChat({ serverUrl: 'http://127.0.0.1:9/', inboxKey: 'shop', storage, tabStorage });
  const [setLocale, setHidden] = [vi.fn(), vi.fn()];
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const parts = { panel, chat, setLocale, setHidden, preview: vi.fn(), preChat: () => ({ ...firstInboxSettings.preChat, ...preChat }) };
  const arrive = (earlier: QueuedCall[] = []) => {
    const queue = earlier as KesherQueue;
    takeOverQueue(queue, parts);
    return queue;
  };
  const queue = arrive();
  const kesher = new Proxy({} as KesherApi, {
    get:
      (_, name: string) =>
      (...given: unknown[]) =>
        void queue.push([name, ...given]),
  });
  return { ...parts, arrive, queue, kesher, warn, tabStorage, storage };
}

describe('a site that speaks to the widget', () => {
  test('before it is there is heard in order once it is, and afterwards at once', () => {
    const { panel, arrive } = openPage();
    const queue = arrive([['open'], ['close'], ['open'], ['on', 'ready', vi.fn()]]);
    expect(panel.isOpen.value).toBe(true);
    expect(queue).toHaveLength(0);
    queue.push(['close']);
    expect(panel.isOpen.value).toBe(false);
    queue.push(['toggle']);
    expect(panel.isOpen.value).toBe(true);
  });

  test('with a word that the widget does not know is told so, and nothing breaks', () => {
    const { panel, arrive, warn } = openPage();
    arrive([['explode'], ['constructor'], 'open' as never, null as never, ['open']]);
    expect(warn.mock.calls.map(([said]) => said)).toEqual([
      'Kesher has no "explode".',
      'Kesher has no "constructor".',
      // A word alone is taken for the call it means.
      'Kesher has no "null".',
    ]);
    expect(panel.isOpen.value).toBe(true);
  });

  test.each<[method: string, ...given: unknown[]]>([
    ['identify', null],
    ['identify', 'Ruth'],
    ['identify', { name: 7 }],
    ['identify', { consent: 'yes' }],
    ['identify', { email: 'x'.repeat(255) }],
    ['identify', { fields: { a: {} } }],
    ['setFields', undefined],
    ['setFields', ['x']],
    ['setFields', { plan: null, seats: Number.NaN }],
    ['setFields', { note: 'x'.repeat(1_001) }],
    ['setFields', Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`f${at}`, 1]))],
    ['track', ''],
    ['track', 'x'.repeat(61)],
    ['track', 'Bought', 'a mug'],
    ['track', 'Bought', Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`p${at}`, 1]))],
    ['track', 'Bought', { what: 'x'.repeat(201) }],
    ['send', ' '],
    ['send', 'x'.repeat(8_001)],
    ['prefill', 'Ruth'],
    ['prefill', { phone: 501234567 }],
    ['setLocale', 5],
    ['on', 'opened', () => {}],
    ['on', 'open', 'listener'],
    ['off', 'nothing', () => {}],
  ])('that gives %s what it cannot take is told the method, and nothing else happens', (method, ...given) => {
    const { queue, chat, warn, panel, setLocale } = openPage();
    expect(() => queue.push([method, ...given])).not.toThrow();
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toMatch(new RegExp(`^Kesher\\.${method}: `));
    expect([chat.unsentDetails.value, chat.pending.value, chat.draft.value, panel.form.value]).toEqual([null, [], '', null]);
    expect(setLocale).not.toHaveBeenCalled();
  });

  test('hears when the panel opens and closes, until it no longer wants to', async () => {
    const { kesher } = openPage();
    const heard: string[] = [];
    const onOpen = () => heard.push('open');
    kesher.on('open', onOpen);
    kesher.on('close', () => heard.push('close'));
    kesher.open();
    await vi.waitFor(() => expect(heard).toEqual(['open']));
    kesher.close();
    await vi.waitFor(() => expect(heard).toEqual(['open', 'close']));
    kesher.off('open', onOpen);
    kesher.open();
    kesher.close();
    await vi.waitFor(() => expect(heard).toEqual(['open', 'close', 'close']));
  });

  test('is told late that the widget is ready if it asks late, and its own mistakes stay its own', async () => {
    const ready = vi.fn();
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const { kesher } = openPage();
    kesher.on('ready', () => {
      throw new Error('a mistake of the site');
    });
    kesher.on('ready', ready);
    await vi.waitFor(() => expect(ready).toHaveBeenCalledOnce());
    expect(reported).toHaveLength(1);
  });

  test('tells who the visitor is, and it is kept until the server has it', () => {
    const { kesher, chat, storage } = openPage();
    kesher.identify({ name: 'Ruth', email: 'ruth@example.com', company: null });
    expect(chat.unsentDetails.value).toEqual({ name: 'Ruth', email: 'ruth@example.com' });
    expect(storage.getItem('kesher:shop:details')).toContain('Ruth');
    kesher.reset();
    expect(chat.unsentDetails.value).toBeNull();
    expect(storage.getItem('kesher:shop:details')).toBeNull();
  });

  test('tells facts one after another, and they come together, as text', () => {
    const { kesher, chat, queue } = openPage();
    kesher.setFields({ plan: 'pro', seats: 3 });
    kesher.identify({ name: 'Ruth' });
    kesher.setFields({ cartValue: 129.9, isTrial: false, note: '' });
    const fields = { plan: 'pro', seats: '3', cartValue: '129.9', isTrial: 'false' };
    expect(chat.unsentDetails.value).toEqual({ name: 'Ruth', fields });
    expect(queue.fields).toEqual(fields);
  });

  test('asks for another language, and takes the launcher away and back', () => {
    const { kesher, setLocale, setHidden } = openPage();
    kesher.setLocale('he-IL');
    expect(setLocale).toHaveBeenCalledWith('he-IL');
    kesher.hide();
    kesher.show();
    expect(setHidden.mock.calls).toEqual([[true], [false]]);
  });

  test('sends for its visitor without opening the panel and without touching what the visitor is writing', () => {
    const { kesher, chat, panel } = openPage();
    chat.write('half a sent');
    const photo = { key: 'photo', name: 'photo.png', type: 'image/png', size: 7 };
    chat.tray.value = [photo];
    kesher.send('I clicked “call me”');
    expect(chat.pending.value).toMatchObject([{ text: 'I clicked “call me”' }]);
    expect(chat.pending.value[0]?.files).toBeUndefined();
    expect([chat.draft.value, chat.tray.value, panel.isOpen.value]).toEqual(['half a sent', [photo], false]);
    chat.stop();
  });

  test('where the inbox asks for a phone first, what it sends waits behind the form, beside what the visitor is writing', () => {
    const { kesher, chat, panel } = openPage(memoryStorage(), memoryStorage(), { phone: 'required' });
    chat.write('half a sent');
    panel.view.value = 'details';
    kesher.send('שלום');
    expect([chat.pending.value, chat.held.value, panel.isOpen.value, panel.view.value]).toEqual([[], { text: 'שלום' }, true, 'chat']);
    kesher.send('יש מישהו?');
    expect(chat.held.value).toEqual({ text: 'שלום\nיש מישהו?' });
    kesher.identify({ phone: '050-1234567' });
    kesher.send('ועוד');
    expect(chat.pending.value.map(({ text }) => text)).toEqual(['ועוד']);
    expect(chat.draft.value).toBe('half a sent');
    chat.stop();
  });

  test('where the inbox must know who agreed and a field of its own, is not held up once the server knows both', () => {
    const plan = { key: 'plan', label: {}, kind: 'text', demand: 'required', options: [] } as const;
    const { kesher, chat } = openPage(memoryStorage(), memoryStorage(), { consent: 'required', fields: [{ ...plan, options: [] }] });
    const ruth = { id: 'ruth', name: null, email: null, phone: null, company: null, isVerified: false };
    chat.visitor.value = { ...ruth, hasConsented: true, toldFields: ['size'] };
    kesher.send('first');
    expect(chat.pending.value).toEqual([]);
    chat.visitor.value = { ...ruth, hasConsented: true, toldFields: ['plan'] };
    kesher.send('second');
    expect(chat.pending.value.map(({ text }) => text)).toEqual(['second']);
    chat.stop();
  });

  test('lays words ready, and never over what the visitor has typed', () => {
    const { kesher, chat, panel } = openPage();
    panel.form.value = { name: 'Rut' };
    chat.hold({ values: { name: 'Ru', phone: '050' } });
    kesher.prefill({ name: 'Ruth', email: 'ruth@example.com', text: 'About order 7: ' });
    expect(panel.form.value).toEqual({ name: 'Rut', email: 'ruth@example.com' });
    expect(chat.held.value).toEqual({ values: { name: 'Ru', phone: '050', email: 'ruth@example.com' } });
    expect(chat.draft.value).toBe('About order 7: ');
    kesher.prefill({ text: 'something else' });
    expect(chat.draft.value).toBe('About order 7: ');
    expect([chat.pending.value, chat.unsentDetails.value]).toEqual([[], null]);
  });
});

describe('a visitor who goes to the next page', () => {
  test('finds the panel as it was: open, on the same view, at the same place, with the form half filled', () => {
    const { panel, tabStorage } = openPage();
    panel.open();
    panel.view.value = 'details';
    panel.form.value = { name: 'Ru' };
    panel.setPlace({ messageId: 'm7', top: -12 });
    panel.save();
    const next = openPage(tabStorage).panel;
    expect([next.isOpen.value, next.isRestored.value, next.view.value, next.form.value, next.place()]).toEqual([
      true,
      true,
      'details',
      { name: 'Ru' },
      { messageId: 'm7', top: -12 },
    ]);
  });

  test('finds it closed if it was closed', () => {
    const { panel, tabStorage } = openPage();
    panel.open();
    panel.close();
    expect(openPage(tabStorage).panel.isOpen.value).toBe(false);
  });

  test('leaves nothing behind if it never opened it', () => {
    const { tabStorage, storage } = openPage();
    expect([tabStorage.length, storage.length]).toEqual([0, 0]);
  });
});
