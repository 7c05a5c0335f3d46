import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Http } from '../../console/http.ts';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import { timelineNews } from '../../console/timeline/file-news.ts';
import { TimelineSection } from '../../console/timeline/timeline-section.tsx';
import { toasts } from '../../console/ui/toast.tsx';
import type { Permission } from '../../shared/agent.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Pipeline } from '../../shared/opportunity.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { writeIn } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken, openDesk } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };

beforeEach(async () => {
  setLanguage('en');
  await Promise.all([fetchShelf('timeline'), fetchShelf('contacts')]);
  toasts.value = [];
  localStorage.clear();
});

interface Scene {
  house: House;
  http: Http;
  contact: Contact;
  conversationId: string;
}

async function openFile(): Promise<Scene> {
  const house = await openHouse();
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const { conversationId } = await writeIn(house, 'Where is my order?');
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  const contact = items[0] as Contact;
  return { house, http, contact, conversationId };
}

function show(
  { http, contact }: Scene,
  { may = () => true, isPage = true }: { may?: (right: Permission) => boolean; isPage?: boolean } = {},
) {
  render(
    <LocationProvider>
      <TimelineSection http={http} contact={contact} conversationId={null} may={may} agentId="dana" isPage={isPage} />
    </LocationProvider>,
  );
}

const log = ({ house, contact }: Scene, body: object) =>
  house.json('POST', `/api/contacts/${contact.id}/activities`, { id: nanoid(), ...body });
const entry = async (words: string | RegExp) => (await screen.findByText(words, {}, seen)).closest('article') as HTMLElement;
const facts = (item: HTMLElement) => item.textContent?.replace(/[\u2066-\u2069]/g, '') ?? '';
const itemsOf = async ({ house, contact }: Scene) =>
  (await house.json<TimelinePage>('GET', `/api/contacts/${contact.id}/timeline`, undefined)).items;

