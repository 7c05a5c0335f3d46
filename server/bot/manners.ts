/** What is no question for an answer: that somebody wants a person, or only says hello, thanks or goodbye. */
import { readLibrary } from '../matching/library.ts';
import { toPlain } from '../matching/plain-words.ts';

export type SmallTalk = 'talk-to-person' | 'greeting' | 'thanks' | 'goodbye';

const kinds: readonly SmallTalk[] = ['talk-to-person', 'greeting', 'thanks', 'goodbye'];
/** Whoever writes more than this has something to ask besides. */
const WORDS_MAX = 12;

let known: Map<string, SmallTalk> | undefined;

/** As the library knows it; a longer message that holds one of its ways of asking for a person asks for one, too. */
export function smallTalkOf(text: string): SmallTalk | null {
  const plain = toPlain(text);
  const found = phrases().get(plain);
  if (found) return found;
  if (plain.split(' ').length > WORDS_MAX) return null;
  for (const [phrase, kind] of phrases()) {
    const isWhole = kind === 'talk-to-person' && phrase.includes(' ') && ` ${plain} `.includes(` ${phrase} `);
    if (isWhole) return kind;
  }
  return null;
}

function phrases(): Map<string, SmallTalk> {
  known ??= new Map(
    readLibrary().flatMap(({ id, question, phrasings }) => {
      const kind = kinds.find((one) => one === id);
      if (!kind) return [];
      const said = [...Object.values(question), ...Object.values(phrasings).flat()];
      return said.map((phrase): [string, SmallTalk] => [toPlain(phrase), kind]).filter(([plain]) => plain !== '');
    }),
  );
  return known;
}
