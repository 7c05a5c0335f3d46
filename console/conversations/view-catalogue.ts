/** The saved views that this agent has, and how many conversations are in each view. */
import { signal } from '@preact/signals';
import { nanoid } from 'nanoid';
import type { Reply } from '../../shared/errors.ts';
import type { SavedView, ViewCount, ViewCounts, ViewCreateRequest, ViewPatch } from '../../shared/view.ts';
import type { Schedule } from '../connection.ts';
import type { Http } from '../http.ts';
import type { ConversationListState } from './conversation-list-state.ts';
import { type AskedView, isReadyMade, readView, type ViewName } from './list-views.ts';

/** While anything changes, the server counts this often what cannot be counted here. */
const COUNT_EVERY_MS = 8_000;

interface CatalogueOptions {
  http: Http;
  list: ConversationListState;
  agentId: string;
  schedule: Schedule;
}

export class ViewCatalogue {
  /** Null until they have been read. */
  readonly saved = signal<readonly SavedView[] | null>(null);
  /** The dialogue that edits them is open. */
  readonly isManaged = signal(false);
  readonly #counts = signal<ViewCounts['counts']>({});
  readonly #options: CatalogueOptions;
  #cancelCount: (() => void) | null = null;
  #isClosed = false;

  constructor(options: CatalogueOptions) {
    this.#options = options;
    options.list.summaries.subscribe(() => this.#countSoon());
  }

  /** What a view asks for; null for one that is not there, or not known yet. */
  asked(view: ViewName): AskedView | null {
    return readView(view) ?? this.find(view);
  }

  find(view: ViewName): SavedView | null {
    return this.saved.value?.find(({ id }) => id === view) ?? null;
  }

  /**
   * Counted here where everything is known, else as the server has counted last; null while nobody knows. Of the mentions those that
   * have not been seen count.
   */
  count(view: ViewName): ViewCount | null {
    const { ids, isMore } = this.#options.list.mentions;
    if (view === 'mentions') return { count: ids.value.size, isMore: isMore.value };
    const asked = this.asked(view);
    if (!asked) return null;
    const shown = this.#options.list.shown(asked);
    if (shown.isComplete.value && shown.isReady.value) return { count: shown.ids.value.length, isMore: false };
    return this.#counts.value[view] ?? null;
  }

  manage(isOpen: boolean): void {
    this.isManaged.value = isOpen;
  }

  /** A session has started, or somebody has changed something: `ownerId` says whose views. */
  async changed(ownerId: string | null): Promise<void> {
    if (ownerId === null || ownerId === this.#options.agentId) await this.load();
  }

  async load(): Promise<void> {
    const reply = await this.#options.http.get<{ items: SavedView[] }>('/views');
    if (!reply.ok) {
      this.saved.value ??= [];
      return;
    }
    this.saved.value = reply.data.items;
    this.#countSoon(0);
  }

  save(view: Omit<ViewCreateRequest, 'id'> & { id?: string }): Promise<Reply<SavedView>> {
    return this.#learning(this.#options.http.post<SavedView>('/views', { id: nanoid(), ...view }));
  }

  change(id: string, patch: ViewPatch): Promise<Reply<SavedView>> {
    return this.#learning(this.#options.http.patch<SavedView>(`/views/${id}`, patch));
  }

  async remove(id: string): Promise<Reply<unknown>> {
    const reply = await this.#options.http.delete(`/views/${id}`);
    if (reply.ok) this.saved.value = (this.saved.value ?? []).filter((view) => view.id !== id);
    return reply;
  }

  /** Shown at once; the server's word is the last. */
  async order(ids: readonly string[]): Promise<Reply<unknown>> {
    const before = this.saved.value ?? [];
    this.saved.value = [...before].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    const reply = await this.#options.http.post<{ items: SavedView[] }>('/views/order', { ids });
    this.saved.value = reply.ok ? reply.data.items : before;
    return reply;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelCount?.();
  }

  async #learning(asking: Promise<Reply<SavedView>>): Promise<Reply<SavedView>> {
    const reply = await asking;
    if (reply.ok) {
      const others = (this.saved.value ?? []).filter(({ id }) => id !== reply.data.id);
      this.saved.value = [...others, reply.data].sort((a, b) => Number(b.isShared) - Number(a.isShared));
      // In its place among the others.
      void this.load();
    }
    return reply;
  }

  #countSoon(ms = COUNT_EVERY_MS): void {
    if (this.#isClosed || this.#cancelCount || !this.#needsCounting()) return;
    this.#cancelCount = this.#options.schedule(ms, () => void this.#countNow());
  }

  async #countNow(): Promise<void> {
    const reply = await this.#options.http.get<ViewCounts>('/views/counts');
    this.#cancelCount = null;
    if (reply.ok) this.#counts.value = reply.data.counts;
  }

  #needsCounting(): boolean {
    if (!this.#options.list.isLoaded.value) return false;
    if (!this.#options.list.isWhole.value) return true;
    return (this.saved.value ?? []).some((view) => !isReadyMade(view.id) && !this.#options.list.shown(view).isComplete.value);
  }
}
