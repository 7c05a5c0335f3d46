/**
 * The chaos: visitors and agents write to each other through networks that fail, while the server is killed again and again,
 * sometimes with the power going out under its disk. At the end everything calms down, and what people typed and saw is
 * held against what is stored.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import type { Violation } from './ledger.ts';
import type { Line } from './line.ts';
import { goHalfOpen, type Trouble, troubleLines } from './network-troubles.ts';
import type { Person } from './person.ts';
import { cutPower } from './power-cut.ts';
import { Town, type TownOptions } from './town.ts';
import { until } from './until.ts';

/** Any; or just after somebody has sent a message; or just after an ok has left the server. */
type Moment = 'any' | 'typed' | 'acknowledged';

export interface StormOptions extends Omit<TownOptions, 'hasPowerCuts'> {
  /** The chaos goes on until there were this many kills, */
  kills: number;
  /** and it went on for so long, */
  lastsMs?: number;
  /** and so many oks were lost that a retry had to find the first copy (but not for ever). */
  retries?: number;
  /** In which moments the server is killed; any of them unless said. */
  moments?: readonly Moment[];
  /** What happens to the network; everything unless said. */
  troubles?: readonly Trouble[];
  /** The share of kills that are power cuts; for SQLite only. */
  powerCuts?: number;
  /** Connections that die without a word until the tab notices by itself. */
  halfOpens?: number;
  /** How many times faster than usual people write and networks fail. */
  haste?: number;
  /** How long everybody may take to be settled once all is calm. */
  calmWithinMs?: number;
  /** Happens once, after half of the kills; what the server logs meanwhile is no complaint. */
  calamity?: () => Promise<void>;
  onProgress?: (sentence: string) => void;
}

export interface Aftermath {
  violations: readonly Violation[];
  /** The violations in words. */
  verdict: string[];
  kills: number;
  powerCuts: number;
  /** Kills while somebody's message waited for its ok. */
  killsInFlight: number;
  messages: number;
  /** Messages whose ok was lost at least once, so that a retry found the first copy. */
  retries: number;
  /** How long each half-open connection was believed in. */
  noticedMs: number[];
}

/** Milliseconds between two troubles of the network. */
const TROUBLE_PACE = [150, 900] as const;
const PROGRESS_EVERY_MS = 60_000;
/** How long to wait for what only the people can bring about. */
const PATIENCE_MS = 20_000;

export async function rage(options: StormOptions): Promise<Aftermath> {
  const town = await Town.found({ ...options, hasPowerCuts: (options.powerCuts ?? 0) > 0 });
  try {
    return await new Storm(options, town).run();
  } finally {
    await town.close();
  }
}

class Storm {
  readonly #options: StormOptions;
  readonly #town: Town;
  /** Their owners sit still, so that nothing but the watchdog can notice. */
  readonly #halfOpen = new Set<Line>();
  /** Every second one of them falls silent altogether: then only the heartbeat can notice. */
  #isSilent = false;
  readonly #aftermath: Aftermath;

