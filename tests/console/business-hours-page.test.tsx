import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider, useLocation } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Http } from '../../console/http.ts';
import { SessionState } from '../../console/session-state.ts';
import { SettingsPage } from '../../console/settings/settings-page.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { ToastShelf, toasts } from '../../console/ui/toast.tsx';
import type { BusinessHours, HoursCreateRequest } from '../../shared/business-hours.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { makeTeam } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };
const hours = (from: number, to: number) => [{ from: from * 60, to: to * 60 }];
const office: HoursCreateRequest = {
  name: 'Office',
  timeZone: 'Asia/Jerusalem',
  week: [hours(9, 18), hours(9, 18), hours(9, 18), hours(9, 18), hours(9, 18), [], []],
  exceptions: [],
  holidays: [],
  jewish: null,
  calendars: [],
  inboxIds: [],
  teamIds: [],
};

interface AtHours {
  house: House;
  saved: () => Promise<BusinessHours[]>;
  comeBack: () => void;
}

/** The settings in an administrator's browser; with hours, the editor of the first of them. */
async function openHours(begun: Partial<HoursCreateRequest>[] = []): Promise<AtHours> {
  const house = await openHouse();
  const saved = async () => (await house.json<{ items: BusinessHours[] }>('GET', '/api/business-hours')).items;
  const made: BusinessHours[] = [];
  for (const one of begun) made.push(await house.json<BusinessHours>('POST', '/api/business-hours', { ...office, ...one }));
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const session = new SessionState(http);
  await session.check();
  const show = () => {
    history.replaceState(null, '', `/console/settings/hours${made[0] ? `?id=${made[0].id}` : ''}`);
    render(
      <LocationProvider scope="/console">
        <Page http={http} session={session} />
        <ToastShelf closeLabel="Close" />
      </LocationProvider>,
    );
  };
  show();
  return { house, saved, comeBack: show };
}

function Page({ http, session }: { http: Http; session: SessionState }) {
  const { path } = useLocation();
  return <SettingsPage http={http} session={session} section={path.split('/')[3]} serverUrl="" />;
}

/** Words on the screen, whatever keeps the directions of their parts apart. */
const said = (words: string) =>
  new RegExp(
    `^${[...words].map((letter) => letter.replace(/[^\w\s]/, '\\$&')).join('[\u2066-\u2069]*')}[\u2066-\u2069]*$`.replace(
      '^',
      '^[\u2066-\u2069]*',
    ),
  );
const find = (name: string | RegExp) => screen.findByRole('button', { name }, seen);
const goTo = async (part: string) => userEvent.click(await screen.findByRole('tab', { name: new RegExp(`^${part}`) }, seen));
// Roles are looked for only where they are what is proved: in a page of three months that takes a while.
const saveButton = () => document.querySelector<HTMLElement>('button[type="submit"][form]');
const save = () => userEvent.click(saveButton() as HTMLElement);
const nothingUnsaved = () => vi.waitFor(() => expect(saveButton()).toBeNull(), seen);
const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2066-\u2069]/g, '');
const preview = () => document.querySelector<HTMLElement>('[aria-labelledby="hours-preview"]') as HTMLElement;
const expectPreview = (words: string | RegExp) => vi.waitFor(() => expect(plain(preview()?.textContent)).toMatch(words), seen);

async function type(label: string, text: string): Promise<HTMLInputElement> {
  const field = (await screen.findByLabelText(said(label), {}, seen)) as HTMLInputElement;
  await userEvent.clear(field);
  await userEvent.type(field, text);
  return field;
}

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('an administrator without business hours', () => {
  it('begins with those of Israel, sees what they mean before anything is kept, and gives them to the widget', async () => {
    const { house, saved } = await openHours();
    await userEvent.click(await find(/^Israel/));
    await expectPreview(/Sunday–Thursday 9–18, Friday 9–13, closed on Jewish holidays, shorter on eves \(until 13:00\)/);
    await vi.waitFor(() => expect(preview().querySelectorAll('table').length).toBeGreaterThan(1), seen);
    expect(await saved()).toEqual([]);
    await goTo('Where they apply');
    await userEvent.click(screen.getByRole('checkbox', { name: house.inbox.name }));
    await save();
    await nothingUnsaved();
    expect(await saved()).toMatchObject([{ timeZone: 'Asia/Jerusalem', inboxIds: [house.inbox.id], jewish: { isDiaspora: false } }]);
    expect(location.search).toBe(`?id=${(await saved())[0]?.id}`);
    await userEvent.click(screen.getByRole('link', { name: 'All business hours' }));
    const row = await screen.findByRole('link', { name: /Sunday–Thursday/ }, seen);
    expect(row.textContent).toContain(house.inbox.name);
    expect(plain(row.textContent)).toMatch(/now (open|closed), (opens|closes) /);
  });

  it('throws new hours away, and has them back', async () => {
    const { saved } = await openHours();
    await userEvent.click(await find(/^Around the clock/));
    await userEvent.click(await find('Discard'));
    await userEvent.click(await find('Undo'));
    await expectPreview('Around the clock, every day');
    await userEvent.click(await find('Discard'));
    await find(/^Around the clock/);
    expect(await saved()).toEqual([]);
  });
});

