import type { CannedResponse } from '../../shared/canned-response.ts';
import { fillText, languageFor, type Surroundings } from '../../shared/canned-text.ts';
import type { ByLanguage } from '../../shared/language.ts';
import type { Macro } from '../../shared/macro.ts';
import type { Offer } from '../canned/offers.ts';
import type { Repertoire } from '../canned/repertoire.ts';

/** What a composer needs to offer canned responses and macros. */
export interface QuickSource {
  repertoire: Repertoire;
  surroundings: Surroundings;
  /** In which a reply is wanted: the visitor's, then the agent's. */
  languages: readonly (string | null)[];
  onMacro: (macro: Macro) => void;
}

/** In the language that is wanted, with what is known filled in. */
function sayIn({ languages, surroundings }: Pick<QuickSource, 'languages' | 'surroundings'>, texts: ByLanguage): string {
  const language = languageFor(texts, languages);
  return language ? fillText(texts[language] ?? '', surroundings) : '';
}

/** What an offer would say; a macro's reply may be a canned response that is gone. */
export function replyOf(source: QuickSource, offer: Offer): { text: string; response: CannedResponse | null } | null {
  if (offer.kind === 'canned') return { text: sayIn(source, offer.response.texts), response: offer.response };
  const { reply } = offer.macro.steps;
  if (!reply) return null;
  if ('texts' in reply) return { text: sayIn(source, reply.texts), response: null };
  const response = source.repertoire.canned.get(reply.cannedId);
  return response ? { text: sayIn(source, response.texts), response } : null;
}
