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
    ['p', 'keep'],
    ['?', 'help'],
  ])('presses %s for %s', (key, command) => {
    expect(press({ key })).toBe(command);
  });

  it('presses the same keys on a Hebrew layout', () => {
    expect(press({ key: 'ח', code: 'KeyJ' })).toBe('next');
    expect(press({ key: 'ק', code: 'KeyE' })).toBe('resolve');
  });

  it('walks between conversations, also out of a composer', () => {
    const composer = document.body.appendChild(document.createElement('form')).appendChild(document.createElement('textarea'));
    composer.form?.setAttribute('data-composer', '');
    for (const target of [document.body, composer]) {
      expect(press({ key: 'ArrowDown', altKey: true }, target)).toBe('nextWaiting');
      expect(press({ key: 'ArrowUp', altKey: true }, target)).toBe('previousWaiting');
      expect(press({ key: '¡', code: 'Digit1', altKey: true }, target)).toBe('open1');
      expect(press({ key: '9', code: 'Digit9', altKey: true }, target)).toBe('open9');
      expect(press({ key: 'F6' }, target)).toBe('nextRegion');
      expect(press({ key: 'F6', shiftKey: true }, target)).toBe('previousRegion');
      expect(press({ key: "'", code: 'KeyW', altKey: true }, target)).toBe('close');
    }
    expect(press({ key: '0', code: 'Digit0', altKey: true })).toBeNull();
    expect(press({ key: '1', code: 'Numpad1', altKey: true })).toBeNull();
    expect(press({ key: '@', code: 'Digit2', altKey: true, ctrlKey: true })).toBeNull();
  });

  it('stays in a dialog', () => {
    const button = document.body.appendChild(document.createElement('dialog')).appendChild(document.createElement('button'));
    expect(press({ key: '1', code: 'Digit1', altKey: true }, button)).toBeNull();
    expect(press({ key: 'F6' }, button)).toBeNull();
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
    expect(press({ key: 'ArrowDown', altKey: true })).toBe('nextWaiting');
  });
});
