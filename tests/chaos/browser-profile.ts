import type { KeyValueStore } from '../../shared/outbox.ts';
import type { Tabs } from '../../widget/visitor-token.ts';

interface OpenTab {
  /** This tab's view of what all tabs share. */
  storage: KeyValueStore;
  tabs: Tabs;
  close(): void;
}

/** What the tabs of one browser share on one site: the storage with its events, and locks where the page is secure. */
export class BrowserProfile {
  readonly #entries = new Map<string, string>();
  readonly #locks = new Map<string, Promise<unknown>>();
  readonly #open = new Set<(key: string | null) => void>();
  readonly #isSecure: boolean;
  #keys: string[] | null = null;

  constructor({ isSecure }: { isSecure: boolean }) {
    this.#isSecure = isSecure;
  }

  openTab(): OpenTab {
    const listeners = new Set<(key: string | null) => void>();
    const hear = (key: string | null) => {
      for (const listener of listeners) listener(key);
    };
    this.#open.add(hear);
    return {
      storage: this.#storage(hear),
      tabs: {
        onChange(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
        ...(this.#isSecure && { locks: { request: (name: string, job: () => Promise<void>) => this.#lock(name, job) } }),
      },
      close: () => void this.#open.delete(hear),
    };
  }

  /** As a browser does it: only the other tabs hear of a change, and a little later. */
  #storage(own: (key: string | null) => void): KeyValueStore {
    const tell = (key: string) => {
      this.#keys = null;
      for (const hear of this.#open) if (hear !== own) setImmediate(() => this.#open.has(hear) && hear(key));
    };
    const entries = this.#entries;
    return {
      get length() {
        return entries.size;
      },
      key: (index) => {
        this.#keys ??= [...entries.keys()];
        return this.#keys[index] ?? null;
      },
      getItem: (key) => entries.get(key) ?? null,
      setItem(key, value) {
        if (entries.get(key) === value) return;
        entries.set(key, value);
        tell(key);
      },
      removeItem(key) {
        if (entries.delete(key)) tell(key);
      },
    };
  }

  #lock(name: string, job: () => Promise<void>): Promise<unknown> {
    const held = (this.#locks.get(name) ?? Promise.resolve()).then(job);
    this.#locks.set(
      name,
      held.catch(() => undefined),
    );
    return held;
  }
}
