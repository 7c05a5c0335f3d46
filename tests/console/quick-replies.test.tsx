import { act, render, screen } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'preact/hooks';
import { beforeEach, describe, expect, it } from 'vitest';
import { OfferIndex } from '../../console/canned/offers.ts';
import { Repertoire } from '../../console/canned/repertoire.ts';
import { slashTokenAt } from '../../console/canned/slash-token.ts';
import type { Http } from '../../console/http.ts';
import type { Draft } from '../../console/messages/drafts.ts';
import { ReplyComposer } from '../../console/messages/reply-composer.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import type { CannedResponse } from '../../shared/canned-response.ts';
import { type Macro, macroStepsSchema } from '../../shared/macro.ts';
import { MemoryStorage } from './memory-storage.ts';
import { noUploads } from './no-uploads.ts';

let lastId = 0;

function canned(shortcut: string, title: string, texts: CannedResponse['texts'], change: Partial<CannedResponse> = {}): CannedResponse {
  lastId += 1;
  const place = { reach: 'shared' as const, teamId: null };
  return { id: `response-${lastId}`, shortcut, title, texts, files: [], createdAt: lastId, updatedAt: lastId, ...place, ...change };
}

function macro(name: string): Macro {
  lastId += 1;
  return {
    id: `macro-${lastId}`,
    name,
    steps: macroStepsSchema.parse({ addTags: ['x'] }),
    reach: 'shared',
    teamId: null,
    createdAt: lastId,
    updatedAt: lastId,
  };
}

/** A server that has these, and nothing else to say. */
function repertoireOf(responses: CannedResponse[], macros: Macro[] = []): Repertoire {
  const http = {
    get: async (path: string) => ({ ok: true, data: { items: path === '/macros' ? macros : responses, next: null, stamp: 'x' } }),
  };
  return new Repertoire(http as unknown as Http, { store: new MemoryStorage(), agentId: 'agent-1' });
}

const refund = () =>
  canned('refund', 'Refund', {
    en: 'Hi {{contact.firstName|there}}, your order {{contact.fields.order}} is refunded.',
    he: 'שלום {{contact.firstName}}, ההזמנה זוכתה.',
  });

function open(
  repertoire: Repertoire,
  { text = '', locale = 'en', name = 'Ruth Levi' as string | null, macro = undefined as Draft['macro'] } = {},
) {
  const sent: Draft[] = [];
  const ran: string[] = [];
  const quick = {
    repertoire,
    surroundings: {
      contact: { name, company: null, identities: [], fields: {} },
      agentName: 'Dana',
      business: 'Pots',
      conversationId: 'c-1',
    },
    languages: [locale, 'en'],
    onMacro: (one: Macro) => ran.push(one.name),
  };
  function Held() {
    const [draft, setDraft] = useState<Draft>({ text, visibility: 'public', ...(macro && { macro }) });
    const onSend = (given: Draft) => {
      sent.push(given);
      return true;
    };
    return <ReplyComposer uploads={noUploads} draft={draft} onChange={setDraft} onSend={onSend} focusRequest={0} mayReply quick={quick} />;
  }
  render(<Held />);
  return { sent, ran };
}

const area = () => screen.getByRole('textbox') as HTMLTextAreaElement;
const seen = { timeout: 15_000, interval: 10 };

beforeEach(() => setLanguage('en'));

describe('an agent who types a slash', () => {
  it('finds a reply by its shortcut, fills it in with Enter, and types over what is missing', async () => {
    const { sent } = open(repertoireOf([refund(), canned('hours', 'Opening hours', { en: 'Nine to six.' })]));
    await userEvent.type(area(), '/ref');
    await screen.findByRole('option', { name: /Refund/, selected: true }, seen);
    expect(screen.queryByRole('option', { name: /hours/ })).toBeNull();
    await userEvent.keyboard('{Enter}');
    expect(area().value).toBe('Hi Ruth, your order {{contact.fields.order}} is refunded.');
    expect(area().value.slice(area().selectionStart, area().selectionEnd)).toBe('{{contact.fields.order}}');
    expect(sent).toEqual([]);

    await userEvent.keyboard('{Enter}');
    expect(sent).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('Not sent yet');
    await userEvent.click(screen.getByRole('button', { name: /Fill in .*order/ }));
    await userEvent.keyboard('10482');
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.keyboard('{Enter}');
    expect(sent.map(({ text }) => text)).toEqual(['Hi Ruth, your order 10482 is refunded.']);
  });

  it('sends braces only when that is meant', async () => {
    const { sent } = open(repertoireOf([]), { text: 'Use {{name}} in your template' });
    await userEvent.type(area(), '{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'Send as it is' }));
    expect(sent.map(({ text }) => text)).toEqual(['Use {{name}} in your template']);
  });

  it('writes it in the visitor’s language, in the middle of a text', async () => {
    open(repertoireOf([refund()]), { locale: 'he-IL', text: 'one  two', name: 'רות לוי' });
    area().focus();
    area().setSelectionRange(4, 4);
    await userEvent.keyboard('/refu');
    await screen.findByRole('option', {}, seen);
    await userEvent.keyboard('{Tab}');
    expect(area().value).toBe('one שלום רות, ההזמנה זוכתה. two');
    expect(area().selectionStart).toBe('one שלום רות, ההזמנה זוכתה.'.length);
    expect(document.activeElement).toBe(area());
  });

  it('walks with the arrows, gives up with Escape, and is not asked again for the same slash', async () => {
    const { sent } = open(repertoireOf([canned('a1', 'First', { en: 'one' }), canned('a2', 'Second', { en: 'two' })]));
    await userEvent.type(area(), '/a');
    await screen.findByRole('option', { name: /First/ }, seen);
    await userEvent.keyboard('{ArrowDown}');
    const active = area().getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)?.textContent).toContain('Second');
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{ArrowUp}{ArrowDown}');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await userEvent.keyboard('1{Enter}');
    expect(sent.map(({ text }) => text)).toEqual(['/a1']);
  });

  it('runs a macro by its name', async () => {
    const { ran } = open(repertoireOf([], [macro('Close politely')]));
    await userEvent.type(area(), '/polite');
    await userEvent.click(await screen.findByRole('option', { name: /Close politely/ }, seen));
    expect(ran).toEqual(['Close politely']);
    expect(area().value).toBe('');
  });

  it('opens the list with the button, and Escape takes its slash back', async () => {
    open(repertoireOf([refund()]), { text: 'Hello' });
    area().focus();
    area().setSelectionRange(5, 5);
    await userEvent.click(screen.getByRole('button', { name: /Canned responses/ }));
    await screen.findByRole('option', { name: /Refund/ }, seen);
    await userEvent.keyboard('{Escape}');
    expect(area().value.trim()).toBe('Hello');
  });
});

