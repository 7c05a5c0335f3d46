import fc from 'fast-check';
import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Task } from '../../shared/task.ts';
import { databases } from '../helpers/databases.ts';
import { get, type House } from '../helpers/house.ts';
import { fileOf, merge, newcomer, post, said, split } from './merging-scene.ts';

const PEOPLE = 4;

/** What can happen to the files of four people, in any order; numbers choose among those that are there. */
type Step =
  | { what: 'merge'; into: number; other: number; keep: 'this' | 'other' | 'new' }
  | { what: 'undo' | 'split' | 'call' | 'rename'; which: number }
  | { what: 'talk' | 'rate'; who: number };

const place = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('merge' as const), into: place, other: place, keep: fc.constantFrom('this', 'other', 'new') }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('undo' as const), which: place }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('split' as const, 'call' as const, 'rename' as const), which: place }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('talk' as const, 'rate' as const), who: fc.nat(PEOPLE - 1) }) },
);

interface Person {
  socket: Socket;
  contactId: string;
  conversationId: string;
  start: ReturnType<typeof said>;
}

/** What the test knows of the world: which files there are, and what must be found in one of them. */
class World {
  readonly house: House;
  readonly people: Person[] = [];
  files: string[] = [];
  merges: string[] = [];
  readonly renamed = new Set<string>();
  readonly conversations = new Map<string, string>();
  readonly tasks = new Set<string>();
  readonly ratings = new Set<string>();
  readonly split = new Set<string>();

  constructor(house: House) {
    this.house = house;
  }