describe('an agent who reads what happened with a customer', () => {
  it('sees for how much something was bought and how a ticket, an opportunity and a task stand, and is led to each', async () => {
    const scene = await openFile();
    const { house, contact } = scene;
    const line = { product: 'Monstera', quantity: '2', unitPrice: 12_950 };
    await house.json('POST', '/api/purchases', {
      id: nanoid(),
      contactId: contact.id,
      currency: 'ILS',
      number: 'A-77',
      at: Date.now(),
      status: 'pending',
      lines: [line],
    });
    const ticket = await house.json<{ id: string }>('POST', '/api/tickets', {
      id: nanoid(),
      contactId: contact.id,
      subject: 'Broken pot',
      priority: 'urgent',
    });
    const stages = [{ id: nanoid(), name: 'Offered', probability: 50 }];
    const pipeline = await house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'Sales', currency: 'ILS', stages });
    const wanted = { id: nanoid(), contactId: contact.id, pipelineId: pipeline.id, name: 'Green wall', amount: 700_000 };
    await house.json('POST', '/api/opportunities', wanted);
    const task = { id: nanoid(), kind: 'task', contactId: contact.id, title: 'Send the plan', dueAt: Date.now() - 60_000 };
    await house.json('POST', '/api/tasks', task);
    show(scene);
    const bought = facts(await entry('Monstera'));
    expect(bought).toContain('₪259.00');
    expect(bought).toContain('Not paid yet');
    expect(bought).toContain('order A-77');
    const broken = await entry('Broken pot');
    expect(facts(broken)).toMatch(/Ticket 1(?!\d)/);
    expect(facts(broken)).toContain('New');
    expect(facts(broken)).toContain('Priority: Urgent');
    expect(within(broken).getByRole('link').getAttribute('href')).toBe(`/console/tickets/${ticket.id}`);
    const wall = await entry('Green wall');
    expect(facts(wall)).toContain('₪7,000.00');
    expect(facts(wall)).toContain('Offered');
    expect(within(wall).getByRole('link').getAttribute('href')).toBe(`/console/opportunities/${wanted.id}`);
    const plan = await entry('Send the plan');
    expect(facts(plan)).toContain('was due');
    expect(within(plan).getByRole('link').getAttribute('href')).toBe(`/console/tasks?task=${task.id}`);
  });

  it('reads what was changed in words, never as it is stored', async () => {
    const scene = await openFile();
    const { house, contact } = scene;
    const make = (key: string, kind: string, rest = {}) =>
      house.json('POST', '/api/fields', { id: key.padEnd(21, '_'), entity: 'contact', key, name: key.toUpperCase(), kind, ...rest });
    await make('credit', 'money', { currency: 'ILS' });
    await make('club', 'yes-no');
    await make('birthday', 'date');
    const values = { credit: 123_450, club: true, birthday: '2001-02-03' };
    await house.json('PATCH', `/api/contacts/${contact.id}`, { name: 'Ruth', lifecycle: 'customer', locale: 'he', values });
    await house.json('PATCH', `/api/contacts/${contact.id}`, { lifecycle: 'lapsed' });
    await house.json('POST', `/api/contacts/${contact.id}/consents`, { id: nanoid(), kind: 'email', isGiven: true, how: 'phone' });
    const withPhone = await house.json<Contact>('POST', `/api/contacts/${contact.id}/identities`, { kind: 'phone', value: '050-123 4567' });
    const phone = withPhone.identities.find(({ kind }) => kind === 'phone');
    await house.json('PATCH', `/api/contacts/${contact.id}/identities/${phone?.id}`, { isVerified: true });
    show(scene);
    const shown = async (words: RegExp) => facts(await entry(words));
    const first = await shown(/^.?CREDIT/);
    expect(first).toContain('CREDIT: ₪1,234.50');
    expect(first).toContain('CLUB: Yes');
    expect(first).toMatch(/BIRTHDAY: Feb 3, 2001/);
    expect(first).toContain('Language: Hebrew');
    expect(await shown(/Lapsed/)).toContain('Customer → Lapsed');
    expect(await shown(/^.?Consent/)).toContain('Consent (News by e-mail): agreed');
    expect(await shown(/^The phone was confirmed/)).toContain('The phone was confirmed: +972501234567');
    for (const raw of ['true', '2001-02-03', 'lapsed', 'ILS']) expect(screen.queryByText(new RegExp(raw))).toBeNull();
  });

  it('writes down a call with what came of it, finds it begun after a reload, and is told what is missing', async () => {
    const scene = await openFile();
    show(scene);
    const form = () => screen.findByRole('form', { name: 'Add to the timeline' }, seen);
    await userEvent.click(within(await form()).getByRole('radio', { name: 'Call' }));
    await userEvent.click(within(await form()).getByRole('button', { name: 'Save' }));
    await screen.findByText('Say what came of it, or write something.', {}, seen);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /came of it/ }), 'voicemail');
    cleanup();
    show(scene);
    const outcome = within(await form()).getByRole<HTMLSelectElement>('combobox', { name: /came of it/ });
    expect(outcome.value).toBe('voicemail');
    await userEvent.type(within(await form()).getByLabelText('Time'), '08:15');
    await userEvent.click(within(await form()).getByRole('button', { name: 'Save' }));
    await vi.waitFor(async () => expect((await itemsOf(scene)).some(({ kind }) => kind === 'call')).toBe(true), seen);
    const call = (await itemsOf(scene)).find(({ kind }) => kind === 'call');
    expect(new Date(call?.at ?? 0).toTimeString().slice(0, 5)).toBe('08:15');
    expect(new Date(call?.at ?? 0).toDateString()).toBe(new Date().toDateString());
    expect(facts(await entry('Was called'))).toContain('Left a message');
  });

  it('keeps what was typed over a change of a colleague, and is told of it', async () => {
    const scene = await openFile();
    const note = { id: nanoid(), kind: 'note', text: 'A regular' };
    await scene.house.json('POST', `/api/contacts/${scene.contact.id}/activities`, note);
    show(scene);
    const item = await entry('A regular');
    await userEvent.click(within(item).getByRole('button', { name: 'More about this' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }, seen));
    const field = await within(item).findByRole('textbox', {}, seen);
    await scene.house.json('PATCH', `/api/activities/${note.id}`, { text: 'A colleague was quicker' });
    await userEvent.type(field, ' for years');
    await userEvent.click(within(item).getByRole('button', { name: 'Save' }));
    await within(item).findByRole('alert', {}, seen);
    expect(within(item).getByRole('textbox')).toHaveProperty('value', 'A regular for years');
  });

  it('removes a note and brings it back, and hears of what a colleague wrote meanwhile', async () => {
    const scene = await openFile();
    await log(scene, { kind: 'note', text: 'Likes ferns' });
    show(scene);
    await userEvent.click(within(await entry('Likes ferns')).getByRole('button', { name: 'More about this' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }, seen));
    await vi.waitFor(() => expect(screen.queryByText('Likes ferns')).toBeNull(), seen);
    await vi.waitFor(() => expect(toasts.value.at(-1)?.action).toBeDefined(), seen);
    toasts.value.at(-1)?.action?.run();
    await entry('Likes ferns');
    await log(scene, { kind: 'note', text: 'From a colleague' });
    timelineNews.value = { contactId: scene.contact.id };
    await entry('From a colleague');
    expect(screen.getByRole('status').textContent).toBe('There is something new in the timeline');
  });

  it('reads further down, and nothing that stands there already is drawn anew', async () => {
    const scene = await openFile();
    const noted = Array.from({ length: 58 }, (_, number) => ({ kind: 'note', text: `Note ${number}`, at: Date.now() - number * 60_000 }));
    await Promise.all(noted.map((note) => log(scene, note)));
    show(scene);
    await entry('Note 0');
    const drawn = screen.getAllByRole('article');
    expect(drawn.length).toBeGreaterThanOrEqual(50);
    if (!screen.queryByText('Note 57')) await userEvent.click(await screen.findByRole('button', { name: 'Show more' }, seen));
    await entry('Note 57');
    await log(scene, { kind: 'note', text: 'The newest' });
    timelineNews.value = { contactId: scene.contact.id };
    await entry('The newest');
    expect(drawn.filter((item) => !item.isConnected)).toEqual([]);
  });

  it('comes into it with Tab even where it was drawn again after being far off', async () => {
    const looks: IntersectionObserverCallback[] = [];
    class Eyes {
      constructor(look: IntersectionObserverCallback) {
        looks.push(look);
      }
      observe() {}
      disconnect() {}
    }
    vi.stubGlobal('IntersectionObserver', Eyes);
    onTestFinished(() => void vi.unstubAllGlobals());
    const see = (isIntersecting: boolean) => {
      for (const look of looks) look([{ isIntersecting } as IntersectionObserverEntry], {} as IntersectionObserver);
    };
    const scene = await openFile();
    await log(scene, { kind: 'note', text: 'Likes ferns' });
    show(scene);
    await entry('Likes ferns');
    await vi.waitFor(() => {
      see(false);
      expect(screen.queryAllByRole('article')).toEqual([]);
    }, seen);
    see(true);
    await entry('Likes ferns');
    await vi.waitFor(() => expect(screen.getAllByRole('article').map(({ tabIndex }) => tabIndex)).toEqual([0, -1]), seen);
  });

  it('sees at once what happens elsewhere with this customer: a field that was changed, a ticket, something bought', async () => {
    const scene = await openFile();
    const { house, contact } = scene;
    const desk = await openDesk(house, house.cookie);
    await vi.waitFor(() => expect(desk.connection.state.value).toBe('live'), seen);
    show(scene);
    await entry('Where is my order?');
    await house.json('PATCH', `/api/contacts/${contact.id}`, { name: 'Ruth' });
    await entry(/^.?Name/);
    await house.json('POST', '/api/tickets', { id: nanoid(), contactId: contact.id, subject: 'Broken pot' });
    await entry('Broken pot');
    const bought = { id: nanoid(), contactId: contact.id, currency: 'ILS', at: Date.now(), status: 'paid' };
    await house.json('POST', '/api/purchases', { ...bought, lines: [{ product: 'Fern', quantity: '1', unitPrice: 5_000 }] });
    await entry('Fern');
  });

  it('chooses kinds and words, is told when nothing fits, and moves through it by keyboard', async () => {
    const scene = await openFile();
    await log(scene, { kind: 'note', text: 'Likes ferns' });
    await log(scene, { kind: 'meeting', title: 'In the greenhouse' });
    show(scene);
    await entry('Likes ferns');
    const shown = () => screen.getAllByRole('article').map((item) => item.dataset.timelineItem?.split(':')[0]);
    await userEvent.click(screen.getByRole('button', { name: 'Meetings' }));
    await vi.waitFor(() => expect(shown()).toEqual(['meeting']), seen);
    await userEvent.type(screen.getByRole('searchbox'), 'cactus');
    await screen.findByText('Nothing fits this', {}, seen);
    await userEvent.clear(screen.getByRole('searchbox'));
    await userEvent.click(screen.getByRole('button', { name: 'Everything' }));
    await vi.waitFor(() => expect(shown()).toEqual(['meeting', 'note', 'conversation']), seen);
    const [first, second, last] = screen.getAllByRole('article');
    first?.focus();
    await userEvent.keyboard('j');
    expect(document.activeElement).toBe(second);
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(last);
    await userEvent.keyboard('{Home}');
    expect(document.activeElement).toBe(first);
  });

  it('who may only look is offered nothing to write with, and beside a chat the latest few stand with a way to all', async () => {
    const scene = await openFile();
    await log(scene, { kind: 'note', text: 'Likes ferns' });
    show(scene, { may: (right) => right !== 'contacts:edit' && right !== 'purchases:view' });
    await entry('Likes ferns');
    expect(screen.getByRole('button', { name: 'Tickets' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Purchases' })).toBeNull();
    expect(screen.queryByRole('form')).toBeNull();
    cleanup();
    show(scene, { isPage: false });
    const latest = await screen.findByRole('region', { name: 'Lately' }, seen);
    await within(latest).findByText('Likes ferns', {}, seen);
    expect(within(latest).getByRole('link', { name: 'The whole timeline' }).getAttribute('href')).toBe(
      `/console/contacts/${scene.contact.id}`,
    );
    await userEvent.click(within(latest).getByRole('button', { name: 'Note' }));
    await userEvent.type(within(latest).getByRole('textbox'), 'Rings on Sundays');
    await userEvent.click(within(latest).getByRole('button', { name: 'Save' }));
    await vi.waitFor(async () => expect((await itemsOf(scene)).some(({ text }) => text === 'Rings on Sundays')).toBe(true), seen);
  });
});
