import type { Availability } from '../../shared/inbox.ts';
import type { App } from '../app.ts';
import { listAssigneeNames } from './conversation-store.ts';
import { OpeningWatch } from './opening-watch.ts';
import type { QueueBoard } from './queue-board.ts';

/** That somebody is there, or nobody any more, is told at once; faces and waits at most this often. */
const QUIET_MS = 2_000;
const FACES_MAX = 3;
/** Steps in which a wait is told, so that not every second is news. */
const WAIT_STEP_MS = 30_000;

type Faces = NonNullable<Availability['agents']>;

/**
 * What visitors are told of the business: open by its inbox's hours, and staffed when it is open and an agent is online. Whoever is
 * at a desk after closing time is not promised to anybody.
 */
export class AvailabilityBoard {
  readonly #app: App;
  readonly #queue: QueueBoard;
  #faces: Promise<Faces> | null = null;
  readonly #told = new Map<string, string>();
  readonly #hours: OpeningWatch;
  #wasStaffed = false;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(app: App, queue: QueueBoard) {
    this.#app = app;
    this.#queue = queue;
    this.#hours = new OpeningWatch(app, () => void this.#tell());
    app.presence.onChange(() => this.#presenceChanged());
  }

  async get(inboxId: string): Promise<Availability> {
    const { isOpen, opensAt } = await this.#hours.look(inboxId);
    const staffed = isOpen && this.#app.presence.isStaffed();
    const [waitMs, agents] = await Promise.all([staffed ? this.#queue.expectedWaitMs(inboxId) : null, isOpen ? this.#listFaces() : []]);
    const expectedWaitMs = waitMs === null ? null : Math.ceil(waitMs / WAIT_STEP_MS) * WAIT_STEP_MS;
    return { open: isOpen, staffed, opensAt, expectedWaitMs, agents };
  }

  /** When it opens or closes next; far away where it never does. */
  async turnsAt(inboxId: string): Promise<number> {
    const { opensAt, closesAt } = await this.#hours.look(inboxId);
    return opensAt ?? closesAt ?? Number.MAX_SAFE_INTEGER;
  }

  /** Something that visitors are told may be another now. */
  mark(): void {
    if (this.#isStopped) return;
    this.#timer ??= setTimeout(() => void this.#tell(), QUIET_MS);
    this.#timer.unref();
  }

  stop(): void {
    this.#isStopped = true;
    this.#hours.stop();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #presenceChanged(): void {
    this.#faces = null;
    const isStaffed = this.#app.presence.isStaffed();
    if (isStaffed === this.#wasStaffed || this.#isStopped) return this.mark();
    this.#wasStaffed = isStaffed;
    void this.#tell();
  }

  /** Each inbox by itself, and only where something is another than was told. */
  async #tell(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { broadcast, log } = this.#app;
    try {
      for (const inboxId of broadcast.inboxesHere()) {
        const availability = await this.get(inboxId);
        const said = JSON.stringify(availability);
        if (this.#isStopped || this.#told.get(inboxId) === said) continue;
        this.#told.set(inboxId, said);
        broadcast.toInbox(inboxId, 'availability:changed', availability);
      }
    } catch (error) {
      if (!this.#isStopped) log.warn({ err: error }, 'who is here could not be told');
    }
  }

  #listFaces(): Promise<Faces> {
    const ids = this.#app.presence.onlineIds();
    this.#faces ??= listAssigneeNames(this.#app.storage.db, ids).then((names) =>
      [...names.values()].sort((one, other) => one.name.localeCompare(other.name)).slice(0, FACES_MAX),
    );
    this.#faces.catch(() => {
      this.#faces = null;
    });
    return this.#faces;
  }
}
