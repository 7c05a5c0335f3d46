import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Attachment, UploadedFile } from '../../shared/attachment.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Message } from '../../shared/message.ts';
import { seatBystanders } from '../helpers/bystanders.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';
import { RawWire } from '../helpers/raw-wire.ts';
import * as sample from '../helpers/sample-files.ts';

interface Upload {
  name?: string;
  content: Buffer | string;
  headers?: Record<string, string>;
}

function formOf({ name = 'photo.png', content }: Upload): FormData {
  const form = new FormData();
  form.append('file', new Blob([content as BlobPart]), name);
  return form;
}

function uploadAsVisitor(house: House, token: string, upload: Upload): Promise<Response> {
  return fetch(`${house.url}/api/widget/${house.inbox.key}/attachments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, ...upload.headers },
    body: formOf(upload),
  });
}

function uploadAsAgent(house: House, upload: Upload): Promise<Response> {
  const headers = { 'X-Kesher': '1', cookie: house.cookie, ...upload.headers };
  return fetch(`${house.url}/api/attachments`, { method: 'POST', headers, body: formOf(upload) });
}

async function kept(response: Promise<Response>): Promise<UploadedFile> {
  const reply = await response;
  expect(reply.status, await reply.clone().text()).toBe(201);
  return (await reply.json()) as UploadedFile;
}

async function refused(response: Promise<Response>): Promise<ErrorReply> {
  const reply = await response;
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return (await reply.json()) as ErrorReply;
}

const filesOf = (house: House) => readdir(path.join(house.dataDir, 'attachments'));

function rowsOf(house: House) {
  return house.server.app.storage.db.selectFrom('attachment').selectAll().execute();
}

describe.each(databases)('on $name', ({ open }) => {
  test('a visitor sends a photo and an invoice, and the agent sees them with the message', async () => {
    const house = await open();
    const { socket, session } = await house.visitor();
    const { socket: agent } = await house.agent();
    const photo = await kept(uploadAsVisitor(house, session.token, { name: 'תמונה של הספל.png', content: sample.png(40, 30) }));
    expect(photo).toEqual({ id: photo.id, name: 'תמונה של הספל.png', type: 'image/png', size: sample.png(40, 30).length });
    const invoice = await kept(uploadAsVisitor(house, session.token, { name: 'invoice.pdf', content: sample.pdf }));

    const listed = nextFact<ConversationSummary>(agent, 'conversation:changed');
    const draft = { id: nanoid(), attachmentIds: [photo.id, invoice.id] };
    const { message } = await get<{ message: Message }>(socket, 'message:post', draft);
    expect(message.text).toBe('');
    expect(message.attachments).toMatchObject([
      { ...photo, width: 40, height: 30 },
      { ...invoice, type: 'application/pdf' },
    ]);
    expect((await listed).lastMessage?.attachments).toEqual({ name: photo.name, type: 'image/png', count: 2 });

    const opened = await get<{ messages: Message[] }>(agent, 'conversation:open', { conversationId: message.conversationId });
    expect(opened.messages).toEqual([message]);
    expect(await get(socket, 'message:post', draft), 'a retry finds the first copy with its files').toMatchObject({ message });

    const read = await fetch(house.url + (message.attachments[0] as Attachment).url);
    expect(Buffer.from(await read.arrayBuffer()).equals(sample.png(40, 30))).toBe(true);
  });

  test('an agent answers with a file, and a note with one never reaches the visitor', async () => {
    const house = await open();
    const { socket } = await house.visitor();
    const { socket: agent } = await house.agent();
    const { message: first } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), text: 'hello' });
    const { conversationId } = first;
    const heard = hear<Message>(socket, 'message:posted');
    const secret = await kept(uploadAsAgent(house, { name: 'credit.pdf', content: sample.pdf }));
    await get(agent, 'message:post', { id: nanoid(), conversationId, visibility: 'internal', attachmentIds: [secret.id] });
    const manual = await kept(uploadAsAgent(house, { name: 'manual.pdf', content: sample.pdf }));
    await get(agent, 'message:post', { id: nanoid(), conversationId, text: 'see page 3', attachmentIds: [manual.id] });
    await expect.poll(() => heard.at(-1)?.text).toBe('see page 3');
    const said = heard.filter(({ author }) => author.kind !== 'system');
    expect(said).toMatchObject([{ text: 'see page 3', attachments: [{ id: manual.id, name: 'manual.pdf' }] }]);
    const { messages } = await get<{ messages: Message[] }>(socket, 'message:list', { conversationId });
    expect(messages.flatMap(({ attachments }) => attachments.map(({ name }) => name))).toEqual(['manual.pdf']);
  });

  test("nobody takes another one's file, a file twice, or one that is not there", async () => {
    const house = await open();
    const ruth = await house.visitor();
    const thief = await house.visitor();
    const { socket: agent } = await house.agent();
    const photo = await kept(uploadAsVisitor(house, ruth.session.token, { content: sample.png(2, 2) }));
    const refusal = { ok: false, error: { code: 'not-found', field: 'attachmentIds' } };
    expect(await ask(thief.socket, 'message:post', { id: nanoid(), attachmentIds: [photo.id] })).toMatchObject(refusal);
    expect(await ask(ruth.socket, 'message:post', { id: nanoid(), attachmentIds: [nanoid()] })).toMatchObject(refusal);
    expect(await ask(ruth.socket, 'message:post', { id: nanoid(), attachmentIds: [photo.id, photo.id] })).toMatchObject({
      error: { code: 'invalid' },
    });
    expect(await house.json('GET', '/api/conversations'), 'nothing was opened for a message that was refused').toMatchObject({ items: [] });

    const both = await Promise.all(
      [1, 2].map(() => ask<{ message: Message }>(ruth.socket, 'message:post', { id: nanoid(), attachmentIds: [photo.id] })),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const taken = both.find(({ ok }) => ok) as { data: { message: Message } };
    const { conversationId } = taken.data.message;
    expect(await ask(agent, 'message:post', { id: nanoid(), conversationId, attachmentIds: [photo.id] })).toMatchObject(refusal);
    expect(await ask(ruth.socket, 'message:post', { id: nanoid(), attachmentIds: [photo.id] })).toMatchObject(refusal);
    const { items } = await house.json<{ items: Message[] }>('GET', `/api/conversations/${conversationId}/messages`);
    expect(items).toHaveLength(1);
  });

  test('what no message takes within a day is removed with its file, and what was sent stays', async () => {
    const house = await open();
    const { socket, session } = await house.visitor();
    const sent = await kept(uploadAsVisitor(house, session.token, { content: sample.png(2, 2) }));
    const forgotten = await kept(uploadAsVisitor(house, session.token, { content: sample.png(3, 3) }));
    await get(socket, 'message:post', { id: nanoid(), attachmentIds: [sent.id] });
    const { openAttachments } = await import('../../server/attachments/attachments.ts');
    const attachments = await openAttachments(house.server.app);
    await attachments.tidy();
    expect((await filesOf(house)).sort()).toEqual([sent.id, forgotten.id].sort());
    house.clockOffsetMs = 25 * 60 * 60 * 1_000;
    await attachments.tidy();
    expect(await filesOf(house)).toEqual([sent.id]);
    expect(await ask(socket, 'message:post', { id: nanoid(), attachmentIds: [forgotten.id] })).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

test('a picture is told as it is seen, turned as its camera says', async () => {
  const house = await openHouse();
  const { socket, session } = await house.visitor();
  const pictures = [
    { content: sample.jpeg(400, 300), width: 400, height: 300 },
    { content: sample.jpeg(400, 300, 6), width: 300, height: 400 },
    { content: sample.gif(7, 9), width: 7, height: 9 },
  ];
  for (const { content, ...size } of pictures) {
    const { id } = await kept(uploadAsVisitor(house, session.token, { content }));
    const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), attachmentIds: [id] });
    expect(message.attachments[0]).toMatchObject(size);
  }
});

test('pages, scripts, programs and pictures that are bombs are refused whatever their names say', async () => {
  const house = await openHouse();
  const { session } = await house.visitor();
  const bad: Upload[] = [
    { name: 'page.html', content: sample.html },
    { name: 'page.png', content: sample.html },
    { name: 'page.txt', content: sample.html },
    { name: 'table.csv', content: Buffer.from('a,b\n<script>alert(1)</script>') },
    { name: 'drawing.svg', content: sample.svg },
    { name: 'drawing.png', content: sample.svg },
    { name: 'drawing.csv', content: Buffer.concat([Buffer.from('\ufeff \n'), sample.svg]) },
    { name: 'code.js', content: sample.script },
    { name: 'code', content: sample.script },
    { name: 'run.txt', content: Buffer.from('#!/bin/sh\nrm -rf ~') },
    { name: 'setup.exe', content: sample.windowsProgram },
    { name: 'setup.pdf', content: sample.windowsProgram },
    { name: 'photo.jpg', content: sample.linuxProgram },
    { name: 'nothing.png', content: Buffer.alloc(0) },
    { name: 'noise.txt', content: Buffer.from([1, 2, 3, 0, 255]) },
    { name: 'half.png', content: sample.png(4, 4).subarray(0, 12) },
    { name: 'bomb.png', content: sample.boastfulPng(60_000, 60_000) },
  ];
  for (const upload of bad) {
    const { code, field } = await refused(uploadAsVisitor(house, session.token, upload));
    expect({ name: upload.name, code, field }).toEqual({
      name: upload.name,
      code: upload.name === 'bomb.png' ? 'too-large' : 'invalid',
      field: 'file',
    });
  }
  expect(await filesOf(house)).toEqual([]);
  expect(await rowsOf(house)).toEqual([]);
});

test('a file keeps its name, but no path, no control characters and no ending that makes it more than it is', async () => {
  const house = await openHouse();
  const { session } = await house.visitor();
  const names: [given: string, expected: string][] = [
    ['../../etc/passwd.png', 'passwd.png'],
    ['C:\\Users\\ruth\\ספל.PNG', 'ספל.PNG'],
    ['invoice.html', 'invoice.html.png'],
    ['photo\u202egnp.exe', 'photognp.exe.png'],
    ['.htaccess', 'htaccess.png'],
    ['a b  c (1).png', 'a b  c (1).png'],
    ['😀.png', '😀.png'],
    [`${'x'.repeat(400)}.png`, `${'x'.repeat(160)}.png`],
    ['..', 'file.png'],
  ];
  for (const [given, expected] of names) {
    const { name } = await kept(uploadAsVisitor(house, session.token, { name: given, content: sample.png(1, 1) }));
    expect(name).toBe(expected);
    await house.server.app.storage.write((trx) => trx.deleteFrom('attachment').execute());
  }
});

test('documents, tables and archives pass, each as what it is', async () => {
  const house = await openHouse();
  const good: [name: string, content: Buffer | string, type: string][] = [
    ['prices.csv', 'שם,מחיר\nספל,39\n', 'text/csv'],
    ['prices-windows.csv', Buffer.from([0xf1, 0xf4, 0xec, 0x2c, 0x33, 0x39]), 'text/csv'],
    ['note.txt', 'a < b and b > c', 'text/plain'],
    ['letter.pdf', sample.pdf, 'application/pdf'],
    ['empty.zip', sample.emptyZip, 'application/zip'],
    ['old.doc', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]), 'application/msword'],
  ];
  for (const [name, content, type] of good) {
    expect(await kept(uploadAsAgent(house, { name, content })), name).toMatchObject({ name, type });
  }
});

test('who has no right to send a file is told so, and nothing is kept', async () => {
  const house = await openHouse();
  const { session } = await house.visitor();
  const content = sample.png(1, 1);
  const url = `${house.url}/api/widget/${house.inbox.key}/attachments`;
  const status = async (response: Promise<Response>) => (await response).status;
  expect(await status(uploadAsVisitor(house, 'nobody', { content }))).toBe(401);
  expect(await status(fetch(url, { method: 'POST', body: formOf({ content }) }))).toBe(401);
  expect(await status(uploadAsAgent(house, { content, headers: { cookie: '' } }))).toBe(401);
  expect(await status(uploadAsAgent(house, { content, headers: { 'X-Kesher': '' } }))).toBe(403);
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { allowedOrigins: ['https://shop.example'] });
  expect(await status(uploadAsVisitor(house, session.token, { content, headers: { Origin: 'https://evil.example' } }))).toBe(403);
  expect(await status(uploadAsVisitor(house, session.token, { content, headers: { Origin: 'https://shop.example' } }))).toBe(201);
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { hasAttachments: false } });
  expect(await status(uploadAsVisitor(house, session.token, { content }))).toBe(403);
  expect(await filesOf(house)).toHaveLength(1);

  const preflight = await fetch(url, { method: 'OPTIONS', headers: { Origin: 'https://shop.example' } });
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('Authorization');
});

test('a form that is no form, or holds anything but one file, is refused and leaves nothing', async () => {
  const house = await openHouse();
  const bystanders = await seatBystanders(house);
  const { session } = await house.visitor();
  const post = (type: string, body: string) =>
    fetch(`${house.url}/api/widget/${house.inbox.key}/attachments`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': type },
      body,
    });
  const part = (head: string, content = 'x') => `--b\r\n${head}\r\n\r\n${content}\r\n`;
  const file = part('Content-Disposition: form-data; name="file"; filename="a.txt"', 'hello');
  const bodies: [type: string, body: string][] = [
    ['application/json', '{}'],
    ['text/plain', 'x'],
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=', 'x'],
    [`multipart/form-data; boundary=${'b'.repeat(5_000)}`, 'x'],
    ['multipart/form-data; boundary=b', ''],
    ['multipart/form-data; boundary=b', 'no boundary at all'],
    ['multipart/form-data; boundary=b', '--b--\r\n'],
    ['multipart/form-data; boundary=b', `${file}`],
    ['multipart/form-data; boundary=b', `${file}${file}--b--\r\n`],
    ['multipart/form-data; boundary=b', `${part('Content-Disposition: form-data; name="file"')}--b--\r\n`],
    ['multipart/form-data; boundary=b', `${part('X: y')}--b--\r\n`],
    ['multipart/form-data; boundary=b', `${part('Content-Disposition: form-data; name="a"').repeat(50)}${file}--b--\r\n`],
    ['multipart/form-data; boundary=b', `--b\r\n${'X: y\r\n'.repeat(50_000)}\r\nx\r\n--b--\r\n`],
    ['multipart/form-data; boundary=b', '--b\r\n\r\n--b\r\n\r\n--b'],
    ['multipart/form-data; boundary=b', `--b\r\nContent-Disposition: form-data; name="file"; filename="__proto__"\r\n\r\n\0`],
  ];
  for (const [type, body] of bodies) {
    expect((await refused(post(type, body))).code, body.slice(0, 60)).toBe('invalid');
  }
  expect(await filesOf(house)).toEqual([]);
  expect(await rowsOf(house)).toEqual([]);
  await bystanders.expectUnharmed();
});

test('an upload that is cut off leaves nothing', async () => {
  const house = await openHouse();
  const { session } = await house.visitor();
  const wire = await RawWire.open(house.url);
  wire.write(
    [
      `POST /api/widget/${house.inbox.key}/attachments HTTP/1.1`,
      'Host: x',
      `Authorization: Bearer ${session.token}`,
      'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 90000',
      '',
      '--b',
      'Content-Disposition: form-data; name="file"; filename="a.txt"',
      '',
      'the beginning',
    ].join('\r\n'),
  );
  await expect.poll(() => filesOf(house)).toHaveLength(1);
  wire.socket.destroy();
  await expect.poll(() => filesOf(house)).toEqual([]);
  expect(await rowsOf(house)).toEqual([]);
});

test('a file over the limit is too large, however it is announced', async () => {
  const house = await openHouse({ environment: { ATTACHMENT_MAX_MB: '1' } });
  const { session } = await house.visitor();
  const large = Buffer.alloc(1024 * 1024 + 1, 'x');
  expect(await refused(uploadAsVisitor(house, session.token, { name: 'a.txt', content: large }))).toMatchObject({ code: 'too-large' });
  const body = new Blob([`--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\n`, large, '\r\n--b--\r\n']).stream();
  const unannounced = await fetch(`${house.url}/api/widget/${house.inbox.key}/attachments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': 'multipart/form-data; boundary=b' },
    body,
    duplex: 'half',
  } as RequestInit);
  expect(unannounced.status).toBe(413);
  expect(await filesOf(house)).toEqual([]);
  const whole = Buffer.alloc(1024 * 1024, 'x');
  expect(await kept(uploadAsVisitor(house, session.token, { name: 'a.txt', content: whole }))).toMatchObject({ size: whole.length });
});

