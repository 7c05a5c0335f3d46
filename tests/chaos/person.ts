import type { Message } from '../../shared/message.ts';
import type { Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import type { Line } from './line.ts';

/** One conversation on one screen, as it stands. */
export interface Screen {
  where: string;
  owner: string;
  isVisitor: boolean;
  /** '' while there is none. */
  conversationId: string;
  messages: readonly Message[];
}

/** Somebody who types all the time, on a network of their own. */
export interface Person {
  readonly name: string;
  /** One for each tab. */
  readonly lines: readonly Line[];
  /** Connected, nothing on its way, nothing to decide. */
  readonly isSettled: boolean;
  readonly isLive: boolean;
  /** Called when a tab notices that its connection is gone. */
  onLost: () => void;
  /** How many messages wait for the server's ok. */
  readonly waiting: number;
  /** Does the next thing: writes something, mostly. */
  act(): void;
  /** Writes something. */
  say(): void;
  /** Comes back to the window. */
  wake(): void;
  /** Scrolls up to the first message of everything. */
  loadEverything(): Promise<void>;
  screens(): Screen[];
  /** Says what keeps this person from being settled. */
  explain(): string;
  leave(): void;
}

/** What people are made of. */
export interface Birth {
  name: string;
  dice: Dice;
  ledger: Ledger;
  lines: readonly Line[];
}

const words = ['hello', 'שלום', 'is anyone there?', 'תודה רבה', 'order 4711', '👍🏽', 'one more thing', 'رائع', "that's it", 'בבקשה'];

/** A text that nobody else writes: who, the how-manieth, and some words. */
export function makeText(name: string, number: number, dice: Dice): string {
  return `${name} #${number}: ${dice.pick(words)} ${dice.pick(words)}`;
}

/** Acts again and again, with a pause of `pace` milliseconds in between, until the returned function is called. */
export function keepActing(person: Pick<Person, 'act'>, dice: Dice, pace: readonly [least: number, most: number]): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(
      () => {
        person.act();
        wait();
      },
      dice.between(...pace),
    );
  };
  wait();
  return () => clearTimeout(timer);
}
