import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nanoid } from 'nanoid';
import { describe, expect, it } from 'vitest';
import type { Agent, SignedInAgent } from '../../shared/agent.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import { writeIn } from '../helpers/company.ts';
import { get, type House, nextFact, openHouse } from '../helpers/house.ts';
import * as sample from '../helpers/sample-files.ts';

function send(house: House, content: Buffer, cookie = house.cookie): Promise<Response> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(content)]), 'photo.png');
  return fetch(`${house.url}/api/profile/photo`, { method: 'POST', headers: { 'X-Kesher': '1', cookie }, body: form });
}

const filesOf = (house: House) => readdir(path.join(house.dataDir, 'attachments'));

describe('an agent’s photo', () => {
  it('is seen by colleagues at once and by visitors in the chat, and the one before is gone', async () => {
    const house = await openHouse();
    const noa = await house.hire('Noa', 'viewer');
    const dana = await house.agent();
    const known = nextFact<{ agents: Agent[] }>(dana.socket, 'agents:changed');
    const first = (await (await send(house, sample.png(64, 64), noa.cookie)).json()) as SignedInAgent;
    expect((await known).agents.find(({ id }) => id === noa.id)?.avatarUrl).toBe(first.avatarUrl);
    const second = (await (await send(house, sample.png(65, 65), noa.cookie)).json()) as SignedInAgent;
    expect(second.avatarUrl).not.toBe(first.avatarUrl);
    const served = await fetch(house.url + second.avatarUrl);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': expect.stringContaining('max-age'),
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect((await fetch(house.url + first.avatarUrl)).status).toBe(404);
    expect(await filesOf(house)).toHaveLength(1);

    await send(house, sample.png(66, 66));
    const visitor = await writeIn(house, 'שלום');
    const changed = nextFact<VisitorConversation>(visitor.socket, 'conversation:changed', ({ assignee }) => assignee !== null);
    await get(dana.socket, 'message:post', { id: nanoid(), conversationId: visitor.conversationId, text: 'שלום' });
    expect((await changed).assignee?.avatarUrl).toMatch(/^\/attachments\//);

    const without = await house.json<SignedInAgent>('DELETE', '/api/profile/photo', undefined, { cookie: noa.cookie });
    expect(without.avatarUrl).toBeNull();
    expect(await filesOf(house)).toHaveLength(1);
  });

  it('outlives the tidying of uploads that no message took', async () => {
    const house = await openHouse();
    const { avatarUrl } = (await (await send(house, sample.png(64, 64))).json()) as SignedInAgent;
    house.clockOffsetMs = 48 * 60 * 60 * 1_000;
    const { openAttachments } = await import('../../server/attachments/attachments.ts');
    await (await openAttachments(house.server.app)).tidy();
    expect((await fetch(house.url + avatarUrl)).status).toBe(200);
  });

  it.each([
    ['a picture that is no square', sample.png(40, 30), 400],
    ['a picture that is too large', sample.png(600, 600), 400],
    ['a page', sample.html, 400],
    ['a drawing that can run', sample.svg, 400],
    ['a moving picture', sample.gif(20, 20), 400],
    ['more than 64 kB', Buffer.concat([sample.png(64, 64), Buffer.alloc(70_000)]), 413],
  ])('is not %s, and nothing of it stays', async (_what, content, status) => {
    const house = await openHouse();
    expect((await send(house, content)).status).toBe(status);
    expect(await filesOf(house)).toEqual([]);
    expect((await house.json<SignedInAgent>('GET', '/api/session')).avatarUrl).toBeNull();
  });
});
