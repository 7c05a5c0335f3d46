import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { Activity } from '../../shared/activity.ts';
import type { AgentNotice } from '../../shared/agent-notice.ts';
import type { Contact } from '../../shared/contact.ts';
import type { DocumentPage } from '../../shared/document.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { makeRole, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { type House, nextFact, openHouse } from '../helpers/house.ts';
import { deliver } from '../helpers/mail-sender.ts';
import { type MailServer, openMailServer } from '../helpers/mail-server.ts';
import { pdf, windowsProgram } from '../helpers/sample-files.ts';

const environment = (post: MailServer) => ({
  SMTP_URL: post.url,
  MAIL_FROM: 'Pots <chat@pots.example>',
  INBOUND_MAIL_PORT: '0',
  INBOUND_MAIL_HOST: '127.0.0.1',
  REPLY_ADDRESS: 'service@reply.pots.example',
});

async function fileWithAddress(house: House) {
  const { conversationId, socket } = await writeIn(house, 'שלום');
  const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`);
  await house.call('PATCH', `/api/contacts/${contact.id}`, { email: 'ruth@example.com' });
  return { contactId: contact.id, conversationId, socket };
}

const write = (house: House, contactId: string, more: Record<string, unknown> = {}, cookie = house.cookie) =>
  house.call(
    'POST',
    `/api/contacts/${contactId}/mails`,
    { id: nanoid(), to: 'ruth@example.com', subject: 'ההזמנה שלך', text: 'שלום רות,\nההזמנה בדרך.', ...more },
    { cookie },
  );
const mails = async (house: House, contactId: string) =>
  (await house.json<TimelinePage>('GET', `/api/contacts/${contactId}/timeline?kinds=email`)).items;
const statusOf = (house: House, contactId: string) => async () => (await mails(house, contactId)).map(({ facts }) => facts.status);

/** A mail that was sent, and the address that its answer goes to. */
async function correspond(house: House, post: MailServer, cookie = house.cookie) {
  const file = await fileWithAddress(house);
  expect((await write(house, file.contactId, {}, cookie)).status).toBe(201);
  await expect.poll(statusOf(house, file.contactId), { timeout: 15_000 }).toEqual(['sent']);
  const letter = post.letters.at(-1);
  const replyTo = letter?.replyTo?.[0];
  const address = replyTo && 'address' in replyTo ? (replyTo.address ?? '') : '';
  return { ...file, letter, address, port: house.server.mailDoor.port ?? 0 };
}

const answer = (lines: readonly string[], headers: readonly string[] = []) =>
  [
    'From: Ruth <ruth@example.com>',
    'Subject: =?utf-8?B?16rXqdeV15HXlA==?=',
    `Message-ID: <${nanoid()}@example.com>`,
    'MIME-Version: 1.0',
    ...headers,
    ...(headers.some((header) => header.startsWith('Content-Type')) ? [] : ['Content-Type: text/plain; charset=utf-8']),
    '',
    ...lines,
  ].join('\n');

describe.each(databases)('on $name', ({ open }) => {
  test('an agent’s mail reaches the person, and the answer comes back into the file with its files, quotes folded, and is told', async () => {
    const post = await openMailServer();
    const house = await open({ environment: environment(post) });
    const noa = await house.hire('Noa');
    const { contactId, letter, address, port } = await correspond(house, post, noa.cookie);
    expect(letter).toMatchObject({ from: { name: 'Noa, חנות העציצים', address: 'chat@pots.example' }, subject: 'ההזמנה שלך' });
    expect(letter?.text).toContain('ההזמנה בדרך');
    expect(letter?.headers.some(({ key }) => key === 'auto-submitted')).toBe(false);
    expect(address).toMatch(/^service\+[0-9a-f]{24}@reply\.pots\.example$/);
    const desk = await house.agent(noa.cookie);
    const told = nextFact<AgentNotice>(desk.socket, 'notice:posted');
    const raw = answer(
      [
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'תודה! מצרפת חשבונית.',
        '',
        'On Sun, Nov 22, 2026 at 10:00 AM Noa, Pots <chat@pots.example> wrote:',
        '> שלום רות,',
        '--b',
        'Content-Type: application/pdf',
        'Content-Disposition: attachment; filename="invoice.pdf"',
        'Content-Transfer-Encoding: base64',
        '',
        pdf.toString('base64'),
        '--b',
        'Content-Type: application/octet-stream',
        'Content-Disposition: attachment; filename="setup.exe"',
        'Content-Transfer-Encoding: base64',
        '',
        windowsProgram.toString('base64'),
        '--b--',
      ],
      ['Content-Type: multipart/mixed; boundary=b'],
    );
    const utf8 = Buffer.from(raw, 'utf8');
    expect(await deliver(port, { to: address.toUpperCase(), raw: utf8 })).toMatch(/^250/);
    const [received] = await mails(house, contactId);
    expect(received).toMatchObject({
      title: 'תשובה',
      text: 'תודה! מצרפת חשבונית.',
      agent: null,
      facts: { direction: 'in', status: 'received', from: 'ruth@example.com', hasQuote: true, files: 1, filesLeft: 1, mayEdit: false },
    });
    expect((await house.json<Activity>('GET', `/api/activities/${received?.id}`)).quoted).toContain('שלום רות');
    expect(await told).toMatchObject({
      kind: 'mail-answer',
      contact: { id: contactId },
      item: `email:${received?.id}`,
      conversationId: null,
    });
    const { items } = await house.json<DocumentPage>('GET', `/api/documents?contactId=${contactId}`);
    expect(items).toMatchObject([{ name: 'invoice.pdf', type: 'application/pdf', activityId: received?.id, agent: null }]);
    expect((await house.call('GET', `${items[0]?.url}`)).status).toBe(200);
    // Who is not shown the address does not find it letter by letter either.
    const omar = await house.hire('Omar', (await makeRole(house, 'blind', ['contacts:view'])).id);
    const found = async (q: string, cookie: string) => {
      const page = `/api/contacts/${contactId}/timeline?kinds=email&q=${encodeURIComponent(q)}`;
      return (await house.json<TimelinePage>('GET', page, undefined, { cookie })).items.length;
    };
    for (const q of ['r', 'ruth', 'example.com']) expect([await found(q, omar.cookie), await found(q, noa.cookie)]).toEqual([0, 2]);
    expect([await found('ההזמנה', omar.cookie), await found('ההזמנה ruth', noa.cookie)]).toEqual([1, 1]);
    // The sender has not heard that it was taken, and brings it again.
    expect(await deliver(port, { to: address, raw: utf8 })).toMatch(/^250/);
    expect(await mails(house, contactId)).toHaveLength(2);
    // The next mail answers this one, and the person's program shows them together.
    await write(house, contactId, { answersId: received?.id }, noa.cookie);
    await expect.poll(() => post.letters.at(-1)?.inReplyTo, { timeout: 15_000 }).toMatch(/@example\.com>$/);
  });

  test('nothing is taken at any other address, nor once the mail or the person is gone', async () => {
    const post = await openMailServer();
    const house = await open({ environment: environment(post) });
    const { contactId, address, port, socket } = await correspond(house, post);
    const raw = answer(['שלום']);
    for (const to of [
      'service@reply.pots.example',
      'dana@shop.example',
      address.replace('+', '+0'),
      `service+${'0'.repeat(24)}@reply.pots.example`,
    ])
      expect(await deliver(port, { to, raw })).toMatch(/^550/);
    const [mail] = await mails(house, contactId);
    await house.call('DELETE', `/api/activities/${mail?.id}`);
    expect(await deliver(port, { to: address, raw })).toMatch(/^550/);
    await house.call('POST', `/api/activities/${mail?.id}/restore`);
    expect(await deliver(port, { to: address, raw })).toMatch(/^250/);
    await new Promise((resolve) => socket.emit('data:erase', { confirm: 'erase' }, resolve));
    expect(await deliver(port, { to: address, raw })).toMatch(/^550/);
  });
});

test('absence notes, newsletters and our own letters are passed over, and a letter that came back makes the mail a failed one', async () => {
  const post = await openMailServer();
  const house = await openHouse({ environment: environment(post) });
  const { contactId, address, port } = await correspond(house, post);
  const automatic = ['Auto-Submitted: auto-replied', 'Precedence: bulk', 'List-Unsubscribe: <mailto:x@example.com>', 'X-Kesher-Letter: 1'];
  for (const header of automatic) expect(await deliver(port, { to: address, raw: answer(['I am away'], [header]) })).toMatch(/^250/);
  expect(await deliver(port, { from: '', to: address, raw: answer(['I am away']) })).toMatch(/^250/);
  expect(await mails(house, contactId)).toHaveLength(1);
  const report = (action: string) =>
    answer(
      [
        '--b',
        'Content-Type: text/plain',
        '',
        'Sorry.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example.com',
        '',
        'Final-Recipient: rfc822; ruth@example.com',
        `Action: ${action}`,
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 No such',
        ' user here',
        '--b--',
      ],
      ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
    );
  expect(await deliver(port, { from: '', to: address, raw: report('delayed') })).toMatch(/^250/);
  expect(await statusOf(house, contactId)()).toEqual(['sent']);
  expect(await deliver(port, { from: '', to: address, raw: report('failed') })).toMatch(/^250/);
  expect((await mails(house, contactId))[0]?.facts).toMatchObject({ status: 'failed', reason: '550 5.1.1 No such user here' });
});

test('hostile letters harm nobody: neither markup nor nonsense nor a stranger’s name becomes more than words', async () => {
  const post = await openMailServer();
  const house = await openHouse({ environment: environment(post) });
  const { contactId, address, port } = await correspond(house, post);
  const html = answer(
    [
      '<style>p{}</style><script>alert(1)</script><p>Hello <img src=x onerror=alert(1)> &lt;b&gt; &#x202e;&#0;</p><blockquote>Old</blockquote>',
    ],
    ['Content-Type: text/html; charset=utf-8'],
  ).replace('Ruth <ruth@example.com>', '"Dana <dana@shop.example>" <evil@example.net>');
  expect(await deliver(port, { from: 'evil@example.net', to: address, raw: html })).toMatch(/^250/);
  const [received] = await mails(house, contactId);
  expect(received?.text).toBe('Hello <b> \u202e');
  expect(received?.facts).toMatchObject({ from: 'evil@example.net', isStranger: true, hasQuote: true });
  const nested = `Content-Type: multipart/mixed; boundary=b\n\n${'--b\nContent-Type: multipart/mixed; boundary=b\n\n'.repeat(500)}`;
  const wild = [
    '',
    '\0\0\0',
    'From: \n\n',
    nested,
    `Subject: ${'x'.repeat(300_000)}\n\nx`,
    'Content-Type: text/plain; charset=klingon\n\nx',
  ];
  for (const raw of wild) expect(await deliver(port, { to: address, raw })).toMatch(/^(?:250|554)/);
  expect(await deliver(port, { to: address, raw: answer(['x'.repeat(31 * 1024 * 1024)]) })).toMatch(/^552/);
  expect((await house.call('GET', `/api/contacts/${contactId}/timeline`)).status).toBe(200);
});

test('what the mail server refuses for good is a failed mail that says why; who may see no addresses neither writes nor reads them', async () => {
  const post = await openMailServer();
  const house = await openHouse({ environment: environment(post) });
  const { contactId } = await correspond(house, post);
  post.mood = 'rude';
  await write(house, contactId);
  await expect.poll(statusOf(house, contactId), { timeout: 15_000 }).toEqual(['failed', 'sent']);
  expect((await mails(house, contactId))[0]?.facts.reason).toContain('No such person here');
  expect(await (await write(house, contactId, { to: 'other@example.com' })).json()).toMatchObject({ code: 'invalid', field: 'to' });
  expect(await (await write(house, contactId, { subject: 'a\nBcc: b@example.com' })).json()).toMatchObject({ field: 'subject' });
  const blind = await house.json<{ id: string }>('POST', '/api/roles', { name: 'blind', permissions: ['contacts:edit'] });
  const omar = await house.hire('Omar', blind.id);
  expect((await write(house, contactId, {}, omar.cookie)).status).toBe(403);
  const seen = await house.json<TimelinePage>('GET', `/api/contacts/${contactId}/timeline?kinds=email`, undefined, { cookie: omar.cookie });
  expect(JSON.stringify(seen)).not.toContain('ruth@example.com');
});

test('without a mail server no mail is written, and the console can know', async () => {
  const house = await openHouse();
  const { contactId } = await fileWithAddress(house);
  expect(await house.json('GET', '/api/mail-ways')).toEqual({ canSend: false, takesAnswers: false });
  expect((await write(house, contactId)).status).toBe(409);
});
