/** Four people and their files, and all that a test knows of what must be found in them. */
import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { expect } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { Task } from '../../shared/task.ts';
import { get, type House } from '../helpers/house.ts';
import { goneWhenErased, type ThingKind, things } from './filed-things.ts';
import { fileOf, merge, newcomer, post, said, split } from './merging-scene.ts';

export const PEOPLE = 4;

/** What can happen, in any order; numbers choose among those that are there. */
export type Step =
  | { what: 'merge'; into: number; other: number; keep: 'this' | 'other' | 'new' }
  | { what: 'undo' | 'split' | 'call' | 'rename' | 'tag' | 'untag' | 'value' | 'blank' | 'erase'; which: number }
  | { what: 'talk' | 'rate'; who: number }
  | { what: 'make'; kind: ThingKind; which: number }
  | { what: 'edit' | 'part'; which: number }
  | { what: 'give'; which: number; to: number };

interface Person {
  socket: Socket;
  visitorId: string;
  contactId: string;
  conversationId: string;
  start: ReturnType<typeof said>;
  isErased: boolean;
}

/** One thing, in the table of its kind; `words` are all that were ever written in it. */
interface Item {
  table: string;
  id: string;
  words: string[];
  isErased: boolean;
}

export class World {
  readonly house: House;
  readonly fieldKey: string;
  readonly pipelineId: string;
  readonly people: Person[] = [];
  files: string[] = [];
  merges: { id: string; intoId: string; fromId: string }[] = [];
  readonly items: Item[] = [];
  /** What was written into a file itself, which undoing a merge leaves alone. */
  readonly names = new Map<string, string>();
  readonly values = new Map<string, string | null>();
  /** Which file each was put on; null once it was taken off there. */
  readonly tags = new Map<string, string | null>();
  /** Taken off while its own file was in another one: it is seen again when they part. */
  readonly hidden = new Set<string>();
  readonly split = new Set<string>();
  readonly erased = new Set<string>();
  readonly erasedEmails = new Set<string>();
  #turns = 0;

  constructor(house: House, { fieldKey, pipelineId }: { fieldKey: string; pipelineId: string }) {
    this.house = house;
    this.fieldKey = fieldKey;
    this.pipelineId = pipelineId;
  }