test('who uploads without end and sends nothing is stopped', async () => {
  const house = await openHouse({ environment: { ATTACHMENT_MAX_MB: '1' } });
  const { session } = await house.visitor();
  const content = Buffer.alloc(1_000_000, 'x');
  const codes: string[] = [];
  for (let round = 0; round < 24; round += 1) {
    const response = await uploadAsVisitor(house, session.token, { name: 'a.txt', content });
    codes.push(response.ok ? 'ok' : ((await response.json()) as ErrorReply).code);
  }
  expect(codes.filter((code) => code === 'ok').length).toBeLessThanOrEqual(21);
  expect(codes.at(-1)).toBe('too-many');
  const other = await house.visitor();
  await kept(uploadAsVisitor(house, other.session.token, { name: 'a.txt', content: 'x' }));
});

describe('the address of a file', () => {
  async function sendPhoto(name = 'photo.png', content = sample.png(20, 20)) {
    const house = await openHouse();
    const { socket, session } = await house.visitor();
    const { id } = await kept(uploadAsVisitor(house, session.token, { name, content }));
    const { message } = await get<{ message: Message }>(socket, 'message:post', { id: nanoid(), attachmentIds: [id] });
    return { house, socket, id, url: house.url + (message.attachments[0] as Attachment).url, content };
  }

  test('gives a picture in its place, as nothing that could act', async () => {
    const { url } = await sendPhoto('תמונה 1.png');
    const { headers } = await fetch(url);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=300, must-revalidate',
    });
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="[_ 0-9]+\.png"; filename\*=UTF-8''%D7%AA/);
    expect((await fetch(`${url}?download`)).headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  test('gives anything else to keep, not to look at', async () => {
    const { url } = await sendPhoto('letter.pdf', sample.pdf);
    expect((await fetch(url)).headers.get('content-disposition')).toBe(`attachment; filename="letter.pdf"; filename*=UTF-8''letter.pdf`);
  });

  test('gives a part of it, or says that it has not changed', async () => {
    const { url, content } = await sendPhoto();
    const part = await fetch(url, { headers: { Range: 'bytes=1-3' } });
    expect(part.status).toBe(206);
    expect(await part.text()).toBe('PNG');
    expect(part.headers.get('content-range')).toBe(`bytes 1-3/${content.length}`);
    expect((await fetch(url, { headers: { Range: `bytes=${content.length}-` } })).status).toBe(416);
    const etag = part.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' } })).status).toBe(304);
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(content.length));
  });

  test('is not even “unchanged” once its sender had it erased: browsers ask again after minutes', async () => {
    const { house, socket, url } = await sendPhoto();
    const first = await fetch(url);
    expect(Number(/max-age=(\d+), must-revalidate/.exec(first.headers.get('cache-control') ?? '')?.[1])).toBeLessThanOrEqual(600);
    await get(socket, 'data:erase', { confirm: 'erase' });
    const again = await fetch(url, { headers: { 'If-None-Match': first.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' } });
    expect(again.status).toBe(404);
    expect(await house.json('GET', '/api/contacts')).toMatchObject({ items: [{ name: null }] });
  });

  test('cannot be guessed, changed or climbed out of', async () => {
    const { house, id, url } = await sendPhoto();
    const signature = url.split('/').at(-1) as string;
    const wrong = [
      `${id}/${signature.slice(0, -2)}xx`,
      `${id}/${signature}x`,
      `${id}/x`,
      `${nanoid()}/${signature}`,
      `..%2fkesher.db/${signature}`,
      `%00/${signature}`,
      `${id}%2f..%2f/${signature}`,
      id,
      '',
    ];
    for (const at of wrong) {
      const response = await fetch(`${house.url}/attachments/${at}`);
      expect([400, 404], at).toContain(response.status);
      expect(response.headers.get('cache-control') ?? '', at).not.toContain('immutable');
    }
    // Before it is sent, nobody is told where a file would be.
    const { session } = await house.visitor();
    expect(Object.keys(await kept(uploadAsVisitor(house, session.token, { content: sample.png(1, 1) })))).toEqual([
      'id',
      'name',
      'type',
      'size',
    ]);
  });

  test('leads to the same file after a restart', async () => {
    const { house, url } = await sendPhoto();
    await house.stop();
    await house.start();
    expect((await fetch(url)).status).toBe(200);
  });
});
