import type { RefObject } from 'preact';
import type { BulkDesk } from './bulk-desk.ts';

interface ListKeys {
  ref: RefObject<HTMLElement | null>;
  ids: readonly string[];
  bulk: BulkDesk;
}

/** Arrows walk, with Shift they choose; Space chooses, Ctrl or ⌘ and A everything that is here, Escape nothing. Enter opens, as on any link. */
export function listKeys({ ref, ids, bulk }: ListKeys): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.altKey || event.defaultPrevented) return;
    const rows = [...(ref.current?.querySelectorAll<HTMLElement>('[data-conversation]') ?? [])];
    const row = (event.target as HTMLElement).closest('li')?.querySelector<HTMLElement>('[data-conversation]');
    const id = row?.dataset.conversation;
    const isAll = event.code === 'KeyA' && (event.ctrlKey || event.metaKey);
    const next = rows[nextIndex(event.key, row ? rows.indexOf(row) : -1, rows.length)];
    if (isAll) bulk.choose(ids);
    else if (event.key === ' ' && id && event.target === row) event.shiftKey ? bulk.chooseTo(id, ids) : bulk.toggle(id);
    else if (event.key === 'Escape' && (bulk.chosen.value.size > 0 || bulk.isChoosing.value)) bulk.clear();
    else if (next) {
      if (event.shiftKey && id && !bulk.chosen.value.has(id)) bulk.toggle(id);
      if (event.shiftKey && next.dataset.conversation) bulk.chooseTo(next.dataset.conversation, ids);
      next.focus();
    } else return;
    event.preventDefault();
  };
}

function nextIndex(key: string, at: number, count: number): number {
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return -1;
}