  constructor(options: StormOptions, town: Town) {
    this.#options = options;
    this.#town = town;
    const { violations } = town.ledger;
    this.#aftermath = {
      violations,
      verdict: [],
      kills: 0,
      powerCuts: 0,
      killsInFlight: 0,
      messages: 0,
      retries: 0,
      noticedMs: [],
    };
  }

  async run(): Promise<Aftermath> {
    const { haste = 1, calmWithinMs } = this.#options;
    const { dice } = this.#town;
    const rest = this.#town.liven((person) => this.#sittingStill(person), { haste });
    const [least, most] = TROUBLE_PACE;
    const clearSky = troubleLines({
      lines: () => this.#town.lines.filter((line) => !this.#halfOpen.has(line)),
      troubles: this.#options.troubles,
      dice: dice.named('network'),
      pace: [least / haste, most / haste],
    });
    try {
      await Promise.all([this.#killAgainAndAgain(), this.#goHalfOpenAgainAndAgain()]);
    } finally {
      rest();
      clearSky();
    }
    await this.#town.calmDown({ withinMs: calmWithinMs ?? 30_000 });
    this.#aftermath.messages = (await this.#town.judge()).length;
    return { ...this.#aftermath, retries: this.#countRetries(), verdict: this.#town.ledger.verdict };
  }

  /** The same person, who does not touch the window while a connection of theirs is half-open. */
  #sittingStill(person: Person): Pick<Person, 'act'> {
    return {
      act: () => {
        if (!person.lines.some((line) => this.#halfOpen.has(line))) person.act();
        else if (!this.#isSilent) person.say();
      },
    };
  }

  async #goHalfOpenAgainAndAgain(): Promise<void> {
    const dice = this.#town.dice.named('half-open');
    const { halfOpens = 0 } = this.#options;
    const { noticedMs } = this.#aftermath;
    // Somebody who is not connected for so long that nothing of theirs can be half-open is no use, and another one is picked.
    for (let tries = 0; noticedMs.length < halfOpens && tries < halfOpens * 3; tries += 1) {
      this.#isSilent = noticedMs.length % 2 === 1;
      const person = dice.pick(this.#town.people.filter(({ lines }) => lines.length === 1));
      const [line] = person.lines;
      if (!line) return;
      this.#halfOpen.add(line);
      line.heal();
      if (await until(() => (this.#isSilent ? person.isSettled : person.isLive) && line.isConnected, 20_000)) {
        const tookMs = await goHalfOpen(person, this.#town.ledger);
        // Told at once, it was a server that has just been killed.
        if (tookMs > 1_000) noticedMs.push(Math.round(tookMs));
      }
      this.#halfOpen.delete(line);
    }
  }

  async #killAgainAndAgain(): Promise<void> {
    const { kills, lastsMs = 0, retries = 0, onProgress } = this.#options;
    const { server } = this.#town;
    const dice = this.#town.dice.named('kills');
    // Everybody has something to lose first.
    await until(() => this.#town.ledger.acknowledged.size >= this.#town.people.length * 5, PATIENCE_MS);
    const startedAt = performance.now();
    let { calamity } = this.#options;
    let progressAt = startedAt + PROGRESS_EVERY_MS;
    while (this.#aftermath.kills < kills || performance.now() - startedAt < lastsMs) {
      await this.#waitForTheMoment(dice);
      await this.#kill(dice);
      await this.#startAgain(dice);
      if (calamity && this.#aftermath.kills >= kills / 2) {
        await calamity();
        server.complaints.length = 0;
        calamity = undefined;
      }
      if (performance.now() < progressAt) continue;
      progressAt += PROGRESS_EVERY_MS;
      onProgress?.(
        `${this.#aftermath.kills} kills, ${this.#town.ledger.typed.size} messages, ${this.#aftermath.violations.length} violations so far.`,
      );
    }
    await until(() => this.#countRetries() >= retries, PATIENCE_MS);
  }

  async #kill(dice: Dice): Promise<void> {
    const { powerCuts = 0 } = this.#options;
    const { people, server, dataDir } = this.#town;
    if (people.some((person) => person.waiting > 0)) this.#aftermath.killsInFlight += 1;
    await server.kill();
    this.#aftermath.kills += 1;
    // Evenly, so that a short run has its share too.
    if (Math.floor(this.#aftermath.kills * powerCuts) === Math.floor((this.#aftermath.kills - 1) * powerCuts)) return;
    cutPower(dataDir, dice);
    this.#aftermath.powerCuts += 1;
  }

  #countRetries(): number {
    return [...this.#town.ledger.acknowledged.values()].filter(({ times }) => times > 1).length;
  }

  async #waitForTheMoment(dice: Dice): Promise<void> {
    const { people, ledger } = this.#town;
    await until(() => people.filter((person) => person.isLive).length >= people.length / 2, 3_000);
    await delay(dice.between(0, 1_500));
    const moment = dice.pick(this.#options.moments ?? (['any', 'typed', 'typed', 'acknowledged'] as const));
    if (moment === 'any') return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 1_500);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      if (moment === 'typed') ledger.onTyped = go;
      else ledger.onAcknowledged = go;
    });
    ledger.onTyped = () => {};
    ledger.onAcknowledged = () => {};
    if (moment === 'typed') await delay(dice.between(0, 12));
  }

  /** Sometimes it stays away for a while, and sometimes it is killed while it starts. */
  async #startAgain(dice: Dice): Promise<void> {
    const { server } = this.#town;
    if (dice.chance(0.15)) await delay(dice.between(200, 1_500));
    if (dice.chance(0.12)) {
      const starting = server.start();
      await delay(dice.between(20, 700));
      await this.#kill(dice);
      await starting;
    }
    await server.start();
  }
}