describe('an administrator in the week', () => {
  it('types times as she thinks of them, also beyond midnight, and copies a day to all', async () => {
    const { saved } = await openHours([{}]);
    await type('Sunday: from', '930');
    await type('Sunday: until', '2');
    expect(screen.getByText('the next day')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: said('More for Sunday') }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Copy to every day' }));
    await expectPreview(/Every day 9:30–2/);
    expect((screen.getByLabelText(said('Saturday: from')) as HTMLInputElement).value).toBe('09:30');
    await save();
    await nothingUnsaved();
    expect((await saved())[0]?.week).toEqual(Array.from({ length: 7 }, () => [{ from: 570, to: 1_560 }]));
  });

  it('is held at a time that cannot be read: nothing is saved without it', async () => {
    const { saved } = await openHours([{}]);
    await type('Monday: until', '6pm');
    const field = await type('Monday: from', 'ten');
    await userEvent.type(screen.getByLabelText('Name'), ' 2');
    expect(screen.getByText('A time looks like 9:30.')).toBeTruthy();
    await goTo('Where they apply');
    await save();
    expect(screen.getByRole('tab', { selected: true }).textContent).toContain('The week');
    await vi.waitFor(() => expect(document.activeElement).toBe(field), seen);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect((await saved())[0]).toMatchObject({ name: 'Office', version: 1 });
    await userEvent.clear(field);
    await userEvent.type(field, '10');
    await save();
    await nothingUnsaved();
    expect((await saved())[0]).toMatchObject({ name: 'Office 2', week: { 1: [{ from: 600, to: 1_080 }] } });
  });

  it('opens a closed day, gives it a break, and closes another by keyboard alone', async () => {
    const { saved } = await openHours([{}]);
    (await find(said('Open on Friday'))).focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(said('Friday: from'))), seen);
    await userEvent.keyboard('8{Tab}12');
    screen.getByRole('button', { name: said('Add hours: Friday') }).focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getAllByLabelText(said('Friday: from'))[1]), seen);
    await userEvent.keyboard('1330{Tab}1500');
    screen.getByRole('button', { name: said('Remove hours 1: Sunday') }).focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: said('Open on Sunday') })), seen);
    await save();
    await nothingUnsaved();
    const [only] = await saved();
    expect(only?.week[5]).toEqual([
      { from: 480, to: 720 },
      { from: 810, to: 900 },
    ]);
    expect(only?.week[0]).toEqual([]);
  });

  it('finds a time zone by its city, without a mouse', async () => {
    const { saved } = await openHours([{}]);
    const field = (await screen.findByRole('combobox', { name: 'Time zone' }, seen)) as HTMLInputElement;
    await userEvent.clear(field);
    await userEvent.type(field, 'new yo');
    await screen.findByRole('option', { name: /New York/ }, seen);
    await userEvent.type(field, '{Enter}');
    expect(field.value).toBe('America/New York');
    await save();
    await nothingUnsaved();
    expect((await saved())[0]?.timeZone).toBe('America/New_York');
  });
});

