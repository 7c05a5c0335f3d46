import { render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider } from 'preact-iso';
import { beforeEach, expect, it, vi } from 'vitest';
import { ConversationsPage } from '../../console/conversations/conversations-page.tsx';
import { DeflectionPage } from '../../console/reports/deflection-page.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { openShopWithBot, returns, visit } from '../server/bot-scene.ts';
import { openDeskScene } from './desk-scene.ts';
import { seen as formSeen, openForm, save } from './inbox-scene.tsx';

const seen = { timeout: 15_000, interval: 20 };
const rights = { mayReply: true, mayAssign: true, mayEditContacts: true };
const asksReturns = 'I want to return what I bought';

beforeEach(() => setLanguage('en'));

it('an agent sees what the bot said, and the moment in which its reader says that it did not help', async () => {
  const { house, desk } = await openDeskScene();
  await openShopWithBot(async () => house);
  const visitor = await visit(house);
  await visitor.post(asksReturns);
  const answer = await visitor.next();
  render(
    <LocationProvider>
      <ConversationsPage desk={desk} view="open" openId={visitor.conversationId} rights={rights} />
    </LocationProvider>,
  );
  const row = await vi.waitUntil(() => document.querySelector<HTMLElement>(`[data-message="${answer.id}"]`), seen);
  expect(within(row).getByText(returns)).toBeTruthy();
  expect(within(row).getByText('Automatic')).toBeTruthy();
  expect(within(row).queryByText('Did not help')).toBeNull();
  await visitor.rate(answer, false);
  await within(row).findByText('Did not help', {}, seen);
  await visitor.rate(answer, true);
  await within(row).findByText('Helped', {}, seen);
  await screen.findByText('The automatic answer helped: the conversation has ended', {}, seen);
});

it('whoever reads the figures opens a number to its conversations, and an answer to those in which it was given', async () => {
  const { house, desk } = await openDeskScene();
  await openShopWithBot(async () => house);
  const [helped, asking] = [await visit(house), await visit(house)];
  await helped.post(asksReturns);
  await asking.post(asksReturns);
  await helped.rate(await helped.next(), true);
  await asking.choose(await asking.next(), 'Talk to a person');
  await asking.next();
  // The server's evening is not today's.
  vi.useFakeTimers({ now: house.server.app.now(), toFake: ['Date'] });
  try {
    render(
      <LocationProvider>
        <DeflectionPage http={desk.http} mayFilter mayReadAnswers />
      </LocationProvider>,
    );
    await screen.findByText('⁨1⁩ of 2 conversations with the bot ended without a person', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: /^A person was asked for/ }));
    const dialog = await screen.findByRole('dialog', { name: 'A person was asked for' }, seen);
    const link = await within(dialog).findByRole('link', {}, seen);
    expect(link.getAttribute('href')).toContain(asking.conversationId);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    const row = screen.getByRole('row', { name: /How do I return an item/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['2', '1', '0']);
    await userEvent.click(within(row).getByRole('button'));
    const given = await screen.findByRole('dialog', { name: 'How do I return an item?' }, seen);
    await vi.waitFor(() => expect(within(given).getAllByRole('link')).toHaveLength(2), seen);
  } finally {
    vi.useRealTimers();
  }
});

it('an administrator says when the bot speaks, under which name and when what it answered is over', async () => {
  const { saved } = await openForm('During the chat');
  await screen.findByText(
    /While nobody can answer, the bot answers what it is sure of\. What it has answered ends after 24 hours/,
    {},
    formSeen,
  );
  await userEvent.click(screen.getByRole('switch', { name: 'Answers while visitors wait' }));
  await userEvent.type(screen.getByLabelText('Name of the bot'), 'Kobi');
  const hours = screen.getByLabelText('Ends after (hours)');
  await userEvent.clear(hours);
  await userEvent.type(hours, '2');
  await screen.findByText(
    /The bot answers whenever it is sure, until a person joins\. What it has answered ends after 2 hours/,
    {},
    formSeen,
  );
  await save();
  await vi.waitFor(
    async () => expect((await saved()).settings.bot).toEqual({ outside: true, waiting: true, name: { en: 'Kobi' }, endsAfterHours: 2 }),
    formSeen,
  );
});
