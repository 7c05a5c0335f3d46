import { describe, expect, it } from 'vitest';
import { fillText, gapsIn, languageFor, type Surroundings } from '../../shared/canned-text.ts';

const ruth: Surroundings = {
  contact: {
    name: 'רות לוי',
    company: null,
    identities: [
      { kind: 'email', value: 'claimed@example.com', isVerified: false },
      { kind: 'email', value: 'ruth@example.com', isVerified: true },
    ],
    fields: { 'מספר הזמנה': '10482', plan: 'pro' },
  },
  agentName: 'Dana Cohen',
  business: 'חנות העציצים',
  conversationId: 'c-1',
};

describe('a canned text', () => {
  it.each([
    ['שלום {{contact.firstName}}!', 'שלום רות!'],
    ['Hi {{ contact.name }}, {{agent.firstName}} of {{business.name}} here', 'Hi רות לוי, Dana of חנות העציצים here'],
    ['to {{contact.email}}', 'to ruth@example.com'],
    ['order {{contact.fields.מספר הזמנה}} ({{contact.fields.plan|free}})', 'order 10482 (pro)'],
    ['{{contact.company|your company}}', 'your company'],
    ['a{{contact.company|}}b', 'ab'],
    ['{{ not closed', '{{ not closed'],
    ['{{{contact.firstName}}}', '{רות}'],
  ])('%s becomes %s', (text, said) => {
    expect(fillText(text, ruth)).toBe(said);
  });

  it('keeps in sight what nobody can fill in', () => {
    const said = fillText('Hi {{contact.phone}}, {{contact.nickname}}', ruth);
    expect(said).toBe('Hi {{contact.phone}}, {{contact.nickname}}');
    expect(gapsIn(said).map(({ name, from, to }) => [name, said.slice(from, to)])).toEqual([
      ['contact.phone', '{{contact.phone}}'],
      ['contact.nickname', '{{contact.nickname}}'],
    ]);
  });

  it('is not filled with what a visitor has called itself a variable', () => {
    const trickster = { ...ruth, contact: { ...ruth.contact, name: '{{agent.name}}' } as Surroundings['contact'] };
    expect(fillText('Hi {{contact.name}}', trickster)).toBe('Hi {{agent.name}}');
  });

  it('says nothing of what is hidden from the agent', () => {
    const masked = { ...ruth, contact: { ...ruth.contact, isMasked: true } as Surroundings['contact'] };
    expect(fillText('{{contact.email}} {{contact.fields.plan|?}} {{contact.firstName}}', masked)).toBe('{{contact.email}} ? רות');
  });

  it('is said in the first language that is wanted and there', () => {
    const texts = { en: 'Hello', he: 'שלום' };
    expect(languageFor(texts, ['ru-RU', 'iw'])).toBe('he');
    expect(languageFor(texts, [null, 'en-GB'])).toBe('en');
    expect(languageFor({ fr: 'Bonjour' }, ['he'])).toBe('fr');
    expect(languageFor({ he: ' ' }, ['he'])).toBeNull();
  });
});
