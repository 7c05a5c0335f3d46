/** One-key commands. They keep silent while somebody types, and can be switched off, since speech input types letters. */
import { signal } from '@preact/signals';

type Figure = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
/** Those that have a name of their own in the palette, too. */
export type NamedCommand =
  | 'next'
  | 'previous'
  | 'nextWaiting'
  | 'keep'
  | 'close'
  | 'reply'
  | 'note'
  | 'resolve'
  | 'transfer'
  | 'takeNext'
  | 'calls'
  | 'task'
  | 'ticket'
  | 'help';
export type Command = NamedCommand | 'search' | 'select' | 'previousWaiting' | 'nextRegion' | 'previousRegion' | `open${Figure}`;

const KEY = 'kesher:shortcuts';

export const areShortcutsOn = signal(true);

export function loadShortcuts(): void {
  areShortcutsOn.value = localStorage.getItem(KEY) !== 'off';
}

export function switchShortcuts(isOn: boolean): void {
  localStorage.setItem(KEY, isOn ? 'on' : 'off');
  areShortcutsOn.value = isOn;
}

const letters: Partial<Record<string, Command>> = {
  j: 'next',
  k: 'previous',
  r: 'reply',
  n: 'note',
  e: 'resolve',
  x: 'select',
  p: 'keep',
  t: 'transfer',
  g: 'takeNext',
  c: 'calls',
  d: 'task',
  o: 'ticket',
};

/** What a key press means, or null. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (isPaletteKey(event)) return 'search';
  if (event.defaultPrevented || event.ctrlKey || event.metaKey) return null;
  const between = betweenOf(event);
  if (between) return between;
  if (event.altKey || isTyping(event.target) || !areShortcutsOn.value) return null;
  if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) return 'help';
  return event.shiftKey ? null : (letters[letterOf(event)] ?? null);
}

/** Between conversations, also out of a composer: these keys write nothing there that anybody would miss. */
function betweenOf(event: KeyboardEvent): Command | null {
  if (event.target instanceof Element && event.target.closest('dialog, [role="menu"]')) return null;
  if (event.key === 'F6' && !event.altKey) return event.shiftKey ? 'previousRegion' : 'nextRegion';
  if (!event.altKey || event.shiftKey || event.isComposing) return null;
  const figure = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (figure) return `open${Number(figure) as Figure}`;
  const isInComposer = event.target instanceof Element && event.target.closest('[data-composer]');
  if (isTyping(event.target) && !isInComposer) return null;
  if (event.key === 'ArrowDown') return 'nextWaiting';
  if (event.key === 'ArrowUp') return 'previousWaiting';
  return event.code === 'KeyW' ? 'close' : null;
}

/** Ctrl+K or ⌘K, also while somebody types: it writes nothing anywhere. */
function isPaletteKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return false;
  return letterOf(event) === 'k' && !(event.target instanceof Element && event.target.closest('dialog'));
}

/** Where the layout writes Hebrew or another script, the letter that stands on the key in Latin. */
function letterOf({ key, code }: KeyboardEvent): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return code.startsWith('Key') ? code.slice(3).toLowerCase() : '';
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"]') !== null;
}
