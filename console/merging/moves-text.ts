import { language, t } from '../texts/texts.ts';

/** In the order in which they matter; browsers and sent mail are nobody's business here. */
const shown = ['conversation', 'purchase', 'ticket', 'opportunity', 'task', 'document', 'activity', 'rating', 'consent'] as const;

/** "3 conversations, 1 rating"; empty where there is nothing. */
export function movesText(moves: Readonly<Record<string, number>>): string {
  const parts = shown.flatMap((kind) => (moves[kind] ? [t(`merge.moves.${kind}`, { count: moves[kind] })] : []));
  return new Intl.ListFormat(language.value, { type: 'unit' }).format(parts);
}