  /** Two of the four have a phone in common, three a field that the site has told. */
  async open(): Promise<void> {
    const shared = `+97250${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
    for (let at = 0; at < PEOPLE; at += 1) {
      const told = {
        name: `Person ${at}`,
        email: `p${at}-${nanoid().toLowerCase()}@x.example`,
        ...(at < 3 && { phone: shared, fields: { size: `${at}`, [`own${at}`]: 'yes' } }),
        ...(at % 2 === 1 && { company: `Company ${at}`, consent: true }),
      };
      const { socket, visitorId, contactId, conversationId } = await newcomer(this.house, told);
      this.people.push({ socket, visitorId, contactId, conversationId, start: said(await fileOf(this.house, contactId)), isErased: false });
      this.files.push(contactId);
      this.#know('conversation', conversationId);
    }
  }

  async take(one: Step): Promise<void> {
    const { house } = this;
    if (this.files.length === 0) return;
    if (one.what === 'merge') await this.#merge(one);
    else if (one.what === 'undo') {
      if (this.merges.length > 0) await this.undo(pick(this.merges, one.which).id);
    } else if (one.what === 'talk' || one.what === 'rate') await this.#speak(this.people[one.who] as Person, one.what);
    else if (one.what === 'split') await this.#part(this.#living('conversation'), one.which);
    else if (one.what === 'part') await this.#part(this.#living(), one.which);
    else if (one.what === 'edit') await this.#edit(one.which);
    else if (one.what === 'give') await this.#give(one);
    else if (one.what === 'make') {
      const words = this.#words();
      const made = { house, pipelineId: this.pipelineId, contactId: pick(this.files, one.which), words };
      this.#know(one.kind, await things[one.kind].make(made), words);
    } else if ('which' in one) await this.#write(one.what, pick(this.files, one.which));
  }

  async #merge({ into: intoAt, other: otherAt, keep }: Step & { what: 'merge' }): Promise<void> {
    const [into, other] = [pick(this.files, intoAt), pick(this.files, otherAt)];
    if (into === other) return;
    const done = await merge(this.house, into, other, { name: keep === 'new' ? { value: this.#words() } : keep });
    this.files = this.files.filter((id) => id !== other);
    this.merges.push({ id: done.merge.id, intoId: into, fromId: other });
  }

  /** What somebody does in one file. */
  async #write(what: Step['what'], id: string): Promise<void> {
    const { house } = this;
    const route = `/api/contacts/${id}`;
    if (what === 'rename') {
      const name = this.#words();
      await house.json('PATCH', route, { name });
      this.names.set(id, name);
    } else if (what === 'value' || what === 'blank') {
      const value = what === 'value' ? this.#words() : null;
      await house.json('PATCH', route, { values: { [this.fieldKey]: value } });
      const { values } = await fileOf(house, id);
      expect(values[this.fieldKey] ?? null).toBe(value);
      this.values.set(id, value);
    } else if (what === 'tag' || what === 'untag') {
      const { tags } = await fileOf(house, id);
      const [first, ...others] = tags;
      if (what === 'untag' && first === undefined) return;
      const tag = what === 'tag' ? this.#words() : (first as string);
      await house.json('PATCH', route, { tags: what === 'tag' ? [...tags, tag] : others, was: { tags } });
      if (what === 'untag' && this.tags.get(tag) !== id) this.hidden.add(tag);
      else this.tags.set(tag, what === 'tag' ? id : null);
    } else if (what === 'erase') await this.#erase(id);
    else {
      const { id: taskId } = await house.json<Task>('POST', '/api/tasks', {
        ...{ id: nanoid(), contactId: id, phone: '050-777 7777', dueAt: Date.now() + 3_600_000 },
      });
      this.#know('task', taskId);
    }
  }

  async undo(mergeId: string): Promise<boolean> {
    const response = await this.house.call('POST', `/api/merges/${mergeId}/undo`);
    // Swallowed by a later one: that comes first.
    if (response.status === 409) return false;
    const { other } = (await response.json()) as { other: { id: string } };
    this.merges = this.merges.filter(({ id }) => id !== mergeId);
    this.files.push(other.id);
    return true;
  }

  async #part(from: readonly Item[], which: number): Promise<void> {
    if (from.length === 0) return;
    const { table, id } = pick(from, which);
    const { contact } = await split(this.house, await this.#fileOf({ table, id }), { items: { [table]: [id] } });
    this.files.push(contact.id);
    this.split.add(id);
  }

  async #edit(which: number): Promise<void> {
    const made = this.#living().filter(({ table, words }) => table in things && words.length > 0);
    if (made.length === 0) return;
    const item = pick(made, which);
    const words = this.#words();
    item.words.push(words);
    await things[item.table as ThingKind].edit(this.house, item.id, words);
  }

  async #give({ which, to }: { which: number; to: number }): Promise<void> {
    const made = this.#living().filter(({ table, words }) => table in things && 'give' in things[table as ThingKind] && words.length > 0);
    if (made.length === 0) return;
    const { table, id } = pick(made, which);
    const thing = things[table as ThingKind];
    if ('give' in thing) await thing.give(this.house, id, pick(this.files, to));
  }

  async #speak(person: Person, what: 'talk' | 'rate'): Promise<void> {
    if (person.isErased) return;
    const { conversationId } = person;
    await get(person.socket, 'conversation:end', { conversationId });
    if (what === 'rate') {
      await get(person.socket, 'conversation:rate', { conversationId, score: 4 });
      const { db } = this.house.server.app.storage;
      const rows = await db.selectFrom('rating').select('id').where('conversationId', '=', conversationId).execute();
      for (const { id } of rows) this.#know('rating', id);
    }
    const { conversation } = await post(person.socket, 'more');
    person.conversationId = conversation.id;
    this.#know('conversation', conversation.id);
  }

  /** With everything that stands in it, and all that was merged into it: none of that is anybody's any more. */
  async #erase(id: string): Promise<void> {
    const { db } = this.house.server.app.storage;
    const items = this.items.filter(({ isErased }) => !isErased);
    for (const item of items) item.isErased = (await this.#fileOf(item)) === id;
    const browsers = await db.selectFrom('visitor').select('id').where('contactId', '=', id).execute();
    for (const person of this.people) person.isErased ||= browsers.some((one) => one.id === person.visitorId);
    const held = await db.selectFrom('identity').select('value').where('contactId', '=', id).where('kind', '=', 'email').execute();
    for (const { value } of held) this.erasedEmails.add(value);
    expect((await this.house.call('DELETE', `/api/contacts/${id}`)).status).toBe(204);
    const leading = (into: string): string[] => [
      into,
      ...this.merges.filter(({ intoId }) => intoId === into).flatMap(({ fromId }) => leading(fromId)),
    ];
    for (const gone of leading(id)) this.erased.add(gone);
    this.files = this.files.filter((one) => one !== id);
    this.merges = this.merges.filter(({ fromId }) => !this.erased.has(fromId));
  }

  #know(table: string, id: string, ...words: string[]): void {
    if (!this.items.some((item) => item.id === id)) this.items.push({ table, id, words, isErased: false });
  }

  #living(table?: string): Item[] {
    return this.items.filter((item) => !item.isErased && item.table !== 'rating' && (table === undefined || item.table === table));
  }

  #words(): string {
    this.#turns += 1;
    return `words${this.#turns}of${nanoid(8).replaceAll(/[-_]/g, 'x').toLowerCase()}`;
  }

  async #fileOf({ table, id }: Pick<Item, 'table' | 'id'>): Promise<string> {
    const { db } = this.house.server.app.storage;
    const row = await db
      .selectFrom(table as 'task')
      .select('contactId')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.contactId ?? '';
  }

