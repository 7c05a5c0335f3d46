import { describe, expect, test } from 'vitest';
import type { IssuedLink } from '../../shared/account-link.ts';
import { databases } from '../helpers/databases.ts';
import { type House, type HouseOptions, openHouse, PASSWORD } from '../helpers/house.ts';
import { type MailServer, openMailServer } from '../helpers/mail-server.ts';

const PUBLIC_URL = 'https://chat.shop.example';
const outside = { cookie: '' };

const mailTo = (post: MailServer, more: Record<string, string> = {}): HouseOptions => ({
  environment: { SMTP_URL: post.url, MAIL_FROM: 'Pots <chat@pots.example>', ...more },
});
const untilCount = (post: MailServer, count: number) => expect.poll(() => post.letters.length, { timeout: 15_000 }).toBe(count);
const linkIn = (letter: { text?: string | undefined } | undefined) => /https?:\S+#([\w-]{43})/.exec(letter?.text ?? '');
const askForReset = (house: House, email: string) => house.call('POST', '/api/password-resets', { email }, outside);

describe.each(databases)('on $name', ({ open }) => {
  test('an invitation goes out by mail and can be copied all the same, in the language of who invites', async () => {
    const post = await openMailServer();
    const house = await open(mailTo(post, { PUBLIC_URL }));
    await house.call('PATCH', '/api/business', { name: 'Pots & <Co> $&' });
    const invitation = { email: 'maya@shop.example', role: 'agent' };
    const link = await house.json<IssuedLink>('POST', '/api/agent-invitations', invitation, {
      'Accept-Language': 'he-IL,he;q=0.9,en;q=0.5',
    });
    expect(link).toMatchObject({ isMailed: true, url: expect.stringMatching(/^https:\/\/chat\.shop\.example\/console\/invitation#/) });
    await untilCount(post, 1);
    const [letter] = post.letters;
    expect(letter).toMatchObject({ to: [{ address: 'maya@shop.example' }], from: { address: 'chat@pots.example' } });
    expect(letter?.subject).toBe('הזמנה לצוות של Pots & <Co> $&');
    expect(letter?.html).toContain('<html lang="he" dir="rtl">');
    expect(letter?.html).toContain('Pots &amp; &lt;Co&gt; $&amp;');
    expect(letter?.html).toContain(`href="${link.url}"`);
    const [url, token] = linkIn(letter) ?? [];
    expect(url).toBe(link.url);
    const accepted = await house.call('POST', '/api/agent-invitations/accept', { token, name: 'מאיה', password: PASSWORD }, outside);
    expect(accepted.status).toBe(200);
  });

  test('whoever lost the password gets a link by mail, and a stranger’s address gets none', async () => {
    const post = await openMailServer();
    const house = await open(mailTo(post, { PUBLIC_URL }));
    const noa = await house.hire('Noa');
    const [stranger, known] = [await askForReset(house, 'stranger@shop.example'), await askForReset(house, noa.email)];
    expect(await stranger.json()).toEqual({ canMail: true });
    expect(await known.json()).toEqual({ canMail: true });
    await untilCount(post, 1);
    expect(post.letters[0]?.to).toMatchObject([{ address: noa.email }]);
    const token = linkIn(post.letters[0])?.[1];
    const used = await house.call('POST', '/api/password-resets/use', { token, password: 'a new long password' }, outside);
    expect(used.status).toBe(200);
    expect((await house.call('POST', '/api/session', { email: noa.email, password: 'a new long password' }, outside)).status).toBe(200);
    expect(post.letters).toHaveLength(1);
  });
});

test('without a mail server a link is only handed over, and nobody asks for one by themselves', async () => {
  const house = await openHouse({ environment: { PUBLIC_URL } });
  const noa = await house.hire('Noa');
  expect(await house.json('POST', '/api/agent-invitations', { email: 'x@shop.example', role: 'agent' })).toMatchObject({ isMailed: false });
  expect(await house.json('POST', `/api/agents/${noa.id}/password-reset`)).toMatchObject({ isMailed: false });
  expect(await (await askForReset(house, noa.email)).json()).toEqual({ canMail: false });
});

test('without the public address nobody has a link mailed by themselves: it would lead wherever the request says', async () => {
  const post = await openMailServer();
  const house = await openHouse(mailTo(post));
  const noa = await house.hire('Noa');
  expect(await (await askForReset(house, noa.email)).json()).toEqual({ canMail: false });
  expect(await house.json('POST', `/api/agents/${noa.id}/password-reset`)).toMatchObject({ isMailed: true });
  await untilCount(post, 1);
  expect(linkIn(post.letters[0])?.[0]).toContain(`${house.url}/console/new-password#`);
});
