import { render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { ContactPage } from '../../console/contacts/contact-page.tsx';
import { Http } from '../../console/http.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { get, type House, openHouse } from '../helpers/house.ts';
import { makeApiToken, say } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };

async function openFile(): Promise<{ house: House; http: Http; contact: Contact; token: string }> {
  const house = await openHouse();
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const { socket, session } = await house.visitor({ locale: 'he-IL', page: { url: 'https://shop.example/ficus', title: 'פיקוס' } });
  await say(socket, 'שלום, יש פיקוס במלאי?');
  await get(socket, 'visitor:identify', { name: 'נועה ברק', email: 'noa@example.com', phone: '052-555-1234' });
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  return { house, http, contact: items[0] as Contact, token: session.token };
}

beforeEach(() => setLanguage('en'));

describe('an agent with a customer file', () => {
  it('sees who it is, what was only claimed, and the conversations', async () => {
    const { http, contact } = await openFile();
    render(<ContactPage http={http} contactId={contact.id} mayEdit />);
    await screen.findByText('נועה ברק', {}, seen);
    expect(screen.getByText('noa@example.com')).toBeTruthy();
    expect(screen.getAllByText('claimed')).toHaveLength(2);
    expect(screen.queryByText('verified')).toBeNull();
    expect(screen.getByRole('link', { name: 'פיקוס' }).getAttribute('href')).toBe('https://shop.example/ficus');
    await screen.findByText('שלום, יש פיקוס במלאי?', {}, seen);
  });

  it('sees what the site says that the customer did there, newest first, and more when asked', async () => {
    const { house, http, contact, token } = await openFile();
    const other = await house.visitor();
    await say(other.socket, 'another visitor');
    await get(other.socket, 'event:track', { id: 'e'.repeat(21), name: 'of somebody else' });
    const site = await house.visitor({ token });
    for (let number = 0; number < 7; number += 1) {
      const event = {
        id: `event-${number}`.padEnd(21, '_'),
        name: `Looked at ${number}`,
        properties: { product: 'פיקוס' },
        agoMs: 10_000 - number,
      };
      await get(site.socket, 'event:track', event);
    }
    render(<ContactPage http={http} contactId={contact.id} mayEdit />);
    const names = () => screen.queryAllByText(/^Looked at/).map((name) => name.textContent);
    await screen.findByText('Looked at 6', {}, seen);
    expect(names()).toEqual([6, 5, 4, 3, 2].map((number) => `Looked at ${number}`));
    expect(screen.getAllByText('פיקוס').length).toBeGreaterThan(1);
    const part = screen.getByRole('heading', { name: 'On the site' }).parentElement as HTMLElement;
    await userEvent.click(within(part).getByRole('button', { name: 'Show more' }));
    expect(names()).toHaveLength(7);
    expect(screen.queryByText('of somebody else')).toBeNull();
  });

  it('tells a note in the list of conversations from what the customer heard', async () => {
    const { house, http, contact } = await openFile();
    const { items } = await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations');
    const { socket } = await house.agent();
    const conversationId = items[0]?.id ?? '';
    await get(socket, 'message:post', { id: 'a-note-for-the-team-1', conversationId, text: 'call back', visibility: 'internal' });
    render(<ContactPage http={http} contactId={contact.id} mayEdit />);
    const row = await screen.findByRole('link', { name: /call back/ }, seen);
    expect(within(row).getByRole('img', { name: 'Internal note' })).toBeTruthy();
    expect(row.textContent).toContain('Dana: call back');
  });

  it('sees what the customer filled in before chatting, and to which words it agreed', async () => {
    const { house, http, contact } = await openFile();
    const { socket } = await house.visitor();
    const told = { consent: true, consentText: '<b>אפשר לשמור</b>', fields: { הזמנה: '<i>10482</i>' } };
    await get(socket, 'visitor:identify', told);
    const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
    const asked = items.find(({ id }) => id !== contact.id) as Contact;
    render(<ContactPage http={http} contactId={asked.id} mayEdit />);
    await screen.findByText('<b>אפשר לשמור</b>', {}, seen);
    expect(screen.getByText('Consent')).toBeTruthy();
    expect(screen.getByText('<i>10482</i>')).toBeTruthy();
  });

  it('corrects the name in place', async () => {
    const { house, http, contact } = await openFile();
    render(<ContactPage http={http} contactId={contact.id} mayEdit />);
    await userEvent.click(await screen.findByRole('button', { name: /^Edit name/ }, seen));
    const field = screen.getByRole('textbox', { name: 'Name' });
    await userEvent.clear(field);
    await userEvent.type(field, 'נועה ברק־לוי{Enter}');
    await screen.findByText('נועה ברק־לוי', {}, seen);
    expect(await house.json<Contact>('GET', `/api/contacts/${contact.id}`)).toMatchObject({ name: 'נועה ברק־לוי' });
  });

  it('is told that an e-mail address is none, and keeps it to correct', async () => {
    const { house, http, contact } = await openFile();
    render(<ContactPage http={http} contactId={contact.id} mayEdit />);
    await userEvent.click(await screen.findByRole('button', { name: /^Edit e-mail/ }, seen));
    const field = screen.getByRole('textbox', { name: 'E-mail' });
    await userEvent.clear(field);
    await userEvent.type(field, 'not an address{Enter}');
    expect((await screen.findByRole('alert', {}, seen)).textContent).toBe('This is not an e-mail address.');
    expect(field).toHaveProperty('value', 'not an address');
    expect(await house.json<Contact>('GET', `/api/contacts/${contact.id}`)).toMatchObject({ identities: contact.identities });
  });

  it('keeps what was typed when a colleague was quicker, shows what stands there now, and saves it the second time', async () => {
    const { house, http, contact } = await openFile();
    render(<ContactPage http={http} contactId={contact.id} mayEdit />);
    await userEvent.click(await screen.findByRole('button', { name: /^Edit name/ }, seen));
    const field = screen.getByRole('textbox', { name: 'Name' });
    await userEvent.clear(field);
    await userEvent.type(field, 'נועה לוי');
    await house.json('PATCH', `/api/contacts/${contact.id}`, { name: 'נועה כהן', tags: ['VIP'] });
    await userEvent.type(field, '{Enter}');
    expect((await screen.findByRole('alert', {}, seen)).textContent).toMatch(/^Somebody has just changed this/);
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'נועה לוי');
    await screen.findByText('VIP', {}, seen);
    await userEvent.type(field, '{Enter}');
    await screen.findByText('נועה לוי', {}, seen);
    expect(await house.json<Contact>('GET', `/api/contacts/${contact.id}`)).toMatchObject({ name: 'נועה לוי', tags: ['VIP'] });
  });

  it('fills in the fields that administrators made, and is told at the field what it cannot hold', async () => {
    const { house, http, contact } = await openFile();
    const choices = [
      { id: 'gold'.padEnd(21, '_'), label: 'Gold' },
      { id: 'silver'.padEnd(21, '_'), label: 'Silver' },
    ];
    const make = (key: string, kind: string, rest = {}) =>
      house.json('POST', '/api/fields', { id: key.padEnd(21, '_'), entity: 'contact', key, name: key.toUpperCase(), kind, ...rest });
    await make('credit', 'money', { currency: 'ILS' });
    await make('club', 'choice', { choices });
    render(<ContactPage http={http} contactId={contact.id} mayEdit />);
    await userEvent.click(await screen.findByRole('button', { name: /^Edit .?CREDIT/ }, seen));
    await userEvent.type(screen.getByRole('textbox', { name: 'CREDIT' }), 'a lot{Enter}');
    expect((await screen.findByRole('alert', {}, seen)).textContent).toBe('This is not an amount.');
    await userEvent.clear(screen.getByRole('textbox', { name: 'CREDIT' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'CREDIT' }), '1,234.5{Enter}');
    await screen.findByText(/1,234\.50/, {}, seen);
    await userEvent.click(screen.getByRole('button', { name: /^Edit .?CLUB/ }));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await screen.findByRole('button', { name: /CLUB.?: Silver/ }, seen);
    expect(await house.json<Contact>('GET', `/api/contacts/${contact.id}`)).toMatchObject({
      values: { credit: 123_450, club: choices[1]?.id },
    });
  });

  it('lets go with Escape', async () => {
    const { http, contact } = await openFile();
    render(<ContactPage http={http} contactId={contact.id} mayEdit />);
    await userEvent.click(await screen.findByRole('button', { name: /^Edit name/ }, seen));
    await userEvent.keyboard('something else{Escape}');
    await screen.findByText('נועה ברק', {}, seen);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('who may not edit finds no field', async () => {
    const { http, contact } = await openFile();
    render(<ContactPage http={http} contactId={contact.id} mayEdit={false} />);
    await screen.findByText('נועה ברק', {}, seen);
    expect(screen.queryAllByRole('button', { name: /^Edit/ })).toEqual([]);
  });

  it('is told when there is no such file', async () => {
    const { http } = await openFile();
    render(<ContactPage http={http} contactId="no-such-contact-00001" mayEdit />);
    await screen.findByText('There is no such customer file.', {}, seen);
  });
});
