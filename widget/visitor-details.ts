import { signal } from '@preact/signals-core';
import type { Visitor, VisitorIdentifyRequest } from '../shared/contact.ts';
import { type ErrorReply, isTemporary, type Reply } from '../shared/errors.ts';
import type { KeyValueStore } from '../shared/outbox.ts';
import type { Clock } from './clock.ts';

export interface VisitorDetails {
  name?: string;
  phone?: string;
  email?: string;
  company?: string;
  consent?: boolean;
  consentText?: string;
  fields?: Record<string, string>;
}

const detailNames = [
  'name',
  'phone',
  'email',
  'company',
  'consent',
  'consentText',
  'fields',
] as const satisfies readonly (keyof VisitorDetails)[];

export interface DetailsOptions {
  store: KeyValueStore;
  key: string;
  clock: Clock;
  isLive: () => boolean;
  identify: (request: VisitorIdentifyRequest) => Promise<Reply<{ visitor: Visitor }>>;
}

/** What the visitor said of itself, kept and repeated until the server has taken it. */
export function createDetails(options: DetailsOptions) {
  const { store, key, clock } = options;
  /** As the server knows the visitor; null before the first session. */
  const visitor = signal<Visitor | null>(null);
  /** Said, but not yet confirmed. */
  const unsent = signal<VisitorDetails | null>(read());
  const refusal = signal<ErrorReply | null>(null);
  let isSending = false;
  let attempts = 0;

  function read(): VisitorDetails | null {
    try {
      const details = JSON.parse(store.getItem(key) ?? 'null');
      return details !== null && typeof details === 'object' ? pickDetails(details) : null;
    } catch {
      return null;
    }
  }

  function write(details: VisitorDetails | null): void {
    unsent.value = details;
    if (details) store.setItem(key, JSON.stringify(details));
    else store.removeItem(key);
  }

  async function flush(): Promise<void> {
    const said = unsent.value;
    if (!said || isSending || !options.isLive()) return;
    isSending = true;
    const reply = await options.identify(said);
    isSending = false;
    if (reply.ok) {
      attempts = 0;
      visitor.value = reply.data.visitor;
    } else if (isTemporary(reply.error.code)) {
      attempts += 1;
      if (options.isLive()) clock.schedule(reply.error.retryAfterMs ?? Math.min(30_000, 1_000 * 2 ** attempts), () => void flush());
      return;
    } else {
      refusal.value = reply.error;
    }
    // Said anew meanwhile, here or in another tab: that is still to be sent.
    if (JSON.stringify(read()) === JSON.stringify(said)) write(null);
    else {
      unsent.value = read();
      await flush();
    }
  }

  return {
    visitor,
    unsent,
    /** Why the server did not take the last details. */
    refusal,
    flush,

    save(details: VisitorDetails): void {
      const said = pickDetails(details);
      if (Object.keys(said).length === 0) return;
      refusal.value = null;
      const fields = { ...unsent.value?.fields, ...said.fields };
      write(pickDetails({ ...unsent.value, ...said, ...(said.fields && { fields }) }));
      void flush();
    },

    noticeOtherTab(): void {
      unsent.value = read();
    },

    forget(): void {
      visitor.value = null;
      refusal.value = null;
      write(null);
    },
  };
}

/** A site may pass its whole user object: only what we know is kept and sent, and only what says something. */
function pickDetails(said: VisitorDetails): VisitorDetails {
  const isSaid = (value: unknown) => value !== undefined && value !== null && value !== '';
  return Object.fromEntries(detailNames.filter((name) => isSaid(said[name])).map((name) => [name, said[name]]));
}