  /** Everything stands in exactly one file that is one, nothing is lost, every file is worth what stands in it, and who is erased is in none. */
  async check(): Promise<void> {
    await this.#checkItems();
    const { db } = this.house.server.app.storage;
    const live = new Set(this.files);
    const rows = await db
      .selectFrom('contact')
      .selectAll()
      .where('id', 'in', [...live, ''])
      .execute();
    expect(rows.every(({ mergedInto, erasedAt }) => mergedInto === null && erasedAt === null)).toBe(true);
    expect(rows).toHaveLength(live.size);
    const paid = await db.selectFrom('purchase').select(['contactId', 'total']).where('status', '=', 'paid').execute();
    for (const { id, purchaseTotal, purchaseCount, lifecycle, isLifecycleByHand } of rows) {
      const own = paid.filter(({ contactId }) => contactId === id);
      expect({ purchaseCount, purchaseTotal }).toEqual({
        purchaseCount: own.length,
        purchaseTotal: own.reduce((sum, { total }) => sum + total, 0),
      });
      if (isLifecycleByHand === 0) expect(lifecycle).toBe(own.length > 0 ? 'customer' : 'lead');
    }
    await this.#checkIdentities(live);
    await this.#checkTags(rows);
  }

  async #checkItems(): Promise<void> {
    const { db } = this.house.server.app.storage;
    const live = new Set(this.files);
    for (const table of new Set(this.items.map((item) => item.table))) {
      const known = this.items.filter((item) => item.table === table);
      const ids = known.map(({ id }) => id);
      const rows = await db
        .selectFrom(table as 'task')
        .select(['id', 'contactId'])
        .where('id', 'in', ids)
        .execute();
      const places = new Map(rows.map(({ id, contactId }) => [id, contactId]));
      for (const { id, isErased } of known) {
        if (isErased && goneWhenErased.has(table)) expect(places.has(id), `${table} of an erased person`).toBe(false);
        else if (isErased) expect([...live]).not.toContain(places.get(id));
        else expect([...live], table).toContain(places.get(id));
      }
    }
  }

  async #checkIdentities(live: ReadonlySet<string>): Promise<void> {
    const { db } = this.house.server.app.storage;
    const phones = await db.selectFrom('identity').select('contactId').where('value', '=', this.sharedPhone).execute();
    for (const { contactId } of phones) expect(live).toContain(contactId);
    if (this.erased.size === 0) expect(phones.length).toBeGreaterThan(0);
    const emails = this.people.map(({ start }) => start.reached.find((one) => one.startsWith('email'))?.split(' ')[1] ?? '');
    const held = await db.selectFrom('identity').select(['contactId', 'value']).where('value', 'in', emails).execute();
    const kept = emails.filter((email) => !this.erasedEmails.has(email));
    expect(held.map(({ value }) => value).sort()).toEqual(kept.toSorted());
    for (const { contactId } of held) expect(live).toContain(contactId);
  }

  /** Each stands on the file into which its own has come, and the list that customers are found by says the same as the file. */
  async #checkTags(rows: readonly { id: string; tags: string }[]): Promise<void> {
    const { db } = this.house.server.app.storage;
    const listed = await db
      .selectFrom('contactTag')
      .selectAll()
      .where('contactId', 'in', [...this.files, ''])
      .execute();
    for (const { id, tags } of rows) {
      const own = listed.filter(({ contactId }) => contactId === id).map(({ tag }) => tag);
      expect(own.toSorted()).toEqual((JSON.parse(tags) as string[]).toSorted());
    }
    for (const [tag, origin] of this.tags) {
      const found = listed.filter((one) => one.tag === tag).map(({ contactId }) => contactId);
      if (origin === null || this.erased.has(origin)) expect(found).toEqual([]);
      else if (!this.hidden.has(tag)) expect(found).toEqual([this.#liveOf(origin)]);
    }
  }

  #liveOf(id: string): string {
    const merged = this.merges.find(({ fromId }) => fromId === id);
    return merged ? this.#liveOf(merged.intoId) : id;
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
      for (const { id } of inTurn) {
        isUndone = await this.undo(id);
        if (isUndone) break;
      }
      if (!isUndone) throw new Error('none of the merges that are left can be undone');
    }
    this.hidden.clear();
  }

  async checkStart(): Promise<void> {
    for (const { contactId, start, isErased } of this.people) {
      if (this.erased.has(contactId)) continue;
      const file: Contact = await fileOf(this.house, contactId);
      const { reached, ...now } = said(file);
      const { reached: atFirst, ...first } = start;
      const tags = [...this.tags].filter(([, origin]) => origin === contactId).map(([tag]) => tag);
      expect(now).toEqual({
        ...first,
        name: this.names.get(contactId) ?? first.name,
        tags: tags.toSorted(),
        lifecycle: now.lifecycle,
      });
      // What a browser that was erased had told goes with it.
      if (!isErased) expect(reached).toEqual(atFirst);
      expect(file.values[this.fieldKey] ?? null).toBe(this.values.get(contactId) ?? null);
    }
  }

  /** Whatever was written of somebody who is erased is written nowhere. */
  async checkErased(): Promise<void> {
    const gone = this.items.filter(({ isErased }) => isErased).flatMap(({ words }) => words);
    const of = <Value>(map: ReadonlyMap<string, Value>) => [...map].filter(([id]) => this.erased.has(id)).map(([, value]) => value);
    gone.push(...of(this.names), ...of(this.values).filter((value) => value !== null));
    if (gone.length === 0) return;
    const { db } = this.house.server.app.storage;
    // What people are found by follows in the background.
    await expect.poll(() => db.selectFrom('contactChange').select('contactId').execute(), { timeout: 10_000, interval: 5 }).toEqual([]);
    for (const { name } of await db.introspection.getTables()) {
      const rows = await db
        .selectFrom(name as 'task')
        .selectAll()
        .execute();
      const text = JSON.stringify(rows);
      for (const words of gone) expect(text.includes(words), `${words} in ${name}`).toBe(false);
    }
  }
}

function pick<One>(list: readonly One[], number: number): One {
  return list[number % list.length] as One;
}
