import { existsSync, readFileSync } from 'node:fs';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Message, MessagePage } from '../../shared/message.ts';
import { seatBystanders } from '../helpers/bystanders.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get } from '../helpers/house.ts';

const unlimited = { environment: { LIMITS: 'off' } };

const fewNaughty = [
  'undefined',
  'null',
  '__proto__',
  '1/0',
  '﷽',
  '̡͓̞ͅI̗̘̦͝n͇͇͙v̮̫ok̲̫̙',
  '<script>alert(1)</script>',
  "'; DROP TABLE message; --",
  '{{7*7}}',
  '../../etc/passwd',
  '🏳️‍🌈',
  '‏‎‭',
  '%',
  '_',
  '\\',
  '%_\\',
];

describe.each(databases)('on $name', ({ open }) => {
  test('keys that mean something to JavaScript mean nothing to Kesher', async () => {
    const house = await open();
    const bystanders = await seatBystanders(house);
    const { socket } = await house.visitor(JSON.parse('{"__proto__":{"isVerified":1},"constructor":{"prototype":{"isVerified":1}}}'));
    const id = nanoid();
    const post = JSON.parse(
      `{"id":"${id}","text":"hi","__proto__":{"visibility":"internal"},"constructor":{"prototype":{"admin":true}},"visibility":"internal","author":{"kind":"agent"}}`,
    );
    const { message } = await get<{ message: Message }>(socket, 'message:post', post);
    expect(message).toMatchObject({ visibility: 'public', author: { kind: 'visitor' } });

    const fields = JSON.parse('{"__proto__":"polluted","constructor":"polluted","toString":"mine"}');
    await get(socket, 'visitor:identify', { fields, ...JSON.parse('{"__proto__":{"name":"Eve"}}') });
    const { items } = await house.json<{ items: { name: string | null; fields: Record<string, string> }[] }>('GET', '/api/contacts');
    const file = items.find((contact) => contact.fields.toString === ('mine' as unknown));
    expect(file).toMatchObject({ name: null, fields: { constructor: 'polluted', toString: 'mine' } });
    expect(
      ({} as Record<string, unknown>).polluted ?? ({} as Record<string, unknown>).isVerified ?? ({} as Record<string, unknown>).admin,
    ).toBeUndefined();
    expect(
      await ask(socket, 'conversation:read', JSON.parse(`{"__proto__":{"conversationId":"${message.conversationId}","seq":1}}`)),
    ).toMatchObject({
      ok: false,
      error: { code: 'invalid', field: 'conversationId' },
    });
    await bystanders.expectUnharmed();
  });

  test('half a character becomes the replacement sign, and the text around it is kept as it was typed', async () => {
    const house = await open();
    const { socket } = await house.visitor();
    const text = 'a\ud800b \udc00 👩‍👩‍👧 \u202eשלום\u202c \ufeff\u0001 e\u0301  \r\n';
    const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), text });
    expect(message.text).toBe(text.replace(/[\ud800](?=b)|(?<= )[\udc00](?= )/g, '\ufffd'));
    const agent = await house.agent();
    const page = await get<MessagePage>(agent.socket, 'message:list', { conversationId: message.conversationId });
    expect(page.messages.map((stored) => stored.text)).toEqual([message.text]);
    await get(socket, 'visitor:identify', { name: 'Eve\ud800', fields: { 'key\udfff': 'value\ud800' } });
    expect(await house.json('GET', '/api/contacts')).toMatchObject({ items: [{ name: 'Eve\ufffd' }] });
  });

  test('every naughty string is either refused or comes back exactly as it was sent', async () => {
    const file = '../shared/data/security';
    const naughty: string[] = existsSync(`${file}/naughty-strings.json`)
      ? JSON.parse(readFileSync(`${file}/naughty-strings.json`, 'utf8'))
      : fewNaughty;
    const scripts: string[] = existsSync(`${file}/xss-payloads.jsonl`)
      ? readFileSync(`${file}/xss-payloads.jsonl`, 'utf8')
          .trim()
          .split('\n')
          .slice(0, 500)
          .map((line) => (JSON.parse(line) as { payload: string }).payload)
      : [];
    const texts = [...new Set([...naughty, ...fewNaughty, ...scripts])].filter(
      (text) => text.trim() !== '' && !text.includes('\0') && text.length <= 8_000,
    );
    const house = await open(unlimited);
    const bystanders = await seatBystanders(house);
    const { socket } = await house.visitor();
    const posted = await Promise.all(texts.map((text) => get<{ message: Message }>(socket, 'message:post', { id: nanoid(), text })));
    expect(posted.map(({ message }) => message.text)).toEqual(
      texts.map((text) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')),
    );
    for (const text of texts.slice(0, 150)) {
      const reply = await ask(socket, 'visitor:identify', { name: text, fields: { said: text.slice(0, 1_000) } });
      expect(reply.ok || reply.error.code === 'invalid' || reply.error.code === 'too-large', text).toBe(true);
      const found = await house.call('GET', `/api/contacts?q=${encodeURIComponent(text.slice(0, 100).toWellFormed())}`);
      expect(found.status, text).toBe(200);
    }
    await bystanders.expectUnharmed();
  });
});
