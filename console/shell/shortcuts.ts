/** One-key commands. They keep silent while somebody types, and can be switched off, since speech input types letters. */
import { signal } from '@preact/signals';

export type Command = 'next' | 'previous' | 'reply' | 'note' | 'resolve' | 'select' | 'transfer' | 'help' | 'search';

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
  t: 'transfer',
};

/** What a key press means, or null. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (isPaletteKey(event)) return 'search';
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || isTyping(event.target)) return null;
  if (event.altKey) return event.key === 'ArrowDown' ? 'next' : event.key === 'ArrowUp' ? 'previous' : null;
  if (!areShortcutsOn.value) return null;
  if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) return 'help';
  return event.shiftKey ? null : (letters[letterOf(event)] ?? null);
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
