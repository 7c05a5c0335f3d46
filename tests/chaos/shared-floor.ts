/** One shop on two servers with one PostgreSQL, as behind a balancer: its agents and visitors are spread over both. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inbox } from '../../shared/inbox.ts';
import { firstRoutingRules, type RoutingRules } from '../../shared/routing.ts';
import type { Team } from '../../shared/team.ts';
import type { Account } from './chaos-agent.ts';
import type { Dice } from './dice.ts';
import { FloorAgent } from './floor-agent.ts';
import { FloorVisitor } from './floor-visitor.ts';
import { SETUP_CODE, ServedKesher } from './served-kesher.ts';

const PASSWORD = 'correct horse battery';
export const CAPACITY = 2;

interface FloorOptions {
  dist: string;
  databaseUrl: string;
  dice: Dice;
  agents: number;
  visitors: number;
}

export class SharedFloor {
  readonly servers: readonly [ServedKesher, ServedKesher];
  readonly agents: FloorAgent[] = [];
  readonly visitors: FloorVisitor[] = [];
  readonly faults: string[] = [];
  readonly #dice: Dice;
  readonly #dataDir: string;
  #addresses: string[] = [];
  #cookie = '';

  private constructor(servers: readonly [ServedKesher, ServedKesher], dice: Dice, dataDir: string) {
    this.servers = servers;
    this.#dice = dice;
    this.#dataDir = dataDir;
  }

  static async open({ dist, databaseUrl, dice, agents, visitors }: FloorOptions): Promise<SharedFloor> {
    const dataDir = await mkdtemp(join(tmpdir(), 'kesher-floor-'));
    const environment = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
    const prepare = (name: string) => ServedKesher.prepare({ dist, dataDir: join(dataDir, name), databaseUrl, environment });
    const floor = new SharedFloor([await prepare('one'), await prepare('other')], dice, dataDir);
    try {
      await floor.#furnish(agents, visitors);
    } catch (error) {
      await floor.close();
      throw error;
    }
    return floor;
  }

  /** Nobody can come through it any more. */
  async kill(server: ServedKesher): Promise<void> {
    this.#addresses = this.#addresses.filter((address) => address !== server.url);
    await server.kill();
  }

  async close(): Promise<void> {
    for (const person of [...this.agents, ...this.visitors]) person.leave();
    await Promise.all(this.servers.map((server) => server.kill()));
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  async call<Data>(method: string, route: string, body?: unknown, cookie = this.#cookie): Promise<{ data: Data; cookie: string }> {
    const response = await fetch(`${this.servers[0].url}/api${route}`, {
      method,
      headers: { 'X-Kesher': '1', cookie, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return { data: (await response.json()) as Data, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
  }

  async #furnish(agents: number, visitors: number): Promise<void> {
    const [one, other] = this.servers;
    await one.start();
    const owner = { email: 'owner@shop.example', password: PASSWORD, code: SETUP_CODE, business: 'The shared floor', name: 'Owner' };
    this.#cookie = (await this.call('POST', '/setup', owner)).cookie;
    const [inbox] = (await this.call<{ items: Inbox[] }>('GET', '/inboxes')).data.items;
    if (!inbox) throw new Error('There is no inbox.');
    const accounts = await Promise.all(Array.from({ length: agents }, (_, at) => this.#hire(`Agent ${at + 1}`)));
    const teams = await this.#makeTeams(accounts);
    await this.#setRules(inbox.id, teams);
    // After the settings, so that it knows them from the beginning.
    await other.start();
    this.#addresses = this.servers.map(({ url }) => url);
    const addresses = () => this.#addresses;
    const around = { addresses, fault: (what: string) => void this.faults.push(what) };
    for (const [at, account] of accounts.entries()) {
      const teamIds = teams.filter(({ memberIds }) => memberIds.includes(account.id)).map(({ id }) => id);
      const address = at % 2 === 0 ? one.url : other.url;
      this.agents.push(new FloorAgent(account, { address, teamIds, dice: this.#dice.named(account.name), around }));
    }
    for (let at = 0; at < visitors; at += 1) {
      this.visitors.push(new FloorVisitor(this.#dice.named(`Visitor ${at}`), { ...around, inboxKey: inbox.key }));
    }
  }

  async #hire(name: string): Promise<Account> {
    const credentials = { email: `${name.toLowerCase().replaceAll(' ', '-')}@shop.example`, password: PASSWORD };
    const { id } = (await this.call<{ id: string }>('POST', '/agents', { ...credentials, name, role: 'agent' })).data;
    return { id, name, cookie: (await this.call('POST', '/session', credentials, '')).cookie };
  }

  /** A third of the people each, and a third in both. */
  #makeTeams(accounts: readonly Account[]): Promise<Team[]> {
    const membersOf = (teamAt: number) => accounts.filter((_, at) => at % 3 !== teamAt).map(({ id }) => id);
    return Promise.all(
      ['Hebrew', 'English'].map(async (name, at) => (await this.call<Team>('POST', '/teams', { name, memberIds: membersOf(at) })).data),
    );
  }

  async #setRules(inboxId: string, teams: readonly Team[]): Promise<void> {
    const rules = teams.map(({ id, name }) => ({
      id: `rule-${name}`,
      name,
      isOn: true,
      when: { languages: [name === 'Hebrew' ? 'he' : 'en'] },
      teamId: id,
      priority: 'normal' as const,
      skills: [],
    }));
    const otherwise = { ...firstRoutingRules.otherwise, answerSeconds: 10, lastAgentWaitSeconds: 0 };
    const settings: RoutingRules = {
      ...firstRoutingRules,
      inboxes: { [inboxId]: 'both' },
      rules,
      otherwise,
      capacity: CAPACITY,
      graceSeconds: 5,
    };
    await this.call('PUT', '/routing', { ...settings, version: 0 });
  }
}