it('a macro that waits for its reply asks for its list once while the server fails, and again when the agent writes', async () => {
  const close = macro('Close politely');
  const asked: string[] = [];
  let isDown = true;
  const http = {
    get: async (path: string) => {
      asked.push(path);
      if (isDown) return { ok: false, error: { code: 'internal' } };
      return { ok: true, data: { items: path === '/macros' ? [close] : [], next: null, stamp: 'x' } };
    },
  };
  const repertoire = new Repertoire(http as unknown as Http, { store: new MemoryStorage(), agentId: 'agent-1' });
  const once = ['/canned-responses', '/macros'];
  open(repertoire, { text: 'Bye', macro: { id: close.id, version: close.updatedAt } });
  // Each turn lets an answer come and what it changes be drawn.
  for (let turn = 0; turn < 5; turn += 1) await act(async () => undefined);
  expect(repertoire.macros.phase.value).toBe('failed');
  expect(asked).toEqual(once);
  isDown = false;
  await userEvent.click(area());
  await screen.findByText(/^When this is sent: .?Close politely/, {}, seen);
  expect(asked).toEqual([...once, ...once]);
});

describe('a slash', () => {
  it.each([
    ['/', 1, ''],
    ['hello /ref', 10, 'ref'],
    ['hello\n/two words', 16, 'two words'],
  ])('in %j is one that looks for something', (text, caret, query) => {
    expect(slashTokenAt(text, caret)?.query).toBe(query);
  });

  it.each([
    ['and/or', 6],
    ['https://shop.example/x', 22],
    ['1 / 2', 5],
    ['/a\nb', 4],
    [`/${'x'.repeat(70)}`, 71],
  ])('in %j is a slash', (text, caret) => {
    expect(slashTokenAt(text, caret)).toBeNull();
  });
});

describe('what is found', () => {
  const index = new OfferIndex();
  const find = (query: string, responses: CannedResponse[], recentIds: string[] = []) =>
    index
      .find(query, { canned: responses, macros: [], recentIds, limit: 10 })
      .map((offer) => offer.kind === 'canned' && offer.response.shortcut);

  it('comes by shortcut first, then by title, then by its words, with and without Hebrew prefixes', () => {
    const all = [
      canned('zikui', 'זיכוי', { he: 'הזיכוי יגיע עם המשלוח הבא' }),
      canned('mishloach', 'משלוחים', { he: 'שלושה ימים' }),
      canned('משלוח', 'לאן שולחים', { he: 'לכל הארץ' }),
    ];
    expect(find('משלוח', all)).toEqual(['משלוח', 'mishloach', 'zikui']);
    expect(find('במשלוח', all)).toContain('zikui');
    expect(find('יגיע הבא', all)).toEqual(['zikui']);
    expect(find('אין כזה', all)).toEqual([]);
  });

  it('puts what was used of late before what was not', () => {
    const all = [canned('b1', 'B', { en: 'b' }), canned('b2', 'B', { en: 'b' })];
    expect(find('b', all, [all[1]?.id ?? ''])).toEqual(['b2', 'b1']);
  });

  it('among ten thousand takes less than a key press', () => {
    const words = ['order', 'refund', 'delivery', 'mug', 'plant', 'הזמנה', 'משלוח', 'החזר', 'ספל', 'עציץ'];
    const many = Array.from({ length: 10_000 }, (_, at) => {
      const text = Array.from({ length: 40 }, (_, place) => `${words[(at * 7 + place * 3) % 10]}${(at + place) % 97}`).join(' ');
      return canned(`s${at}`, `Title ${at}`, { en: text, he: text });
    });
    for (const response of many) index.prepare(response);
    index.settle();
    const look = (query: string) => {
      const startedAt = performance.now();
      find(query, many);
      return performance.now() - startedAt;
    };
    // The quickest of several: what the machine does besides is no matter here.
    const took = ['s', 'ref', 'delivery5 order', 'משלוח12', 'zzz'].map((query) =>
      Math.min(...Array.from({ length: 5 }, () => look(query))),
    );
    expect(Math.max(...took)).toBeLessThan(100);
  });
});
