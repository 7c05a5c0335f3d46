import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { type PreChat as Demands, firstInboxSettings } from '../../shared/inbox.ts';
import type { Language } from '../../shared/language.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { type Chat, createChat } from '../../widget/chat-state.ts';
import { PreChat } from '../../widget/components/pre-chat.tsx';
import { fieldsToAsk } from '../../widget/pre-chat-fields.ts';
import { storageKey } from '../../widget/storage-keys.ts';
import { languages, show, speechIn } from './speaking.tsx';

const INBOX = 'an-inbox-of-the-tests';
const nothing: Demands = firstInboxSettings.preChat;
const everything: Demands = {
  name: 'required',
  phone: 'required',
  email: 'optional',
  consent: 'required',
  consentText: { en: 'I have read https://shop.example/privacy', he: 'קראתי את https://shop.example/privacy' },
  fields: [
    { key: 'order', label: { en: 'Order number', he: 'מספר הזמנה' }, kind: 'number', demand: 'optional', options: [] },
    { key: 'topic', label: { en: 'Topic', he: 'נושא' }, kind: 'choice', demand: 'required', options: ['Delivery', 'החזרות'] },
    { key: 'club', label: { en: 'Club member', he: 'חברות במועדון' }, kind: 'checkbox', demand: 'optional', options: [] },
  ],
};

/** A browser in which nothing is connected: what is sent stays where it can be seen. */
function browser(storage = memoryStorage()) {
  return createChat({ serverUrl: 'http://127.0.0.1:9/', inboxKey: INBOX, storage, webSocket: null });
}
const form = (chat: Chat, preChat: Demands, language: Language) => <PreChat chat={chat} preChat={preChat} languages={[language]} />;

describe.each(languages)('a visitor whom the inbox asks something in %s', (language) => {
  const open = async (chat: Chat, preChat = everything) => {
    const speech = await speechIn(language);
    const screen = show(form(chat, preChat, language), speech, language);
    const field = (name: string) => screen.getByRole('textbox', { name: new RegExp(name) }) as HTMLInputElement;
    return { speech, screen, field, user: userEvent.setup() };
  };

  test('sees the own message above the form, and sends it with what was filled in', async () => {
    const chat = browser();
    chat.hold({ text: 'איפה ההזמנה שלי?', questionId: 'where' });
    const { speech, screen, field, user } = await open(chat);
    await screen.findByText('איפה ההזמנה שלי?');
    await user.type(field(speech.t('name')), 'רות');
    await user.selectOptions(screen.getByRole('combobox', { name: speech.t('country') }), 'IL');
    await user.type(field(speech.t('phone')), '0501234567');
    expect(field(speech.t('phone')).value).toBe('050-123-4567');
    await user.selectOptions(screen.getByRole('combobox', { name: everything.fields[1]?.label[language] as string }), 'החזרות');
    await user.click(screen.getByRole('checkbox', { name: /privacy/ }));
    await user.click(screen.getByRole('button', { name: speech.t('sendMessage') }));
    expect(chat.unsentDetails.value).toEqual({
      name: 'רות',
      phone: '+972501234567',
      consent: true,
      consentText: everything.consentText[language],
      fields: { topic: 'החזרות' },
    });
    expect(chat.pending.value).toMatchObject([{ text: 'איפה ההזמנה שלי?', questionId: 'where', isAfterDetails: true }]);
    chat.stop();
  });

  test('is put to the first field that is wrong, told beside it, and told at once when it is right', async () => {
    const chat = browser();
    chat.hold({ text: 'hello', values: { country: 'IL' } });
    const { speech, screen, field, user } = await open(chat);
    await screen.findByText('hello');
    await user.type(field(speech.t('name')), 'Ruth');
    await user.type(field(speech.t('phone')), '05012');
    await user.click(screen.getByRole('button', { name: speech.t('sendMessage') }));
    const phone = field(speech.t('phone'));
    await expect.poll(() => document.activeElement).toBe(phone);
    expect(document.getElementById(phone.getAttribute('aria-describedby') ?? '')?.textContent).toBe(speech.t('invalidPhone'));
    const mistakes = screen.getAllByRole('alert').map((alert) => alert.textContent);
    expect(mistakes).toEqual([speech.t('invalidPhone'), speech.t('missingChoice'), speech.t('missingConsent')]);
    await user.type(phone, '34567');
    await expect.poll(() => phone.getAttribute('aria-invalid')).toBe('false');
    expect(chat.pending.value).toEqual([]);
    chat.stop();
  });

  test('is not corrected before leaving a field', async () => {
    const chat = browser();
    chat.hold({ text: 'hello' });
    const { speech, screen, field, user } = await open(chat, { ...nothing, email: 'required' });
    await user.type(field(speech.t('email')), 'ruth@');
    expect(screen.queryByRole('alert')).toBeNull();
    await user.tab();
    expect((await screen.findByRole('alert')).textContent).toBe(speech.t('invalidEmail'));
    chat.stop();
  });

  test('may leave out what may be left out, and is not asked for it again', async () => {
    const chat = browser();
    chat.hold({ text: 'hello' });
    const { speech, screen, user } = await open(chat, { ...nothing, email: 'optional' });
    await user.click(screen.getByRole('button', { name: speech.t('sendMessage') }));
    expect(chat.pending.value).toMatchObject([{ text: 'hello' }]);
    chat.hold({ ...chat.held.value, text: 'again' });
    await expect.poll(() => chat.pending.value.map(({ text }) => text)).toEqual(['hello', 'again']);
    chat.stop();
  });
});

