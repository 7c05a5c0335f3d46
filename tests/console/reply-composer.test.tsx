import { render, screen, waitFor } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'preact/hooks';
import { describe, expect, it } from 'vitest';
import { Repertoire } from '../../console/canned/repertoire.ts';
import type { Http } from '../../console/http.ts';
import type { Draft } from '../../console/messages/drafts.ts';
import type { Naming } from '../../console/messages/mention-list.tsx';
import type { QuickSource } from '../../console/messages/quick-source.ts';
import { ReplyComposer } from '../../console/messages/reply-composer.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { MemoryStorage } from './memory-storage.ts';
import { noUploads } from './no-uploads.ts';

interface Sent extends Draft {
  isResolving: boolean;
}

interface Given {
  mayReply?: boolean;
  isKept?: boolean;
  text?: string;
  naming?: Naming;
  quick?: QuickSource;
}

const naming: Naming = {
  people: [
    { kind: 'agent', id: 'rene', name: 'René' },
    { kind: 'agent', id: 'ronit', name: 'Ronit' },
  ],
  audience: null,
  onBegin: () => undefined,
};

function open({ mayReply = true, isKept = true, text = '', ...more }: Given = {}): Sent[] {
  const sent: Sent[] = [];
  function Held() {
    const [draft, setDraft] = useState<Draft>({ text, visibility: 'public' });
    const onSend = (given: Draft, options: { isResolving: boolean }) => {
      if (isKept) sent.push({ ...given, ...options });
      return isKept;
    };
    const own = { draft, onChange: setDraft, onSend, mayReply };
    return <ReplyComposer uploads={noUploads} focusRequest={0} {...own} {...more} />;
  }
  render(<Held />);
  return sent;
}

const area = () => screen.getByRole('textbox') as HTMLTextAreaElement;

describe('an agent at the composer', () => {
  it('sends with Enter, breaks the line with Shift+Enter, and goes on writing', async () => {
    setLanguage('en');
    const sent = open();
    await userEvent.type(area(), 'one{Shift>}{Enter}{/Shift}two{Enter}');
    expect(sent).toEqual([{ text: 'one\ntwo', visibility: 'public', isResolving: false }]);
    expect(area().value).toBe('');
    expect(document.activeElement).toBe(area());
  });

  it('sends and resolves with Ctrl+Enter', async () => {
    setLanguage('en');
    const sent = open();
    await userEvent.type(area(), 'bye{Control>}{Enter}{/Control}');
    expect(sent).toEqual([{ text: 'bye', visibility: 'public', isResolving: true }]);
  });

  it('does not send an empty line', async () => {
    setLanguage('en');
    const sent = open();
    await userEvent.type(area(), '   {Enter}');
    expect(sent).toEqual([]);
    expect((screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement).disabled).toBe(true);
  });

  it('does not send while a word is being composed', async () => {
    setLanguage('en');
    const sent = open({ text: 'に' });
    area().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    expect(sent).toEqual([]);
  });

  it('keeps the text where it could not be stored', async () => {
    setLanguage('en');
    open({ isKept: false });
    await userEvent.type(area(), 'precious{Enter}');
    expect(area().value).toBe('precious');
  });

  it('keeps a text that is too long, and says by how much', async () => {
    setLanguage('en');
    const sent = open({ text: 'x'.repeat(8_003) });
    expect(screen.getByText('3 characters too long')).toBeTruthy();
    await userEvent.type(area(), '{Enter}');
    expect(sent).toEqual([]);
    expect(area().value).toHaveLength(8_003);
  });

  it('leaves with Escape', async () => {
    setLanguage('en');
    open();
    await userEvent.type(area(), 'half{Escape}');
    expect(document.activeElement).not.toBe(area());
    expect(area().value).toBe('half');
  });

  it('is told why there is no composer', () => {
    setLanguage('en');
    open({ mayReply: false });
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getByText(/does not allow replies/)).toBeTruthy();
  });

  it.each([
    ['he', 'הערה', 'הערה פנימית'],
    ['en', 'Note', 'Internal note'],
  ] as const)('writes a note in %s and sees that it is one', async (language, choice, label) => {
    setLanguage(language);
    const sent = open();
    await userEvent.click(screen.getByRole('radio', { name: choice }));
    expect(screen.getByRole('textbox', { name: label })).toBe(document.activeElement);
    await userEvent.type(area(), 'only for us{Enter}');
    expect(sent).toEqual([{ text: 'only for us', visibility: 'internal', isResolving: false }]);
  });
});

describe('an agent who names a colleague', () => {
  const isAtEnd = () => expect(area().selectionStart).toBe(area().value.length);

  it('goes on with Enter and Tab as ever once the name stands there, and after coming back to it', async () => {
    setLanguage('en');
    const sent = open({ naming });
    await userEvent.type(area(), 'ask @re');
    screen.getByRole('option', { name: /René/, selected: true });
    await userEvent.keyboard('{Enter}');
    await waitFor(isAtEnd);
    expect(area().value).toBe('ask @René ');
    expect(screen.queryByRole('listbox')).toBeNull();
    await userEvent.tab();
    expect(document.activeElement).not.toBe(area());

    area().focus();
    await userEvent.keyboard('{End}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await userEvent.keyboard('{Enter}');
    expect(sent.map(({ text, visibility }) => [text, visibility])).toEqual([['ask @René ', 'internal']]);
  });

  it('is asked again for the next name', async () => {
    setLanguage('en');
    open({ naming });
    await userEvent.type(area(), '@re{Enter}');
    await waitFor(isAtEnd);
    await userEvent.keyboard('and @ro');
    screen.getByRole('option', { name: /Ronit/, selected: true });
  });

  it.each([
    ['en', '2 names fit'],
    ['he', 'שני שמות מתאימים'],
  ] as const)('hears in %s how many fit, and with the arrows who is meant, where replies are offered too', async (language, count) => {
    setLanguage(language);
    const http = { get: async () => ({ ok: true, data: { items: [], next: null, stamp: 'x' } }) };
    const repertoire = new Repertoire(http as unknown as Http, { store: new MemoryStorage(), agentId: 'agent-1' });
    const surroundings = { contact: null, agentName: 'Dana', business: 'Pots', conversationId: 'c-1' };
    open({ naming, quick: { repertoire, surroundings, languages: ['en'], onMacro: () => undefined } });
    const isSaid = () => screen.getAllByRole('status').some(({ textContent }) => textContent === count);
    await userEvent.type(area(), '@');
    expect(isSaid()).toBe(true);
    await userEvent.keyboard('{ArrowDown}');
    expect(area().getAttribute('aria-controls')).toBe(screen.getByRole('listbox').id);
    expect(document.getElementById(area().getAttribute('aria-activedescendant') ?? '')?.textContent).toContain('Ronit');
    await userEvent.keyboard('{Escape}');
    expect(isSaid()).toBe(false);
    expect(area().hasAttribute('aria-activedescendant')).toBe(false);
  });
});
