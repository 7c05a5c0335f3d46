/** One of a list that was removed, back where it stood: whatever was done to the others since stays. */
export function putBack<Item extends { id: string }>(now: readonly Item[], item: Item, before: readonly Item[]): Item[] {
  if (now.some(({ id }) => id === item.id)) return [...now];
  const stoodBefore = before.slice(0, before.indexOf(item)).map(({ id }) => id);
  const place = now.findLastIndex(({ id }) => stoodBefore.includes(id)) + 1;
  return now.toSpliced(place, 0, item);
}