  /** Two of the four have a phone in common, three a tag that the site has told. */
  async open(): Promise<void> {
    const shared = `+97250${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
    for (let at = 0; at < PEOPLE; at += 1) {
      const told = {
        name: `Person ${at}`,
        email: `p${at}-${nanoid().toLowerCase()}@x.example`,
        ...(at < 3 && { phone: shared, fields: { size: `${at}`, [`own${at}`]: 'yes' } }),
        ...(at % 2 === 1 && { company: `Company ${at}`, consent: true }),
      };
      const { socket, contactId, conversationId } = await newcomer(this.house, told);
      this.people.push({ socket, contactId, conversationId, start: said(await fileOf(this.house, contactId)) });
      this.files.push(contactId);
      this.conversations.set(conversationId, contactId);
    }
  }

  async take(one: Step): Promise<void> {
    const pick = (list: readonly string[], number: number) => list[number % list.length] as string;
    const { house } = this;
    if (one.what === 'merge') {
      const [into, other] = [pick(this.files, one.into), pick(this.files, one.other)];
      if (into === other) return;
      const done = await merge(house, into, other, { name: one.keep === 'new' ? { value: `Chosen ${one.into}` } : one.keep });
      this.files = this.files.filter((id) => id !== other);
      this.merges.push(done.merge.id);
    } else if (one.what === 'undo') {
      if (this.merges.length > 0) await this.undo(pick(this.merges, one.which));
    } else if (one.what === 'split') {
      await this.splitOff(pick([...this.conversations.keys()], one.which));
    } else if (one.what === 'rename') {
      const id = pick(this.files, one.which);
      await house.json('PATCH', `/api/contacts/${id}`, { name: `Renamed ${one.which}` });
      this.renamed.add(id);
    } else if ('who' in one) {
      await this.speak(this.people[one.who] as Person, one.what);
    } else {
      const contactId = pick(this.files, one.which);
      const dueAt = Date.now() + 3_600_000;
      const { id } = await house.json<Task>('POST', '/api/tasks', { id: nanoid(), contactId, phone: '050-777 7777', dueAt });
      this.tasks.add(id);
    }
  }

  async undo(mergeId: string): Promise<boolean> {
    const response = await this.house.call('POST', `/api/merges/${mergeId}/undo`);
    // Swallowed by a later one: that comes first.
    if (response.status === 409) return false;
    const { other } = (await response.json()) as { other: { id: string } };
    this.merges = this.merges.filter((id) => id !== mergeId);
    this.files.push(other.id);
    return true;
  }

  async splitOff(conversationId: string): Promise<void> {
    const { db } = this.house.server.app.storage;
    const { contactId } = await db
      .selectFrom('conversation')
      .select('contactId')
      .where('id', '=', conversationId)
      .executeTakeFirstOrThrow();
    const { contact } = await split(this.house, contactId, { items: { conversation: [conversationId] } });
    this.files.push(contact.id);
    this.split.add(conversationId);
  }

  async speak(person: Person, what: 'talk' | 'rate'): Promise<void> {
    const { conversationId } = person;
    await get(person.socket, 'conversation:end', { conversationId });
    if (what === 'rate') {
      await get(person.socket, 'conversation:rate', { conversationId, score: 4 });
      const { db } = this.house.server.app.storage;
      const rows = await db.selectFrom('rating').select('id').where('conversationId', '=', conversationId).execute();
      for (const { id } of rows) this.ratings.add(id);
    }
    const { conversation } = await post(person.socket, 'more');
    person.conversationId = conversation.id;
    if (!this.conversations.has(conversation.id)) this.conversations.set(conversation.id, '');
  }

  /** Everything stands in exactly one file that is one, nothing is lost, and a file that was merged is empty. */
  async check(): Promise<void> {
    const { db } = this.house.server.app.storage;
    const live = new Set(this.files);
    const known = { conversation: [...this.conversations.keys()], task: [...this.tasks], rating: [...this.ratings] };
    for (const [table, ids] of Object.entries(known)) {
      if (ids.length === 0) continue;
      const rows = await db
        .selectFrom(table as 'task')
        .select(['id', 'contactId'])
        .where('id', 'in', ids)
        .execute();
      expect(rows.map(({ id }) => id).sort()).toEqual(ids.toSorted());
      for (const { contactId } of rows) expect(live).toContain(contactId);
    }
    const rows = await db
      .selectFrom('contact')
      .select(['id', 'mergedInto', 'name'])
      .where('id', 'in', [...live])
      .execute();
    expect(rows.every(({ mergedInto }) => mergedInto === null)).toBe(true);
    expect(rows).toHaveLength(live.size);
    const phones = await db.selectFrom('identity').select(['contactId', 'value']).where('value', '=', this.sharedPhone).execute();
    for (const { contactId } of phones) expect(live).toContain(contactId);
    expect(phones.length).toBeGreaterThan(0);
    const emails = this.people.flatMap(({ start }) =>
      start.reached.filter((one) => one.startsWith('email')).map((one) => one.split(' ')[1] ?? ''),
    );
    const held = await db.selectFrom('identity').select(['contactId', 'value']).where('value', 'in', emails).execute();
    expect(held.map(({ value }) => value).sort()).toEqual(emails.toSorted());
    for (const { contactId } of held) expect(live).toContain(contactId);
  }

  get sharedPhone(): string {
    return this.people[0]?.start.reached.find((one) => one.startsWith('phone'))?.split(' ')[1] ?? '';
  }

  /** Undone in whatever order is possible. */
  async undoAll(order: readonly number[]): Promise<void> {
    for (let turn = 0; this.merges.length > 0; turn += 1) {
      const at = (order[turn % order.length] ?? 0) % this.merges.length;
      const inTurn = [...this.merges.slice(at), ...this.merges.slice(0, at)];
      let isUndone = false;
      for (const id of inTurn) {
        isUndone = await this.undo(id);
        if (isUndone) break;
      }
      if (!isUndone) throw new Error('none of the merges that are left can be undone');
    }
  }

  async checkStart(): Promise<void> {
    for (const { contactId, start } of this.people) {
      const file: Contact = await fileOf(this.house, contactId);
      const now = said(file);
      expect({ ...now, ...(this.renamed.has(contactId) && { name: start.name }) }).toEqual(start);
      const rows = await this.house.server.app.storage.db
        .selectFrom('conversation')
        .select('id')
        .where('contactId', '=', contactId)
        .execute();
      const own = [...this.conversations].filter(([id, owner]) => owner === contactId && !this.split.has(id)).map(([id]) => id);
      for (const id of own) expect(rows.map((row) => row.id)).toContain(id);
    }
  }
}

describe.each(databases)('on $name', ({ name, open }) => {
  test('whatever is merged, edited, split, undone and said in between, everything stands in one file, and undoing all leads back', async () => {
    const house = await open();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 14 }),
        fc.array(place, { minLength: 1, maxLength: 8 }),
        async (steps, order) => {
          const world = new World(house);
          await world.open();
          for (const one of steps) {
            await world.take(one);
            await world.check();
          }
          await world.undoAll(order);
          await world.check();
          await world.checkStart();
          for (const { socket } of world.people) socket.disconnect();
        },
      ),
      { numRuns: name === 'SQLite' ? 25 : 8 },
    );
  }, 120_000);
});
