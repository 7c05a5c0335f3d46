import { render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { Http } from '../../console/http.ts';
import { SessionState } from '../../console/session-state.ts';
import { SettingsPage } from '../../console/settings/settings-page.tsx';
import type { Inbox, InboxSettings } from '../../shared/inbox.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

export const seen = { timeout: 10_000, interval: 10 };

export interface AdministratorAtForm {
  house: House;
  /** What the server has. */
  saved: () => Promise<Inbox>;
  /** To the page, after having left it in the same tab. */
  comeBack: () => Promise<void>;
  /** Somebody else, at another computer. */
  colleagueSaves: (settings: Partial<InboxSettings>) => Promise<void>;
}

/** The widget's settings on the screen of an administrator. */
export async function openForm(part: string, settings: Partial<InboxSettings> = {}): Promise<AdministratorAtForm> {
  const house = await openHouse();
  house.inbox = await house.json<Inbox>('PATCH', `/api/inboxes/${house.inbox.id}`, { settings });
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const session = new SessionState(http);
  await session.check();
  const open = async () => {
    render(<SettingsPage http={http} session={session} section="inbox" serverUrl="https://chat.shop.example" />);
    await goTo(part);
  };
  await open();
  return {
    house,
    async comeBack() {
      await open();
    },
    saved: async () => (await house.json<{ items: Inbox[] }>('GET', '/api/inboxes')).items[0] as Inbox,
    async colleagueSaves(settings) {
      await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings });
    },
  };
}

export async function goTo(part: string): Promise<void> {
  await userEvent.click(await screen.findByRole('tab', { name: new RegExp(`^${part}`) }, seen));
}

export async function save(): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
}

export function choose(group: string, answer: string): Promise<void> {
  return userEvent.click(within(screen.getByRole('group', { name: group })).getByRole('radio', { name: answer }));
}
