import type { KeyValueStore } from '../shared/outbox.ts';
import type { Clock } from './clock.ts';

/** The other tabs of the same site. Absent outside a browser, where a store has one user. */
export interface Tabs {
  /** `listener` hears the key of everything that another tab changes in the shared storage (null: all of it). */
  onChange(listener: (key: string | null) => void): () => void;
  /** Web Locks, where the browser has them (secure pages only). */
  locks?: { request(name: string, job: () => Promise<void>): Promise<unknown> };
}

/** How long a tab may take to be given the first token before another one tries. */
const CLAIM_MS = 10_000;
/** Long enough for a write to the shared storage to be seen by a tab of another process. */
const CLAIM_SETTLE_MS = 80;

/**
 * Who this browser is to the server. Tabs that are opened at the same moment for the first time must not become two
 * visitors: one of them asks for the token while the others wait for it.
 */
export function createVisitorToken(options: { store: KeyValueStore; key: string; clock: Clock; tabs?: Tabs | undefined }) {
  const { store, key, clock, tabs } = options;
  const stored = () => store.getItem(key) ?? undefined;
  let token = stored();
  let release = () => {};

  async function claimByLock(locks: NonNullable<Tabs['locks']>): Promise<void> {
    await new Promise<void>((go) => {
      const held = locks.request(key, () => {
        go();
        token = stored();
        return token
          ? Promise.resolve()
          : new Promise((done) => {
              release = done;
              clock.schedule(CLAIM_MS, done);
            });
      });
      held.catch(go);
    });
  }

  async function claimByStorage(): Promise<void> {
    const claimKey = `${key}:claim`;
    const me = Math.random().toString(36);
    const wait = (ms: number) => new Promise<void>((go) => clock.schedule(ms, go));
    release = () => store.removeItem(claimKey);
    for (;;) {
      token = stored();
      if (token) return;
      const [owner, since] = (store.getItem(claimKey) ?? '').split(' ');
      if (owner === me) return;
      if (!since || Math.abs(clock.now() - Number(since)) > CLAIM_MS) store.setItem(claimKey, `${me} ${clock.now()}`);
      await wait(CLAIM_SETTLE_MS);
    }
  }

  return {
    current: () => token,

    /** Resolves when this tab may connect: with the token that exists by then, or as the one that asks for the first. */
    async claim(): Promise<void> {
      token = stored();
      if (token || !tabs) return;
      await (tabs.locks ? claimByLock(tabs.locks) : claimByStorage());
    },

    /**
     * Takes the token that the server gave to a handshake which said `sent`. False if another tab was given one or
     * signed out meanwhile: then that counts, and this connection must be made again.
     */
    settle(given: string, sent: string | undefined): boolean {
      const other = stored();
      const isOvertaken = other !== sent && other !== given;
      token = isOvertaken ? other : given;
      if (!isOvertaken && other !== given) store.setItem(key, given);
      release();
      return !isOvertaken;
    },

    /** Lets another tab ask; for a connection that was refused or given up. */
    release: () => release(),

    /** After another tab changed the storage: whether this browser is somebody else now. */
    hasChanged(): boolean {
      const now = stored();
      if (now === token) return false;
      token = now;
      return true;
    },

    forget(): void {
      token = undefined;
      store.removeItem(key);
      release();
    },
  };
}

export type VisitorToken = ReturnType<typeof createVisitorToken>;
