/** Categories and closing reasons, as they were read last: every page of tickets shows the same. */
import { type Signal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TicketCategory, TicketReason } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';

interface Choices {
  categories: readonly TicketCategory[];
  reasons: readonly TicketReason[];
}

const known = new WeakMap<Http, Signal<Choices>>();

function choicesOf(http: Http): Signal<Choices> {
  const held = known.get(http) ?? signal<Choices>({ categories: [], reasons: [] });
  known.set(http, held);
  return held;
}

export async function readChoices(http: Http): Promise<void> {
  const [categories, reasons] = await Promise.all([
    http.get<{ items: TicketCategory[] }>('/ticket-categories'),
    http.get<{ items: TicketReason[] }>('/ticket-reasons'),
  ]);
  const held = choicesOf(http);
  held.value = {
    categories: categories.ok ? categories.data.items : held.value.categories,
    reasons: reasons.ok ? reasons.data.items : held.value.reasons,
  };
}

/** What is shown before the server has answered. */
export function putChoices(http: Http, next: Partial<Choices>): void {
  const held = choicesOf(http);
  held.value = { ...held.value, ...next };
}

/** Read anew when the page is opened; until the answer is here, as they were. */
export function useChoices(http: Http): Choices {
  useEffect(() => void readChoices(http), [http]);
  return choicesOf(http).value;
}

/** In their order, each under its own. */
export function inTree(categories: readonly TicketCategory[]): TicketCategory[] {
  const top = categories.filter(({ parentId }) => parentId === null || !categories.some(({ id }) => id === parentId));
  return top.flatMap((one) => [one, ...categories.filter(({ parentId }) => parentId === one.id)]);
}

export function categoryName(categories: readonly TicketCategory[], id: string): string {
  const one = categories.find((category) => category.id === id);
  if (!one) return t('tickets.none');
  const parent = categories.find((category) => category.id === one.parentId);
  const name = parent ? `${parent.name} / ${one.name}` : one.name;
  return one.archivedAt === null ? name : t('tickets.archived', { name });
}

/** What can be chosen: what is not archived, and what is chosen already. */
export function categoryOptions(categories: readonly TicketCategory[], chosen: string | null): { value: string; label: string }[] {
  return inTree(categories)
    .filter(({ id, archivedAt }) => archivedAt === null || id === chosen)
    .map(({ id }) => ({ value: id, label: categoryName(categories, id) }));
}
