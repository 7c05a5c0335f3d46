import { render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider, useLocation } from 'preact-iso';
import { expect, vi } from 'vitest';
import type { Repertoire } from '../../console/canned/repertoire.ts';
import type { Desk } from '../../console/conversations/desk.ts';
import { Http } from '../../console/http.ts';
import { SessionState } from '../../console/session-state.ts';
import { SettingsPage } from '../../console/settings/settings-page.tsx';
import { ToastShelf } from '../../console/ui/toast.tsx';
import type { Permission } from '../../shared/agent.ts';
import type { Answer, AnswerCreateRequest } from '../../shared/automatic-answer.ts';
import { makeRole } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken, openDeskScene } from './desk-scene.ts';

export const seen = { timeout: 15_000, interval: 10 };

export const returns: AnswerCreateRequest = {
  question: { en: 'How do I return something?' },
  phrasings: ['can I get a refund', 'return policy', 'refund please', 'send it back'],
  bodies: { en: { text: 'Within 14 days.', quickReplies: [] } },
};

export interface AtAnswers {
  house: House;
  saved: () => Promise<Answer[]>;
  /** To the page, after having left it in the same tab. */
  comeBack: (search?: string) => void;
}

/** The automatic answers in an administrator's browser; `search` opens one of them, or the library. */
export async function openAnswers(begun: AnswerCreateRequest[] = [], search?: (made: Answer[]) => string): Promise<AtAnswers> {
  const house = await openHouse();
  const made: Answer[] = [];
  for (const one of begun) made.push(await house.json<Answer>('POST', '/api/answers', one));
  return sitDown(house, new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) }), search?.(made) ?? '');
}

/** A colleague at the same page, who may only do this. */
export async function openAnswersAs(granted: Permission[], begun: AnswerCreateRequest[]): Promise<AtAnswers> {
  const house = await openHouse();
  for (const one of begun) await house.json<Answer>('POST', '/api/answers', one);
  const role = await makeRole(house, 'Words', [...granted, 'tokens:manage']);
  const { cookie } = await house.hire('Noa', role.id);
  const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'tests' }, { cookie });
  return sitDown(house, new Http({ serverUrl: house.url, apiToken: token }), '');
}

/** The same at a desk, which hears what colleagues do. */
export async function openAnswersAtDesk(
  begun: AnswerCreateRequest[] = [],
  search?: (made: Answer[]) => string,
): Promise<AtAnswers & { desk: Desk }> {
  const { house, desk } = await openDeskScene();
  const made: Answer[] = [];
  for (const one of begun) made.push(await house.json<Answer>('POST', '/api/answers', one));
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  return { desk, ...(await sitDown(house, http, search?.(made) ?? '', desk.repertoire)) };
}

async function sitDown(house: House, http: Http, where: string, repertoire?: Repertoire): Promise<AtAnswers> {
  const session = new SessionState(http);
  await session.check();
  const show = (search = where) => {
    history.replaceState(null, '', `/console/settings/answers${search}`);
    render(
      <LocationProvider scope="/console">
        <Page http={http} session={session} repertoire={repertoire} />
        <ToastShelf closeLabel="Close" />
      </LocationProvider>,
    );
  };
  show();
  return { house, comeBack: show, saved: async () => (await house.json<{ items: Answer[] }>('GET', '/api/answers')).items };
}

function Page({ repertoire, ...props }: { http: Http; session: SessionState; repertoire: Repertoire | undefined }) {
  const { path } = useLocation();
  return <SettingsPage {...props} {...(repertoire && { repertoire })} section={path.split('/')[3]} serverUrl="" />;
}

export const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2066-\u2069]/g, '');
export const button = (name: string | RegExp) => screen.findByRole('button', { name }, seen);
export const press = async (name: string | RegExp) => userEvent.click(await button(name));
export const field = (label: string) => screen.findByLabelText((text) => plain(text) === label, {}, seen) as Promise<HTMLInputElement>;
export const fields = (group: string) => within(screen.getByRole('group', { name: group })).getAllByRole('textbox') as HTMLInputElement[];
export const expectPage = (words: string | RegExp) => vi.waitFor(() => expect(plain(document.body.textContent)).toMatch(words), seen);
const saveBar = () => document.querySelector<HTMLElement>('button[type="submit"][form="answer-form"]');
export const save = () => userEvent.click(saveBar() as HTMLElement);
export const nothingUnsaved = () => vi.waitFor(() => expect(saveBar()).toBeNull(), seen);
