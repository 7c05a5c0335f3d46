import { describe, expect, it } from 'vitest';
import { findQuery, fitting, type Mentionable, mentionsIn, withName } from '../../console/messages/mention-text.ts';
import { takenBack } from '../../console/messages/taken-back.ts';

const noa: Mentionable = { kind: 'agent', id: 'noa', name: 'נועה כהן' };
const noam: Mentionable = { kind: 'agent', id: 'noam', name: 'נועם' };
const rene: Mentionable = { kind: 'agent', id: 'rene', name: 'René Noack' };
const sales: Mentionable = { kind: 'team', id: 'sales', name: 'Sales' };
const everybody = [noa, noam, rene, sales];

const typed = (text: string) => findQuery(text, text.length);

describe('an @ in what an agent types', () => {
  it('begins a name at the start, after a space, a bracket, and what Hebrew writes before a name', () => {
    for (const text of ['@', 'hello @no', '(@no', 'שאלה ל־@נו', 'line\n@no']) expect(typed(text), text).not.toBeNull();
    expect(typed('hello @no')).toEqual({ at: 6, words: 'no' });
    expect(typed('hello @René Noa')).toEqual({ at: 6, words: 'René Noa' });
  });

  it('is none in an address, before a blank, or where the sentence went on', () => {
    for (const text of ['dana@shop', 'a @ b', '@ b', 'see @dana  and', '@one two three four five', 'x'])
      expect(typed(text), text).toBeNull();
  });

  it('is found where the caret stands, not at the end', () => {
    expect(findQuery('@no and more', 3)).toEqual({ at: 0, words: 'no' });
  });
});

describe('the names that fit', () => {
  it('begin with what was typed, in any word, with or without the marks of letters', () => {
    expect(fitting(everybody, '')).toEqual(everybody);
    expect(fitting(everybody, 'נו')).toEqual([noa, noam]);
    expect(fitting(everybody, 'כה')).toEqual([noa]);
    expect(fitting(everybody, 'rene')).toEqual([rene]);
    expect(fitting(everybody, 'NO')).toEqual([rene]);
    expect(fitting(everybody, 'sal')).toEqual([sales]);
    expect(fitting(everybody, 'zz')).toEqual([]);
  });
});

describe('a whisper that was refused and is written again', () => {
  const text = 'ask @René Noack or @Sales';
  const mentions = mentionsIn(text, [rene, sales]);
  const refused = { id: 'm-1', text, visibility: 'internal' as const, mentions, isWhisper: true as const, createdAt: 1 };

  it('is still one, and names whom it named', () => {
    const again = takenBack(refused, { text: '', visibility: 'public' });
    expect(again).toMatchObject({ text, visibility: 'internal', isWhisper: true });
    expect(mentionsIn(again.text, again.named ?? [])).toEqual(mentions);
  });

  it('makes a note of the reply that was begun meanwhile', () => {
    const again = takenBack(refused, { text: 'Dear customer', visibility: 'public', macro: { id: 'macro-1', version: 2 } });
    expect(again).toMatchObject({ text: `${text}\n\nDear customer`, visibility: 'internal', macro: { id: 'macro-1', version: 2 } });
  });

  it('leaves a reply a reply where nothing was begun', () => {
    const reply = { ...refused, visibility: 'public' as const };
    expect(takenBack(reply, { text: '', visibility: 'internal' }).visibility).toBe('public');
  });
});

describe('a chosen name', () => {
  it('takes the place of what was typed, and leaves one space behind it', () => {
    expect(withName('ask @no', { at: 4, words: 'no' }, 'René')).toEqual({ text: 'ask @René ', caret: 10 });
    expect(withName('ask @no today', { at: 4, words: 'no' }, 'René')).toEqual({ text: 'ask @René today', caret: 10 });
  });

  it('is a mention for as long as it stands in the text whole', () => {
    const text = 'אפשר @נועה כהן ו־@Sales?';
    expect(mentionsIn(text, [noa, sales])).toEqual([
      { agentId: 'noa', at: 5, length: 9 },
      { teamId: 'sales', at: 17, length: 6 },
    ]);
    expect(mentionsIn('אפשר @נועה', [noa])).toEqual([]);
    expect(mentionsIn('@Salesman', [sales])).toEqual([]);
  });

  it('is not taken for a shorter one that it begins with', () => {
    const ann: Mentionable = { kind: 'agent', id: 'ann', name: 'Ann' };
    const annLee: Mentionable = { kind: 'agent', id: 'annLee', name: 'Ann Lee' };
    expect(mentionsIn('@Ann Lee and @Ann', [ann, annLee])).toEqual([
      { agentId: 'annLee', at: 0, length: 8 },
      { agentId: 'ann', at: 13, length: 4 },
    ]);
  });
});
