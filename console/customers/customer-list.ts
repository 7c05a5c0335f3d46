/** The list of customers that is looked at: what is asked for, what has come, who is chosen. State without a screen. */
import { batch, computed, signal } from '@preact/signals';
import type { CustomField } from '../../shared/custom-fields.ts';
import {
  type Customer,
  type CustomerColumn,
  type CustomerCount,
  type CustomerLayout,
  type CustomerPage,
  type CustomerSearch,
  type CustomerSort,
  type Direction,
  firstColumns,
  usualDirection,
} from '../../shared/customer.ts';
import { type CustomerFilter, everyCustomer } from '../../shared/customer-filter.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Segment } from '../../shared/segment.ts';
import type { CustomerHouse } from './customer-room.ts';

const PAGE = 50;
/** Looked through so often for one page; then whoever waits may say "go on". */
const LOOKS_MOST = 200;

export interface Asked {
  q: string;
  filter: CustomerFilter;
  segmentId: string | null;
}

const everybody: Asked = { q: '', filter: everyCustomer, segmentId: null };

export class CustomerList {
  readonly #house: CustomerHouse;
  readonly asked = signal<Asked>(everybody);
  readonly sort = signal<CustomerSort>('seen');
  readonly direction = signal<Direction>('desc');
  readonly columns = signal<readonly CustomerColumn[]>(firstColumns);
  readonly items = signal<readonly Customer[]>([]);
  readonly next = signal<string | null>(null);
  /** `looking`: the server has looked through many and found few so far. */
  readonly phase = signal<'loading' | 'looking' | 'idle'>('loading');
  readonly error = signal<ErrorReply | null>(null);
  readonly fields = signal<readonly CustomField[]>([]);
  readonly segments = signal<readonly Segment[]>([]);
  /** The chosen ones, or everybody who is found. */
  readonly chosen = signal<ReadonlySet<string>>(new Set());
  readonly isAllChosen = signal(false);
  readonly count = signal<{ count: number; isWhole: boolean } | null>(null);
  readonly chosenCount = computed(() => (this.isAllChosen.value ? (this.count.value?.count ?? 0) : this.chosen.value.size));
  /** The business's, in which sums of purchases are. */
  readonly currency = signal('ILS');
  /** Of what is asked: whoever asks anew makes earlier answers stale. */
  #asking = 0;

  constructor(house: CustomerHouse) {
    this.#house = house;
  }

  async open(asked: Asked): Promise<void> {
    const { http } = this.#house;
    const [layout, fields] = await Promise.all([
      http.get<CustomerLayout>('/customers/layout'),
      http.get<{ items: CustomField[] }>('/fields', { entity: 'contact' }),
      this.readSegments(),
    ]);
    batch(() => {
      if (layout.ok) {
        this.columns.value = layout.data.columns;
        this.sort.value = layout.data.sort;
        this.direction.value = layout.data.direction;
      }
      if (fields.ok) this.fields.value = fields.data.items;
    });
    await this.ask(asked);
  }

  async readSegments(): Promise<void> {
    const reply = await this.#house.http.get<{ items: Segment[] }>('/segments');
    if (reply.ok) this.segments.value = reply.data.items;
  }

  async ask(asked: Asked): Promise<void> {
    batch(() => {
      this.asked.value = asked;
      this.chosen.value = new Set();
      this.isAllChosen.value = false;
      this.count.value = null;
    });
    await this.#read(null);
  }

  /** What is on screen stays until the new beginning is here. */
  reload(): Promise<void> {
    return this.#read(null);
  }

  loadMore(): Promise<void> {
    return this.#read(this.next.value);
  }

  order(sort: CustomerSort): void {
    this.direction.value = sort === this.sort.value ? (this.direction.value === 'asc' ? 'desc' : 'asc') : usualDirection(sort);
    this.sort.value = sort;
    void this.#keepLayout();
    void this.#read(null);
  }

  show(columns: readonly CustomerColumn[]): void {
    this.columns.value = columns;
    void this.#keepLayout();
  }

  choose(id: string, isChosen: boolean): void {
    const chosen = new Set(this.isAllChosen.value ? this.items.value.map((customer) => customer.id) : this.chosen.value);
    if (isChosen) chosen.add(id);
    else chosen.delete(id);
    batch(() => {
      this.isAllChosen.value = false;
      this.chosen.value = chosen;
    });
  }

  chooseShown(isChosen: boolean): void {
    batch(() => {
      this.isAllChosen.value = false;
      this.chosen.value = new Set(isChosen ? this.items.value.map(({ id }) => id) : []);
    });
  }

  chooseAll(): void {
    this.isAllChosen.value = true;
    if (this.count.value === null) void this.countAll();
  }

  /** Told while it goes on. */
  async countAll(): Promise<void> {
    const mine = this.#asking;
    let count = 0;
    let cursor: string | null = null;
    do {
      const query: Record<string, string | undefined> = { ...this.inAddress(), cursor: cursor ?? undefined };
      const reply = await this.#house.http.get<CustomerCount>('/customers/count', query);
      if (mine !== this.#asking || !reply.ok) return;
      count += reply.data.count;
      cursor = reply.data.next;
      this.count.value = { count, isWhole: cursor === null };
    } while (cursor !== null);
  }

  /** What is asked, for a request. */
  search(): CustomerSearch {
    const { q, filter, segmentId } = this.asked.value;
    return { ...(q !== '' && { q }), ...(filter.groups.length > 0 && { filter }), ...(segmentId !== null && { segmentId }) };
  }

  inAddress(): Record<string, string | undefined> {
    const { q, filter, segmentId } = this.search();
    return { q, filter: filter && JSON.stringify(filter), segmentId };
  }

  async #keepLayout(): Promise<void> {
    const layout = { columns: this.columns.value, sort: this.sort.value, direction: this.direction.value };
    await this.#house.http.put('/customers/layout', layout);
  }

  async #read(cursor: string | null): Promise<void> {
    this.#asking += 1;
    const mine = this.#asking;
    this.phase.value = 'loading';
    let at = cursor;
    let found = 0;
    for (let look = 0; look < LOOKS_MOST; look += 1) {
      const query = {
        ...this.inAddress(),
        sort: this.sort.value,
        direction: this.direction.value,
        limit: PAGE - found,
        cursor: at ?? undefined,
      };
      const reply = await this.#house.http.get<CustomerPage>('/customers', query);
      if (mine !== this.#asking) return;
      if (!reply.ok) {
        batch(() => {
          this.phase.value = 'idle';
          this.error.value = reply.error;
          if (cursor === null && look === 0) this.items.value = [];
        });
        return;
      }
      const { items, next, isLooking, currency } = reply.data;
      found += items.length;
      const isDone = !isLooking || next === null || found >= PAGE;
      batch(() => {
        this.error.value = null;
        this.currency.value = currency;
        const before = cursor === null && look === 0 ? [] : this.items.value;
        this.items.value = [...before, ...items.filter(({ id }) => !before.some((held) => held.id === id))];
        this.next.value = next;
        this.phase.value = isDone ? 'idle' : 'looking';
      });
      if (isDone) return;
      at = next;
    }
    this.phase.value = 'idle';
  }
}
