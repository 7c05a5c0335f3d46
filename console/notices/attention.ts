/**
 * Where this agent looks, over all tabs of this browser: a tab that has the focus writes down which conversation it shows. Also which of
 * the tabs speaks for all of them, so that a piece of news sounds once.
 */
import type { KeyValueStore } from '../../shared/outbox.ts';

/** A tab that was killed cannot take its word back. */
const LOOK_LASTS_MS = 45_000;
const RENEW_EVERY_MS = 20_000;
const CLAIM_SETTLES_MS = 80;

export class Attention {
  readonly #store: KeyValueStore;
  readonly #agentId: string;
  readonly #tabId = Math.random().toString(36).slice(2);
  #openId: string | null = null;
  #isLeader = false;
  #renewing: ReturnType<typeof setInterval> | undefined;
  #letGo: () => void = () => undefined;

  constructor(store: KeyValueStore, agentId: string) {
    this.#store = store;
    this.#agentId = agentId;
  }

  /** From now on this tab counts, until the returned function is called. */
  begin(): () => void {
    const look = () => this.#write();
    for (const event of ['focus', 'blur', 'pagehide'] as const) window.addEventListener(event, look);
    document.addEventListener('visibilitychange', look);
    this.#renewing = setInterval(look, RENEW_EVERY_MS);
    this.#lead();
    look();
    return () => {
      clearInterval(this.#renewing);
      for (const event of ['focus', 'blur', 'pagehide'] as const) window.removeEventListener(event, look);
      document.removeEventListener('visibilitychange', look);
      this.#letGo();
      if (isLooking()) this.#set('look', '');
    };
  }

  /** What this tab shows; null for no conversation. */
  show(openId: string | null): void {
    this.#openId = openId;
    this.#write();
  }

  /** Whether the agent has this conversation before its eyes, in this tab or another. */
  isOn(conversationId: string | null): boolean {
    if (conversationId === null) return false;
    if (isLooking()) return this.#openId === conversationId;
    const [shown, at] = (this.#get('look') ?? '').split(' ');
    return shown === conversationId && Date.now() - Number(at) < LOOK_LASTS_MS;
  }

  /** Whether it is this tab that speaks of the news with this key. Without the browser's locks the last one to raise its hand does. */
  async speaksOf(key: string): Promise<boolean> {
    if (browserLocks()) return this.#isLeader;
    const claim = `${key} ${this.#tabId}`;
    this.#set('spoken', claim);
    await new Promise((resolve) => setTimeout(resolve, CLAIM_SETTLES_MS));
    const standing = this.#get('spoken');
    return standing === null || standing === claim;
  }

  /** Held until the tab is closed; the next one in line takes it over. */
  #lead(): void {
    const locks = browserLocks();
    if (!locks) return;
    const end = new AbortController();
    const held = new Promise<void>((resolve) => {
      this.#letGo = () => {
        end.abort();
        resolve();
      };
    });
    locks
      .request(`kesher:speaker:${this.#agentId}`, { signal: end.signal }, () => {
        this.#isLeader = true;
        return held;
      })
      .catch(() => undefined);
  }

  #write(): void {
    if (isLooking()) this.#set('look', `${this.#openId ?? '-'} ${Date.now()}`);
    else if (this.#get('look')?.startsWith(`${this.#openId ?? '-'} `)) this.#set('look', '');
  }

  #get(name: string): string | null {
    return this.#store.getItem(`kesher:${name}:${this.#agentId}`);
  }

  #set(name: string, value: string): void {
    try {
      this.#store.setItem(`kesher:${name}:${this.#agentId}`, value);
    } catch {
      // Full storage: other tabs do not know, and a sound too many is no harm.
    }
  }
}

/** None where the page did not come over https. */
function browserLocks(): LockManager | null {
  return (navigator.locks as LockManager | undefined) ?? null;
}

function isLooking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