describe('an administrator and special days', () => {
  it('closes for some days, sees them in the preview, and is shown what the server refuses', async () => {
    const { saved } = await openHours([{}]);
    await goTo('Special days');
    await userEvent.click(await find('Add a day'));
    await vi.waitFor(() => expect(document.activeElement?.closest('[data-exception]')).toBeTruthy(), seen);
    await userEvent.keyboard('Inventory');
    const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    fireEvent.input(screen.getByLabelText('First day'), { target: { value: dayAhead(9) } });
    fireEvent.input(screen.getByLabelText('Last day'), { target: { value: dayAhead(7) } });
    await screen.findByText('The last day is before the first one.');
    await save();
    expect((await saved())[0]?.exceptions).toEqual([]);
    fireEvent.input(screen.getByLabelText('Last day'), { target: { value: dayAhead(10) } });
    await vi.waitFor(() => expect(within(preview()).getAllByText('Inventory').length).toBeGreaterThan(0), seen);
    await save();
    await nothingUnsaved();
    expect((await saved())[0]?.exceptions).toMatchObject([{ name: 'Inventory', from: dayAhead(9), to: dayAhead(10), spans: [] }]);
  });

  it('reads a calendar file, and keeps it only after having seen what it says', async () => {
    const { saved } = await openHours([{}]);
    await goTo('Special days');
    const year = new Date().getFullYear() + 1;
    const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', `DTSTART;VALUE=DATE:${year}0110`];
    const file = (text: string, name: string) => new File([text], name, { type: 'text/calendar' });
    const picker = (await screen.findByLabelText(/Drop a calendar file/, {}, seen)) as HTMLInputElement;
    await userEvent.upload(picker, file('not a calendar', 'wrong.ics'));
    await screen.findByText(/cannot be read as a calendar/, {}, seen);
    await userEvent.upload(picker, file([...lines, 'SUMMARY:Team trip', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n'), 'trips.ics'));
    const dialog = await screen.findByRole('dialog', {}, seen);
    expect(dialog.textContent).toContain('1 day was found.');
    expect(dialog.textContent).toContain('Team trip');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Keep these days' }));
    await screen.findByText('trips');
    await save();
    await nothingUnsaved();
    expect((await saved())[0]?.calendars).toMatchObject([{ name: 'trips', days: [{ name: 'Team trip', from: `${year}-01-10` }] }]);
  });
});

describe('an administrator and holidays', () => {
  it('takes a country’s by one click, and stays open on one of them', async () => {
    const { saved } = await openHours([{}]);
    await goTo('Public holidays');
    await userEvent.click(await find('Israel'));
    const [first] = await screen.findAllByRole('switch', {}, seen);
    await userEvent.click(first as HTMLElement);
    await save();
    await nothingUnsaved();
    expect((await saved())[0]?.holidays).toMatchObject([{ country: 'IL', region: null, off: [expect.any(String)] }]);
  });

  it('closes for Shabbat by the candles of her city, and keeps only what differs from the custom', async () => {
    const { saved } = await openHours([{}]);
    await goTo('Jewish calendar');
    await userEvent.click(await screen.findByRole('switch', { name: 'Follow the Jewish calendar' }, seen));
    await userEvent.click(screen.getByRole('switch', { name: 'Close for Shabbat' }));
    await userEvent.selectOptions(await screen.findByLabelText('City', {}, seen), 'Jerusalem');
    await vi.waitFor(() => expect((screen.getByLabelText('Begins, minutes before sunset') as HTMLInputElement).value).toBe('40'), seen);
    const purim = screen.getByRole('group', { name: 'Purim' });
    await userEvent.click(within(purim).getByRole('radio', { name: 'Short' }));
    await expectPreview(/closed on Shabbat and holidays/);
    // Off and on again by a slip of the hand, and a look elsewhere between.
    await userEvent.click(screen.getByRole('switch', { name: 'Follow the Jewish calendar' }));
    await goTo('Public holidays');
    await goTo('Jewish calendar');
    await userEvent.click(await screen.findByRole('switch', { name: 'Follow the Jewish calendar' }, seen));
    await screen.findByRole('group', { name: 'Purim' }, seen);
    await save();
    await nothingUnsaved();
    expect((await saved())[0]?.jewish).toMatchObject({ days: { purim: 'short' }, shabbat: { city: 'jerusalem', beginsBefore: 40 } });
  });
});

describe('two administrators', () => {
  it('who change different days both have them', async () => {
    const { house, saved } = await openHours([{}]);
    const [begun] = await saved();
    await type('Sunday: from', '10');
    const theirs = { version: 1, name: 'Headquarters', week: office.week.with(1, hours(12, 18)) };
    await house.json('PATCH', `/api/business-hours/${begun?.id}`, theirs);
    await save();
    await nothingUnsaved();
    expect((await saved())[0]).toMatchObject({ name: 'Headquarters', version: 3, week: { 0: hours(10, 18), 1: hours(12, 18) } });
    expect((screen.getByLabelText(said('Monday: from')) as HTMLInputElement).value).toBe('12:00');
  });

  it('who change the same day are asked which one holds', async () => {
    const { house, saved } = await openHours([{}]);
    const [begun] = await saved();
    await type('Sunday: from', '10');
    await house.json('PATCH', `/api/business-hours/${begun?.id}`, { version: 1, week: office.week.with(0, hours(11, 18)) });
    await save();
    await screen.findByText(/Somebody else has just changed the same/, {}, seen);
    expect((screen.getByLabelText(said('Sunday: from')) as HTMLInputElement).value).toBe('10:00');
    await userEvent.click(screen.getByRole('button', { name: 'Save mine' }));
    await nothingUnsaved();
    expect((await saved())[0]?.week[0]).toEqual(hours(10, 18));
  });
});

describe('an administrator', () => {
  it('loses nothing when the server is away, nor by looking elsewhere', async () => {
    const { house, saved, comeBack } = await openHours([{}]);
    await type('Sunday: from', '10');
    await house.stop();
    await save();
    await screen.findByText(/Nothing is lost/, {}, seen);
    await house.start();
    await userEvent.click(screen.getByRole('link', { name: 'Business' }));
    await userEvent.click(await find('Stay'));
    cleanup();
    comeBack();
    expect(((await screen.findByLabelText(said('Sunday: from'), {}, seen)) as HTMLInputElement).value).toBe('10:00');
    await save();
    await nothingUnsaved();
    expect((await saved())[0]?.week[0]).toEqual(hours(10, 18));
  });

  it('is told from where a team moves, and finds both hours changed', async () => {
    const { house, saved } = await openHours([{ name: 'Holiday hours' }, { name: 'Night' }]);
    cleanup();
    const team = await makeTeam(house, 'Support');
    const [mine, night] = await saved();
    await house.json('PATCH', `/api/business-hours/${night?.id}`, { version: 1, teamIds: [team.id] });
    history.replaceState(null, '', `/console/settings/hours?id=${mine?.id}`);
    const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
    const session = new SessionState(http);
    await session.check();
    render(
      <LocationProvider scope="/console">
        <Page http={http} session={session} />
      </LocationProvider>,
    );
    await goTo('Where they apply');
    const choice = screen.getByRole('checkbox', { name: 'Support' });
    expect(plain(choice.parentElement?.textContent)).toContain('Has other hours: Night');
    await userEvent.click(choice);
    expect(plain(choice.parentElement?.textContent)).toContain('Moves here from Night');
    await save();
    await nothingUnsaved();
    expect((await saved()).map(({ name, teamIds }) => [name, teamIds.length]).sort()).toEqual([
      ['Holiday hours', 1],
      ['Night', 0],
    ]);
  });

  it('is told what a deletion means, and copies hours without their places', async () => {
    const { house, saved } = await openHours([{}]);
    await goTo('Where they apply');
    await userEvent.click(screen.getByRole('checkbox', { name: house.inbox.name }));
    await save();
    await nothingUnsaved();
    await userEvent.click(await find('Copy'));
    await vi.waitFor(() => expect(screen.getByRole('heading', { level: 2, name: 'Office (copy)' })).toBeTruthy(), seen);
    await save();
    await nothingUnsaved();
    expect((await saved()).map(({ name, inboxIds }) => [name, inboxIds.length]).sort()).toEqual([
      ['Office (copy)', 0],
      ['Office', 1],
    ]);
    await userEvent.click(screen.getByRole('link', { name: 'All business hours' }));
    await userEvent.click(await screen.findByRole('link', { name: new RegExp(house.inbox.name) }, seen));
    await userEvent.click(await find('Delete'));
    const dialog = screen.getByRole('dialog');
    expect(plain(dialog.textContent)).toContain(`always open: ${house.inbox.name}.`);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await vi.waitFor(async () => expect((await saved()).map(({ name }) => name)).toEqual(['Office (copy)']), seen);
    await screen.findByText(/Without hours, and so always open/, {}, seen);
  });

  it('finds a widget’s hours in its settings, and writes what it says when they are over', async () => {
    const house = await openHouse();
    await house.json('POST', '/api/business-hours', { ...office, inboxIds: [house.inbox.id] });
    const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
    const session = new SessionState(http);
    await session.check();
    render(<SettingsPage http={http} session={session} section="inbox" serverUrl="" />);
    await goTo('During the chat');
    await screen.findByText(/Sunday–Thursday/, {}, seen);
    expect(screen.getByRole('link', { name: 'Change the hours' }).getAttribute('href')).toMatch(
      /^\/console\/settings\/hours\?id=[\w-]{21}$/,
    );
    await userEvent.type(screen.getByLabelText('Greeting outside hours'), 'We sleep. Back {{when}.');
    await save();
    await nothingUnsaved();
    const { items } = await house.json<{ items: Inbox[] }>('GET', '/api/inboxes');
    expect(items[0]?.settings.texts).toEqual({ en: { welcomeClosed: 'We sleep. Back {when}.' } });
  });
});
