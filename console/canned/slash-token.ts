/** What is being looked for, and where it stands in the text. */
export interface SlashToken {
  from: number;
  to: number;
  query: string;
}

const QUERY_MAX = 60;

/** A slash at the beginning of a word, and what was typed behind it up to the caret. An address or a fraction is none. */
export function slashTokenAt(text: string, caret: number): SlashToken | null {
  const from = text.lastIndexOf('/', caret - 1);
  if (from === -1 || caret - from > QUERY_MAX || (from > 0 && !/\s/.test(text[from - 1] ?? ''))) return null;
  const query = text.slice(from + 1, caret);
  return /^\s|\n/.test(query) ? null : { from, to: caret, query };
}
