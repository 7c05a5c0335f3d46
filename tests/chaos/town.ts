import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, ChaosAgent } from './chaos-agent.ts';
import { ChaosVisitor } from './chaos-visitor.ts';
import { Dice } from './dice.ts';
import { Ledger } from './ledger.ts';
import { Line } from './line.ts';
import { keepActing, type Person } from './person.ts';
import { compilePowerCut } from './power-cut.ts';
import { ServedKesher } from './served-kesher.ts';
import { openShop, type Shop } from './shop.ts';
import { findDamage, readStored, type StoredMessage } from './stored-messages.ts';
import { until } from './until.ts';
import { findDifferences, judge } from './verdict.ts';

export interface TownOptions {
  seed: number;
  /** The built product, honest: it sets the shop up. */
  dist: string;
  /** Another build, that takes over afterwards. */
  sabotagedDist?: string;
  databaseUrl?: string;
  /** The server's syncs are remembered, so that its power can be cut. */
  hasPowerCuts?: boolean;
  visitors?: number;
  agents?: number;
}

/** Milliseconds between two acts of a person. */
const VISITOR_PACE = [150, 1_000] as const;
const AGENT_PACE = [100, 500] as const;

/** A server in a process of its own and the people who write to each other through it, each over a network of their own. */
export class Town {
  readonly dice: Dice;
  readonly ledger = new Ledger();
  readonly people: Person[] = [];
  readonly dataDir: string;
  readonly #folder: string;
  readonly #options: TownOptions;
  #server!: ServedKesher;
  #shop!: Shop;

  private constructor(options: TownOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
    this.dataDir = join(folder, 'data');
    this.dice = new Dice(options.seed);
  }

  static async found(options: TownOptions): Promise<Town> {
    const town = new Town(options, await mkdtemp(join(tmpdir(), 'kesher-chaos-')));
    try {
      await town.#build();
    } catch (error) {
      await town.close();
      throw error;
    }
    return town;
  }

  get server(): ServedKesher {
    return this.#server;
  }

  get lines(): Line[] {
    return this.people.flatMap((person) => person.lines);
  }

  async admitVisitor(name: string, tabs: number): Promise<ChaosVisitor> {
    const visitor = new ChaosVisitor(await this.#birth(name, tabs), this.#shop.inboxKey);
    this.people.push(visitor);
    return visitor;
  }

  /** These people act, each in a way and at a pace of their own, until the returned function is called. */
  liven(how: (person: Person) => Pick<Person, 'act'>, { people = this.people as readonly Person[], haste = 1 } = {}): () => void {
    const rests = people.map((person) => {
      const [least, most] = person instanceof ChaosAgent ? AGENT_PACE : VISITOR_PACE;
      return keepActing(how(person), this.dice.named(person.name), [least / haste, most / haste]);
    });
    return () => {
      for (const rest of rests) rest();
    };
  }

  /**
   * Heals these people's networks and waits until nothing of theirs is on its way any more and their screens show what is
   * stored. What is not so by then is a violation.
   */
  async calmDown({ people = this.people as readonly Person[], withinMs = 30_000 } = {}): Promise<void> {
    for (const person of people) {
      for (const line of person.lines) line.heal();
      person.wake();
    }
    if (!(await until(() => people.every((person) => person.isSettled), withinMs))) {
      for (const person of people) if (!person.isSettled) this.ledger.accuse('unfinished', `${person.explain()}, long after all was calm.`);
    }
    await Promise.all(people.map((person) => person.loadEverything()));
    // A broadcast may still be on its way; what is missing after this is missing.
    let differences: string[] = [];
    const isAllShown = async () => {
      differences = findDifferences(
        people.flatMap((person) => person.screens()),
        await this.stored(),
      );
      return differences.length === 0;
    };
    await until(isAllShown, Math.min(withinMs, 5_000));
    for (const difference of differences) this.ledger.accuse('unequal', difference);
  }

  stored(): Promise<StoredMessage[]> {
    return readStored(this.#place);
  }

  /** Everybody goes home, the server is stopped, and the ledger is held against what it has left behind. */
  async judge(): Promise<StoredMessage[]> {
    const screens = this.people.flatMap((person) => person.screens());
    for (const person of this.people) person.leave();
    await this.#server.stop();
    const stored = await this.stored();
    judge(this.ledger, stored, screens);
    for (const damage of findDamage(this.#place)) this.ledger.accuse('damaged', `The database file is damaged: ${damage}.`);
    for (const complaint of this.#server.complaints) this.ledger.accuse('complained', `The server logged ${complaint}`);
    return stored;
  }

  async close(): Promise<void> {
    for (const person of this.people) person.leave();
    for (const line of this.lines) line.close();
    await this.#server?.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #place() {
    return { dataDir: this.dataDir, databaseUrl: this.#options.databaseUrl };
  }

  async #build(): Promise<void> {
    const { dist, sabotagedDist, hasPowerCuts = false, visitors = 8, agents = 3 } = this.#options;
    const preload = hasPowerCuts ? await compilePowerCut(this.#folder) : undefined;
    this.#server = await ServedKesher.prepare({ ...this.#place, dist, preload });
    await this.#server.start();
    const names = Array.from({ length: agents }, (_, index) => `Agent ${index + 1}`);
    this.#shop = await openShop(this.#server.url, names);
    if (sabotagedDist !== undefined) {
      await this.#server.stop();
      this.#server = this.#server.with({ dist: sabotagedDist });
      await this.#server.start();
    }
    for (let number = 1; number <= visitors; number += 1) await this.admitVisitor(`Visitor ${number}`, number % 3 === 0 ? 2 : 1);
    for (const account of this.#shop.agents) await this.#seat(account);
  }

  async #seat(account: Account): Promise<void> {
    this.people.push(new ChaosAgent(await this.#birth(account.name, 1), account));
  }

  async #birth(name: string, tabs: number) {
    const lines = await Promise.all(Array.from({ length: tabs }, () => Line.open(this.#server.port)));
    for (const line of lines) line.onServerSaid = (words) => this.ledger.hearServer(words);
    return { name, dice: this.dice.named(`${name}'s mood`), ledger: this.ledger, lines };
  }
}
