import { cleanup, render, screen, waitFor, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConversationRow } from '../../console/conversations/conversation-row.tsx';
import { Http } from '../../console/http.ts';
import { SlaScreen } from '../../console/sla/sla-screen.tsx';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import { screenClock } from '../../console/ui/screen-clock.ts';
import type { SlaPolicy, SlaRules } from '../../shared/sla.ts';
import { makeTeam } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';
import { makeSummary } from './messages-at-hand.ts';

const seen = { timeout: 10_000, interval: 20 };
const MINUTE_MS = 60_000;

const rules: SlaRules = {
  name: 'Everybody',
  isOn: true,
  when: {},
  firstResponseMs: 2 * MINUTE_MS,
  nextResponseMs: null,
  resolutionMs: null,
  isBusinessTime: true,
  warnAfter: 0.8,
};

async function open(house: House): Promise<void> {
  await fetchShelf('settings');
  render(<SlaScreen http={new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) })} />);
}

const policiesOf = async (house: House) => (await house.json<{ items: SlaPolicy[] }>('GET', '/api/sla-policies')).items;

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

describe('an administrator', () => {
  it('promises something by clicking, reads it as a sentence and sees when it would run out', async () => {
    const house = await openHouse();
    await makeTeam(house, 'Sales');
    await open(house);
    await userEvent.click(await screen.findByRole('button', { name: 'New policy' }, seen));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    // Without a name it is not taken, and nothing is lost.
    await screen.findByText('A policy needs a name.', {}, seen);
    await userEvent.type(screen.getByLabelText('Name'), 'VIP');
    await userEvent.click(screen.getByLabelText('Sales'));
    await userEvent.click(screen.getByLabelText('Urgent'));
    const within2 = screen.getByLabelText(/^.First answer.: within$/);
    await userEvent.clear(within2);
    await userEvent.type(within2, '3');
    await screen.findByText(
      /of team .Sales. of priority .Urgent.*first answer within .3 minutes., each further one within .5 minutes/,
      {},
      seen,
    );
    await waitFor(() => expect(screen.getAllByText(/due .*warning/).length).toBe(2), seen);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByRole('button', { name: /^Edit .VIP.$/ }, seen);
    expect(await policiesOf(house)).toMatchObject([
      { name: 'VIP', firstResponseMs: 3 * MINUTE_MS, when: { priorities: ['urgent'] }, isBusinessTime: true },
    ]);
  });

  it('puts policies in order with the keyboard, and hears when a colleague was quicker', async () => {
    const house = await openHouse();
    const [first, second] = await Promise.all(
      ['One', 'Two'].map((name) => house.json<SlaPolicy>('POST', '/api/sla-policies', { ...rules, id: nanoid(), name })),
    );
    await open(house);
    await screen.findByRole('button', { name: /^Edit .One.$/ }, seen);
    const rows = () => screen.getAllByRole('listitem').map((row) => within(row).getAllByRole('button')[1]?.textContent);
    const before = rows();
    screen.getAllByRole('button', { name: 'Move up' })[1]?.click();
    await waitFor(() => expect(rows()).toEqual(before.toReversed()), seen);
    await waitFor(async () => expect((await policiesOf(house)).map(({ name }) => name)).toEqual(before.toReversed()), seen);

    await userEvent.click(screen.getByRole('button', { name: /^Edit .One.$/ }));
    const one = [first, second].find((policy) => policy?.name === 'One') as SlaPolicy;
    await house.json('PATCH', `/api/sla-policies/${one.id}`, { name: 'Theirs', version: one.version });
    await userEvent.type(screen.getByLabelText('Name'), ' of mine');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('A colleague has changed this policy meanwhile.', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(screen.queryByText('A colleague has changed this policy meanwhile.')).toBeNull(), seen);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByRole('button', { name: /^Edit .One of mine.$/ }, seen);
  });
});

describe.each(['he', 'en'] as const)('an agent who looks at the list in %s', (language) => {
  it('sees in words, in colour and as a sign when an answer is due, and by how much it is late', () => {
    setLanguage(language);
    const now = Date.now();
    screenClock.value = now;
    const clockOf = (leftMs: number) => {
      const sla = { policyId: 'p', target: 'first-response' as const, warnAt: now + leftMs - 30_000, dueAt: now + leftMs };
      const summary = makeSummary('a', { waitingSince: now - MINUTE_MS, sla });
      const shown = { href: '#', agentId: 'me', assigneeName: null, teamName: null, isOpen: false, isGone: false, isTabStop: true };
      const { container, unmount } = render(<ConversationRow summary={summary} {...shown} />);
      const clock = container.querySelector<HTMLElement>('[data-sla]');
      const said = [clock?.dataset.sla, clock?.textContent] as const;
      unmount();
      return said;
    };
    const [due, late] = language === 'en' ? ['Answer due in', 'Answer late by'] : ['לתשובה נשארו', 'התשובה מאחרת ב'];
    expect(clockOf(10 * MINUTE_MS)[0]).toBe('due');
    expect(clockOf(20_000)).toEqual(['soon', expect.stringContaining(due)]);
    expect(clockOf(-90_000)).toEqual(['late', expect.stringContaining(late)]);
    expect(clockOf(-90_000)[1]).toMatch(/−1:3\d/);
    // Far away no seconds are counted.
    expect(clockOf(3 * 60 * MINUTE_MS + 1_000)[1]).not.toMatch(/:\d\d/);
  });
});
