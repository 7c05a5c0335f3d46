// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { commandOf, switchShortcuts } from '../../console/shell/shortcuts.ts';

function press(init: KeyboardEventInit, target: Element = document.body): ReturnType<typeof commandOf> {
  let command: ReturnType<typeof commandOf> = null;
  const listen = (event: Event) => {
    command = commandOf(event as KeyboardEvent);
  };
  document.addEventListener('keydown', listen);
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
  document.removeEventListener('keydown', listen);
  return command;
}

afterEach(() => {
  document.body.replaceChildren();
  switchShortcuts(true);
});

describe('an agent with the keyboard', () => {
  it.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['r', 'reply'],
    ['n', 'note'],
    ['e', 'resolve'],
    ['?', 'help'],
  ])('presses %s for %s', (key, command) => {
    expect(press({ key })).toBe(command);
  });

  it('presses the same keys on a Hebrew layout', () => {
    expect(press({ key: 'ח', code: 'KeyJ' })).toBe('next');
    expect(press({ key: 'ק', code: 'KeyE' })).toBe('resolve');
  });

  it('walks with Alt and the arrows', () => {
    expect(press({ key: 'ArrowDown', altKey: true })).toBe('next');
    expect(press({ key: 'ArrowUp', altKey: true })).toBe('previous');
  });

  it.each(['input', 'textarea', 'select'])('types in peace in a field: %s', (name) => {
    const field = document.body.appendChild(document.createElement(name));
    expect(press({ key: 'e' }, field)).toBeNull();
    expect(press({ key: '?' }, field)).toBeNull();
    expect(press({ key: 'ArrowDown', altKey: true }, field)).toBeNull();
  });

  it.each([{ ctrlKey: true }, { metaKey: true }])("keeps the browser's own shortcuts", (modifier) => {
    expect(press({ key: 'r', ...modifier })).toBeNull();
  });

  it('can switch the single keys off', () => {
    switchShortcuts(false);
    expect(press({ key: 'e' })).toBeNull();
    expect(press({ key: 'ArrowDown', altKey: true })).toBe('next');
  });
});
