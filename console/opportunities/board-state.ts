/** The board of one pipeline: what stands in which column, moved at once and put right by what the server says. State without a screen. */
import { signal } from '@preact/signals';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Board, FoundOpportunity, Opportunity, OpportunityClose, OpportunityPage } from '../../shared/opportunity.ts';
import type { Http } from '../http.ts';

export interface BoardFilter {
  pipelineId: string;
  owner: string;
  q: string;
}

export interface CardPlace {
  stageId: string;
  /** Among the cards of the column, without the one that is moved. */
  index: number;
}

const AGAIN_MS = 250;
const CARDS_MAX = 100;

export class BoardState {
  readonly board = signal<Board | null>(null);
  readonly error = signal<ErrorReply | null>(null);
  readonly #http: Http;
  #filter: BoardFilter | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Moves whose answers are on their way: until then what the server says of the board is older than what is shown. */
  #underWay = 0;

  constructor(http: Http) {
    this.#http = http;
  }

  show(filter: BoardFilter): void {
    if (this.#filter?.pipelineId !== filter.pipelineId) this.board.value = null;
    this.#filter = filter;
    void this.load();
  }

  close(): void {
    this.#asked += 1;
    clearTimeout(this.#timer);
  }

  async load(): Promise<void> {
    if (!this.#filter) return;
    this.#asked += 1;
    const mine = this.#asked;
    const { pipelineId, owner, q } = this.#filter;
    const most = Math.max(30, ...(this.board.peek()?.columns.map(({ items }) => items.length) ?? []));
    const reply = await this.#http.get<Board>('/opportunities/board', { pipelineId, owner, q, limit: Math.min(CARDS_MAX, most) });
    if (mine !== this.#asked || this.#underWay > 0) return;
    this.error.value = reply.ok ? null : reply.error;
    if (reply.ok) this.board.value = reply.data;
  }

  /** Somebody has changed something here: counts and sums are asked for anew, once for many changes. */
  stir(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), AGAIN_MS);
  }

  /** Told by the live connection. A card that is shown moves at once. */
  changed(opportunity: Opportunity): void {
    const board = this.board.peek();
    if (!board || !this.#filter) return;
    const shown = board.columns.flatMap(({ items }) => items).find(({ id }) => id === opportunity.id);
    if (!shown && opportunity.pipelineId !== this.#filter.pipelineId) return;
    if (shown && this.#underWay === 0) this.board.value = withCard(board, stillFound(shown, opportunity));
    this.stir();
  }

  /** At once on the screen; back where it was, and with the reason, where the server refuses. */
  async move(card: Opportunity, to: CardPlace): Promise<ErrorReply | null> {
    const before = this.board.peek();
    const column = before?.columns.find(({ stageId }) => stageId === to.stageId);
    if (!before || !column) return null;
    const others = column.items.filter(({ id }) => id !== card.id);
    const afterId = others[to.index - 1]?.id ?? null;
    this.board.value = put(before, card, to);
    return this.#carryOut(before, () =>
      this.#http.post<Opportunity>(`/opportunities/${card.id}/move`, { from: seenAt(card), stageId: to.stageId, afterId }),
    );
  }

  async end(card: Opportunity, how: Omit<OpportunityClose, 'from'>): Promise<ErrorReply | null> {
    const before = this.board.peek();
    if (before) this.board.value = without(before, card.id);
    return this.#carryOut(before, () => this.#http.post<Opportunity>(`/opportunities/${card.id}/close`, { from: seenAt(card), ...how }));
  }

  async loadMore(stageId: string): Promise<ErrorReply | null> {
    const column = this.board.peek()?.columns.find((one) => one.stageId === stageId);
    if (!column?.next || !this.#filter) return null;
    const { owner, q } = this.#filter;
    const reply = await this.#http.get<OpportunityPage>('/opportunities', {
      stageId,
      order: 'place',
      owner,
      q,
      limit: 50,
      cursor: column.next,
    });
    const board = this.board.peek();
    if (!reply.ok) return reply.error;
    if (!board) return null;
    const columns = board.columns.map((one) => {
      if (one.stageId !== stageId) return one;
      const known = new Set(one.items.map(({ id }) => id));
      return { ...one, items: [...one.items, ...reply.data.items.filter(({ id }) => !known.has(id))], next: reply.data.next };
    });
    this.board.value = { ...board, columns };
    return null;
  }

  async #carryOut(before: Board | null, ask: () => Promise<Reply<unknown>>): Promise<ErrorReply | null> {
    this.#underWay += 1;
    const reply = await ask();
    this.#underWay -= 1;
    if (!reply.ok && before) this.board.value = before;
    await this.load();
    return reply.ok ? null : reply.error;
  }
}

function seenAt({ stageId, status }: Opportunity): OpportunityClose['from'] {
  return { stageId, status };
}

function without(board: Board, id: string): Board {
  return { ...board, columns: board.columns.map((column) => ({ ...column, items: column.items.filter((card) => card.id !== id) })) };
}

export function put(board: Board, card: FoundOpportunity, { stageId, index }: CardPlace): Board {
  const rest = without(board, card.id);
  const columns = rest.columns.map((column) =>
    column.stageId === stageId
      ? { ...column, items: column.items.toSpliced(index, 0, { ...card, stageId, status: 'open' as const }) }
      : column,
  );
  return { ...rest, columns };
}

/** Why it was found is still why, unless nothing is noted any more. */
function stillFound({ excerpt }: FoundOpportunity, opportunity: Opportunity): FoundOpportunity {
  return opportunity.note === null && opportunity.lostNote === null ? opportunity : { ...opportunity, excerpt };
}

/** Where its place says; beyond the cards that are shown it is not shown. */
function withCard(board: Board, card: FoundOpportunity): Board {
  const rest = without(board, card.id);
  const column = rest.columns.find(({ stageId }) => stageId === card.stageId);
  if (card.status !== 'open' || !column) return rest;
  const at = column.items.findIndex(({ place, id }) => place > card.place || (place === card.place && id > card.id));
  if (at === -1 && column.next !== null) return rest;
  return put(board, card, { stageId: card.stageId, index: at === -1 ? column.items.length : at });
}
