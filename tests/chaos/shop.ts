import type { SignedInAgent } from '../../shared/agent.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { Account } from './chaos-agent.ts';
import { SETUP_CODE } from './served-kesher.ts';

const PASSWORD = 'correct horse battery';

/** What people need to find the way in. */
export interface Shop {
  inboxKey: string;
  agents: Account[];
}

/** Makes the first administrator of a fresh server and hires the others, as the console would. */
export async function openShop(url: string, agentNames: readonly string[]): Promise<Shop> {
  const call = async (method: string, route: string, cookie: string, body?: unknown) => {
    const response = await fetch(`${url}/api${route}`, {
      method,
      headers: { 'X-Kesher': '1', cookie, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return response;
  };
  const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

  const owner = { email: 'owner@shop.example', password: PASSWORD };
  const setUp = await call('POST', '/setup', '', { ...owner, code: SETUP_CODE, business: 'The chaos shop', name: 'Owner' });
  const ownerCookie = cookieOf(setUp);
  const { items: inboxes } = (await (await call('GET', '/inboxes', ownerCookie)).json()) as { items: Inbox[] };
  const agents: Account[] = [];
  for (const name of agentNames) {
    const credentials = { email: `${name.toLowerCase().replaceAll(' ', '-')}@shop.example`, password: PASSWORD };
    await call('POST', '/agents', ownerCookie, { ...credentials, name, role: 'agent' });
    const session = await call('POST', '/session', '', credentials);
    const { id } = (await session.json()) as SignedInAgent;
    agents.push({ id, name, cookie: cookieOf(session) });
  }
  return { inboxKey: inboxes[0]?.key ?? '', agents };
}