test('what was half filled in, and the message above it, are there on the next page and after the browser was closed', async () => {
  const storage = memoryStorage();
  const first = browser(storage);
  first.hold({ text: 'my question' });
  const speech = await speechIn('en');
  const screen = show(form(first, everything, 'en'), speech);
  await screen.findByText('my question');
  const user = userEvent.setup();
  await user.type(screen.getByRole('textbox', { name: /Name/ }), 'Ru');
  await user.type(screen.getByRole('textbox', { name: /Order number/ }), '104');
  first.stop();
  screen.unmount();
  const second = browser(storage);
  const next = show(form(second, everything, 'en'), speech);
  await next.findByText('my question');
  expect((next.getByRole('textbox', { name: /Name/ }) as HTMLInputElement).value).toBe('Ru');
  expect((next.getByRole('textbox', { name: /Order number/ }) as HTMLInputElement).value).toBe('104');
  second.stop();
});

test('what another version of the widget, or a hand, has left in the storage stops nobody', () => {
  const storage = memoryStorage();
  storage.setItem(storageKey(INBOX, 'held'), '{"text":');
  const chat = browser(storage);
  expect(chat.held.value).toEqual({});
  chat.stop();
});

describe('who is asked for what', () => {
  const ruth = { id: 'v', name: 'Ruth', email: null, phone: null, company: null, isVerified: true };
  const nobody = { visitor: { ...ruth, name: null }, unsent: null, asked: [] };
  const keys = (preChat: Demands, person: Parameters<typeof fieldsToAsk>[1]) => fieldsToAsk(preChat, person, ['en']).map(({ key }) => key);

  test('nobody, where nothing is asked', () => {
    expect(keys(nothing, nobody)).toEqual([]);
  });

  test('whoever is known is asked only for the rest', () => {
    expect(keys(everything, { ...nobody, visitor: ruth })).toEqual(['phone', 'email', '.order', '.topic', '.club', 'consent']);
    const known = { ...ruth, phone: '+972501234567', hasConsented: true, toldFields: ['topic'] };
    expect(keys(everything, { ...nobody, visitor: known, asked: ['email', '.order', '.club'] })).toEqual([]);
    expect(keys({ ...nothing, name: 'required', consent: 'required' }, { ...nobody, unsent: { name: 'Ruth', consent: true } })).toEqual([]);
  });

  test('what was filled in here once counts until the server says otherwise', () => {
    const demand: Demands = { ...nothing, phone: 'required' };
    expect(keys(demand, { visitor: null, unsent: null, asked: ['phone'] })).toEqual([]);
    expect(keys(demand, { ...nobody, asked: ['phone'] })).toEqual(['phone']);
  });

  test('a field of the inbox that is called like one of ours is another one', () => {
    const fields = [{ key: 'phone', label: {}, kind: 'text', demand: 'required', options: [] }] as Demands['fields'];
    expect(fieldsToAsk({ ...nothing, fields }, nobody, ['en'])).toMatchObject([{ key: '.phone', kind: 'text', label: 'phone' }]);
  });
});
