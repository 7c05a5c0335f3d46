/**
 * The names that a condition asks for while a tag gets another one. Until nothing carries the old name any more, whoever asks for any of
 * several, or for none, asks for both; whoever asks for all of them goes on asking for the old one until then.
 */
export function turnedNames(
  names: readonly string[],
  op: 'any' | 'all' | 'none',
  { from, to, isOver, most }: { from: string; to: string; isOver: boolean; most: number },
): string[] {
  const isOnce = isOver || (op !== 'all' && names.length >= most && !names.includes(to));
  if (!isOnce && op === 'all') return [...names];
  return [...new Set(names.flatMap((name) => (name !== from ? name : isOnce ? to : [name, to])))];
}
