import { generateKeyPairSync } from 'node:crypto';
import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { Contact, Visitor } from '../../shared/contact.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message, MessagePage } from '../../shared/message.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact } from '../helpers/house.ts';
import { openSigningSite, signer, unsigned } from '../helpers/signing-site.ts';

const now = () => Math.floor(Date.now() / 1_000);

async function post(socket: Socket, text: string) {
  return get<{ message: Message; conversation: VisitorConversation }>(socket, 'message:post', { id: nanoid(), text });
}

/** When somebody was last seen is noted a moment later, and not what is looked at here. */
async function contacts(house: House): Promise<Contact[]> {
  const { items } = await house.json<{ items: Contact[] }>('GET', '/api/contacts');
  return items.map((contact) => ({ ...contact, lastSeenAt: 0 }));
}

describe.each(databases)('on $name', ({ open }) => {
  for (const algorithm of ['HS256', 'RS256'] as const) {
    test(`one person whom the site vouches for with ${algorithm} has one file and all conversations in two browsers`, async () => {
      const house = await open();
      const site = await openSigningSite(house, algorithm);
      const phone = await house.visitor({
        identity: await site.sign({ sub: 'ruth', name: 'Ruth', email: 'Ruth@example.com', phone: '050-1234567' }),
      });
      expect(phone.session.visitor).toMatchObject({ name: 'Ruth', email: 'ruth@example.com', phone: '+972501234567', isVerified: true });
      const { message, conversation } = await post(phone.socket, 'from my phone');

      const desk = await house.visitor();
      await post(desk.socket, 'as a guest');
      const { visitor } = await get<{ visitor: Visitor }>(desk.socket, 'visitor:identify', { identity: await site.sign({ sub: 'ruth' }) });
      expect(visitor).toMatchObject({ name: 'Ruth', isVerified: true });
      const { conversations } = await get<{ conversations: VisitorConversation[] }>(desk.socket, 'conversation:list', {});
      expect(conversations).toHaveLength(2);
      const page = await get<MessagePage>(desk.socket, 'message:list', { conversationId: conversation.id });
      expect(page.messages).toMatchObject([{ id: message.id, text: 'from my phone' }]);

      const heard = nextFact<Message>(phone.socket, 'message:posted');
      await get(desk.socket, 'message:post', { id: nanoid(), conversationId: conversation.id, text: 'from my desk' });
      expect(await heard).toMatchObject({ text: 'from my desk', seq: 2 });
      const file = await contacts(house);
      expect(file).toMatchObject([
        {
          name: 'Ruth',
          identities: expect.arrayContaining([
            expect.objectContaining({ kind: 'external', value: 'ruth', isVerified: true, source: 'site' }),
            expect.objectContaining({ kind: 'email', value: 'ruth@example.com', isVerified: true, source: 'site' }),
          ]),
        },
      ]);
      const back = await house.visitor({ token: desk.session.token });
      expect(back.session.visitor).toMatchObject({ name: 'Ruth', isVerified: true });
    });
  }

  test('two devices that sign in for the first time at the same moment are one person', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const identity = await site.sign({ sub: 'ruth', email: 'ruth@example.com' });
    const devices = await Promise.all([1, 2, 3, 4].map(() => house.visitor({ identity })));
    expect(devices.every(({ session }) => session.visitor.isVerified)).toBe(true);
    expect(await contacts(house)).toHaveLength(1);
  });

  test('an address that the site left empty, or that is none, does not cost the person the identity', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const { session } = await house.visitor({ identity: await site.sign({ sub: 'ruth', name: 'Ruth', email: '', phone: 'x' }) });
    expect(session.visitor).toMatchObject({ isVerified: true, name: 'Ruth', email: null, phone: null });
  });

  test('a signature that does not hold is refused, and nothing changes', async () => {
    const house = await open();
    const secret = new TextEncoder().encode(house.inbox.identitySecret);
    const hs256 = signer(secret, 'HS256');
    const ruth = await house.visitor({ identity: await hs256({ sub: 'ruth', name: 'Ruth' }) });
    await post(ruth.socket, 'my secret');
    const guest = await house.visitor();
    await post(guest.socket, 'I am only a guest');
    const before = await contacts(house);
    const valid = await hs256({ sub: 'ruth' });
    const [head, body, signature] = valid.split('.') as [string, string, string];
    const attacks: Record<string, string> = {
      'a wrong secret': await signer(new TextEncoder().encode('x'.repeat(43)), 'HS256')({ sub: 'ruth' }),
      'an empty secret': await signer(new Uint8Array(1), 'HS256')({ sub: 'ruth' }).catch(() => 'x.y.z'),
      'the inbox key as secret': await signer(new TextEncoder().encode(house.inbox.key.padEnd(32, ' ')), 'HS256')({ sub: 'ruth' }),
      'another algorithm': await signer(new TextEncoder().encode(house.inbox.identitySecret.padEnd(64, 'x')), 'HS512')({ sub: 'ruth' }),
      'no signature': unsigned({ sub: 'ruth' }),
      'no signature, differently spelled': unsigned({ sub: 'ruth' }, 'NONE'),
      'a signature cut off': `${head}.${body}.`,
      'two parts': `${head}.${body}`,
      'a body exchanged': `${head}.${Buffer.from(JSON.stringify({ sub: 'dana', exp: now() + 60 })).toString('base64url')}.${signature}`,
      'a head exchanged': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.${signature}`,
      yesterday: await hs256({ sub: 'ruth', exp: now() - 86_400 }),
      'two minutes ago': await hs256({ sub: 'ruth', exp: now() - 120 }),
      'for ever': await hs256({ sub: 'ruth', exp: null }),
      'for a year': await hs256({ sub: 'ruth', exp: now() + 365 * 86_400 }),
      'for two days': await hs256({ sub: 'ruth', exp: now() + 2 * 86_400 }),
      'not yet': await hs256({ sub: 'ruth', nbf: now() + 3_000 }),
      nobody: await hs256({ name: 'Ruth' }),
      'an empty person': await hs256({ sub: '' }),
      'a number': await hs256({ sub: 7 as unknown as string }),
      'a line break': await hs256({ sub: 'ru\nth' }),
      nonsense: 'nonsense',
      empty: '',
      dots: '..',
    };
    for (const [name, identity] of Object.entries(attacks)) {
      expect(await house.refusal('/visitor', { auth: { inbox: house.inbox.key, identity } }), name).toMatchObject({ code: 'forbidden' });
      expect(
        await house.refusal('/visitor', { auth: { inbox: house.inbox.key, identity, token: guest.session.token } }),
        name,
      ).toMatchObject({ code: 'forbidden' });
      const reply = await ask(guest.socket, 'visitor:identify', { name: 'Eve', identity });
      expect(reply, name).toMatchObject({ ok: false, error: { code: 'forbidden', field: 'identity' } });
    }
    expect(await contacts(house)).toEqual(before);
    expect(await get(guest.socket, 'conversation:list', {})).toMatchObject({ conversations: [{ lastSeq: 1 }] });
    const back = await house.visitor({ token: guest.session.token });
    expect(back.session.visitor).toMatchObject({ name: null, isVerified: false });
  });

  test('where the site signs with a key pair, its public key is no secret to sign with, and the old secret is dead', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'RS256');
    const pem = site.publicKey as string;
    const other = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    const attacks: Record<string, string> = {
      'the PEM as HMAC secret': await signer(new TextEncoder().encode(pem), 'HS256')({ sub: 'ruth' }),
      'the trimmed PEM as HMAC secret': await signer(new TextEncoder().encode(pem.trim()), 'HS256')({ sub: 'ruth' }),
      'the DER as HMAC secret': await signer(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'), 'HS256')({ sub: 'ruth' }),
      "the inbox's HMAC secret": await signer(new TextEncoder().encode(house.inbox.identitySecret), 'HS256')({ sub: 'ruth' }),
      "somebody else's key": await signer(other as unknown as CryptoKey, 'RS256')({ sub: 'ruth' }),
      'no signature': unsigned({ sub: 'ruth' }, 'RS256'),
    };
    for (const [name, identity] of Object.entries(attacks)) {
      expect(await house.refusal('/visitor', { auth: { inbox: house.inbox.key, identity } }), name).toMatchObject({ code: 'forbidden' });
    }
    expect(await contacts(house)).toEqual([]);
    expect((await house.visitor({ identity: await site.sign({ sub: 'ruth' }) })).session.visitor.isVerified).toBe(true);
  });

  test('only a usable RSA key is taken as the key of a site', async () => {
    const house = await open();
    const pemOf = (key: { publicKey: { export: (options: { type: 'spki'; format: 'pem' }) => string | Buffer } }) =>
      String(key.publicKey.export({ type: 'spki', format: 'pem' }));
    const unusable = [
      pemOf(generateKeyPairSync('rsa', { modulusLength: 1_024 })),
      pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
      pemOf(generateKeyPairSync('ed25519')),
    ];
    for (const identityPublicKey of unusable) {
      const response = await house.call('PATCH', `/api/inboxes/${house.inbox.id}`, { identityPublicKey });
      expect([response.status, await response.json()]).toMatchObject([400, { field: 'identityPublicKey' }]);
    }
    await openSigningSite(house, 'RS256');
    const cleared = await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { identityPublicKey: null });
    expect(cleared).toMatchObject({ identityPublicKey: null });
    const site = await openSigningSite(house, 'HS256');
    expect((await house.visitor({ identity: await site.sign({ sub: 'ruth' }) })).session.visitor.isVerified).toBe(true);
  });

  test('somebody else who signs in at the same browser is a new visitor and sees nothing of the one before', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const ruth = await house.visitor({ identity: await site.sign({ sub: 'ruth', name: 'Ruth', email: 'ruth@example.com' }) });
    const { conversation } = await post(ruth.socket, 'my secret');
    const omar = await house.visitor({
      token: ruth.session.token,
      conversationId: conversation.id,
      after: 0,
      identity: await site.sign({ sub: 'omar', name: 'Omar' }),
    });
    expect(omar.session).toMatchObject({ visitor: { name: 'Omar', email: null, isVerified: true }, conversation: null, messages: [] });
    expect(omar.session.token).not.toBe(ruth.session.token);
    expect(omar.session.visitor.id).not.toBe(ruth.session.visitor.id);
    const heard = hear(omar.socket, 'message:posted');
    await post(ruth.socket, 'another secret');
    await post(omar.socket, 'hello');
    expect(heard).toEqual([]);
    const reply = await ask(ruth.socket, 'visitor:identify', { identity: await site.sign({ sub: 'omar' }) });
    expect(reply).toMatchObject({ ok: false, error: { code: 'conflict', field: 'identity' } });
    expect(await contacts(house)).toHaveLength(2);
  });

  test("an unverified claim of a verified person's e-mail, phone or id opens nothing, and does not touch that file", async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const ruth = await house.visitor({
      identity: await site.sign({ sub: 'ruth', name: 'Ruth', email: 'ruth@example.com', phone: '050-1234567', company: 'Sons' }),
    });
    await post(ruth.socket, 'my secret');
    const [before] = await contacts(house);
    const eve = await house.visitor();
    const heard = hear(eve.socket, 'message:posted');
    const { visitor } = await get<{ visitor: Visitor }>(eve.socket, 'visitor:identify', {
      email: 'ruth@example.com',
      phone: '0501234567',
      fields: { sub: 'ruth', external: 'ruth' },
    });
    expect(visitor).toEqual({
      id: eve.session.visitor.id,
      name: null,
      email: 'ruth@example.com',
      phone: '+972501234567',
      company: null,
      isVerified: false,
    });
    expect(await get(eve.socket, 'conversation:list', {})).toEqual({ conversations: [] });
    await post(ruth.socket, 'another secret');
    await post(eve.socket, 'hello');
    expect(heard).toEqual([]);
    const files = await contacts(house);
    expect(files).toHaveLength(2);
    expect(files.find(({ id }) => id === before?.id)).toEqual(before);
    const again = await house.visitor({ token: eve.session.token });
    expect(JSON.stringify(again.session)).not.toMatch(/secret|Ruth|Sons/);
  });

  test('two accounts of a site with one mailbox stay two files', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const ruth = await house.visitor({ identity: await site.sign({ sub: 'ruth', name: 'Ruth', email: 'family@example.com' }) });
    await post(ruth.socket, 'my secret');
    const omar = await house.visitor({ identity: await site.sign({ sub: 'omar', name: 'Omar', email: 'family@example.com' }) });
    expect(omar.session.visitor).toMatchObject({ name: 'Omar', email: 'family@example.com' });
    expect(await get(omar.socket, 'conversation:list', {})).toEqual({ conversations: [] });
    const files = await contacts(house);
    expect(files).toHaveLength(2);
    // Signing in again takes away nothing that agents wrote down.
    const at = `/api/contacts/${files.find(({ name }) => name === 'Omar')?.id}/identities`;
    for (const value of ['omar@work.example', 'omar@home.example']) await house.json('POST', at, { kind: 'email', value });
    await house.visitor({ identity: await site.sign({ sub: 'omar', name: 'Omar', email: 'family@example.com' }) });
    const { items } = await house.json<{ items: { kind: string; value: string }[] }>('GET', at);
    const emails = items.filter(({ kind }) => kind === 'email').map(({ value }) => value);
    expect(emails.sort()).toEqual(['family@example.com', 'omar@home.example', 'omar@work.example']);
  });

  test('what a guest said before signing in goes into its own file, and its other tab goes on', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const first = await house.visitor({ identity: await site.sign({ sub: 'ruth', name: 'Ruth' }) });
    await post(first.socket, 'earlier, at home');
    const tab = await house.visitor();
    await get(tab.socket, 'visitor:identify', { name: 'R.', company: 'Sons', fields: { size: 'L' } });
    const guest = await post(tab.socket, 'a question');
    const otherTab = await house.visitor({ token: tab.session.token });
    await get(tab.socket, 'visitor:identify', { identity: await site.sign({ sub: 'ruth' }) });

    expect(await contacts(house)).toMatchObject([{ name: 'Ruth', company: 'Sons', fields: { size: 'L' } }]);
    const page = await get<MessagePage>(first.socket, 'message:list', { conversationId: guest.conversation.id });
    expect(page.messages).toMatchObject([{ text: 'a question' }]);
    expect(await ask(otherTab.socket, 'visitor:identify', {})).toMatchObject({ ok: true, data: { visitor: { name: 'Ruth' } } });
    expect(await ask(otherTab.socket, 'visitor:identify', { company: 'Daughters' })).toMatchObject({ ok: true });
    await get(otherTab.socket, 'page:view', { url: 'https://shop.example/', title: 'Shop' });
    await get(otherTab.socket, 'message:post', { id: nanoid(), conversationId: guest.conversation.id, text: 'from the other tab' });
    await expect.poll(() => contacts(house)).toMatchObject([{ name: 'Ruth', company: 'Daughters', page: { title: 'Shop' } }]);
  });

  test('a signature is judged by the clock of the server, with a minute of grace', async () => {
    const house = await open();
    const site = await openSigningSite(house, 'HS256');
    const identity = await site.sign({ sub: 'ruth', exp: now() + 600 });
    house.clockOffsetMs = 630_000;
    expect((await house.visitor({ identity })).session.visitor.isVerified).toBe(true);
    house.clockOffsetMs = 700_000;
    expect(await house.refusal('/visitor', { auth: { inbox: house.inbox.key, identity } })).toMatchObject({ code: 'forbidden' });
  });
});
