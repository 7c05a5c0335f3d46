// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { createChat } from '../../widget/chat-state.ts';
import type { QueuedCall } from '../../widget/handover.ts';
import { createKesherApi, type KesherApi, takeOverQueue } from '../../widget/kesher-api.ts';
import { createPanelState } from '../../widget/panel-state.ts';

function openPage(tabStorage = memoryStorage(), storage = memoryStorage()) {
  const panel = createPanelState(tabStorage, 'shop', storage);
  const chat = createChat({ serverUrl: 'http://127.0.0.1:9/', inboxKey: 'shop', storage, tabStorage });
  const setLocale = vi.fn();
  return { panel, chat, setLocale, api: createKesherApi({ chat, panel, setLocale }), tabStorage, storage };
}

describe('a site that speaks to the widget', () => {
  test('before it is there is heard in order once it is, and afterwards at once', () => {
    const { panel, api } = openPage();
    const ready = vi.fn();
    const queue: QueuedCall[] = [['open'], ['close'], ['open'], ['on', 'ready', ready]];
    const host = document.createElement('div');
    takeOverQueue(queue, api, host);
    expect(panel.isOpen.value).toBe(true);
    expect(queue).toHaveLength(0);
    queue.push(['close']);
    expect(panel.isOpen.value).toBe(false);
    const { Kesher } = window as unknown as { Kesher: KesherApi & { host: HTMLElement } };
    Kesher.toggle();
    expect(panel.isOpen.value).toBe(true);
    expect(Kesher.host).toBe(host);
  });

  test('with a word that the widget does not know is told so, and nothing breaks', () => {
    const { panel, api } = openPage();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    takeOverQueue([['explode'], ['open']], api, document.createElement('div'));
    expect(warn).toHaveBeenCalledWith('Kesher has no "explode".');
    expect(panel.isOpen.value).toBe(true);
  });

  test('with something that is no person gets its mistake reported, and what it asked for afterwards is done', () => {
    const { panel, api } = openPage();
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    takeOverQueue([['identify', null], ['open']], api, document.createElement('div'));
    vi.unstubAllGlobals();
    expect(reported).toHaveLength(1);
    expect(panel.isOpen.value).toBe(true);
  });

  test('hears when the panel opens and closes, until it no longer wants to', async () => {
    const { api } = openPage();
    const heard: string[] = [];
    const onOpen = () => heard.push('open');
    api.on('open', onOpen);
    api.on('close', () => heard.push('close'));
    api.open();
    await vi.waitFor(() => expect(heard).toEqual(['open']));
    api.close();
    await vi.waitFor(() => expect(heard).toEqual(['open', 'close']));
    api.off('open', onOpen);
    api.open();
    api.close();
    await vi.waitFor(() => expect(heard).toEqual(['open', 'close', 'close']));
  });

  test('is told late that the widget is ready if it asks late', async () => {
    const ready = vi.fn();
    openPage().api.on('ready', ready);
    await vi.waitFor(() => expect(ready).toHaveBeenCalledOnce());
  });

  test('tells who the visitor is, and it is kept until the server has it', () => {
    const { api, chat, storage } = openPage();
    api.identify({ name: 'Ruth', email: 'ruth@example.com' });
    expect(chat.unsentDetails.value).toEqual({ name: 'Ruth', email: 'ruth@example.com' });
    expect(storage.getItem('kesher:shop:details')).toContain('Ruth');
    api.reset();
    expect(chat.unsentDetails.value).toBeNull();
    expect(storage.getItem('kesher:shop:details')).toBeNull();
  });

  test('asks for another language', () => {
    const { api, setLocale } = openPage();
    api.setLocale('he-IL');
    expect(setLocale).toHaveBeenCalledWith('he-IL');
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
