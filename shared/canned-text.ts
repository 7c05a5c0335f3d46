/** Texts with variables: `{{contact.firstName}}`, with what to say where nothing is known: `{{contact.firstName|there}}`. */
import type { Contact } from './contact.ts';
import { type ByLanguage, type Language, toLanguage } from './language.ts';

/** What can be filled in; beside these `contact.fields.<key>`. */
export const variableNames = [
  'contact.firstName',
  'contact.name',
  'contact.email',
  'contact.phone',
  'contact.company',
  'agent.firstName',
  'agent.name',
  'business.name',
  'conversation.id',
] as const;

export interface Surroundings {
  contact: Pick<Contact, 'name' | 'company' | 'identities' | 'fields' | 'isMasked'> | null;
  agentName: string;
  business: string;
  conversationId: string;
}

/** A variable that nothing could be found for, and where it stands. */
export interface Gap {
  name: string;
  from: number;
  to: number;
}

const VARIABLE = /\{\{[ \t]*([\p{L}\p{N}][\p{L}\p{N}\p{M}_.\- ]{0,99}?)[ \t]*(?:\|([^{}\n]{0,200}))?\}\}/gu;

/** Fills in once: what a value holds is not looked into. What cannot be filled in stays as it is written. */
export function fillText(text: string, surroundings: Surroundings): string {
  return text.replace(VARIABLE, (whole, name: string, fallback?: string) => knownAs(name, surroundings) ?? fallback?.trim() ?? whole);
}

export function gapsIn(text: string): Gap[] {
  if (!text.includes('{{')) return [];
  return [...text.matchAll(VARIABLE)].map((match) => ({
    name: match[1] ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }));
}

function knownAs(name: string, { contact, agentName, business, conversationId }: Surroundings): string | undefined {
  const field = /^contact\.fields\.(.+)$/.exec(name)?.[1];
  if (field !== undefined) return told(contact?.isMasked ? null : contact?.fields[field]);
  switch (name) {
    case 'contact.firstName':
      return firstWord(contact?.name);
    case 'contact.name':
      return told(contact?.name);
    case 'contact.company':
      return told(contact?.company);
    case 'contact.email':
    case 'contact.phone':
      return identity(contact, name === 'contact.email' ? 'email' : 'phone');
    case 'agent.firstName':
      return firstWord(agentName);
    case 'agent.name':
      return told(agentName);
    case 'business.name':
      return told(business);
    case 'conversation.id':
      return told(conversationId);
    default:
      return undefined;
  }
}

function told(value: string | null | undefined): string | undefined {
  return value?.trim() || undefined;
}

function firstWord(name: string | null | undefined): string | undefined {
  return told(name)?.split(/\s+/)[0];
}

/** The verified one before what was only claimed; half-hidden values are none. */
function identity(contact: Surroundings['contact'], kind: 'email' | 'phone'): string | undefined {
  if (!contact || contact.isMasked) return undefined;
  const known = contact.identities.filter((one) => one.kind === kind);
  return (known.find(({ isVerified }) => isVerified) ?? known[0])?.value;
}

/** The first of these languages in which it is said, else whichever there is. */
export function languageFor(texts: ByLanguage, wished: readonly (string | null | undefined)[]): Language | null {
  for (const tag of wished) {
    const language = tag ? toLanguage(tag) : undefined;
    if (language && texts[language]?.trim()) return language;
  }
  return (Object.keys(texts) as Language[]).find((language) => texts[language]?.trim()) ?? null;
}
