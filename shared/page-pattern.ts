/**
 * `*` stands for anything, also for nothing. A pattern that begins with `http` is compared with the whole address, any other
 * with path and query; one that says nothing of a query fits with any. Case and the fragment do not matter.
 */
export function fitsPage(pattern: string, { origin, pathname, search }: { origin: string; pathname: string; search: string }): boolean {
  const isWhole = /^https?:/i.test(pattern);
  const path = isWhole || pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const address = (isWhole ? origin : '') + pathname + (path.includes('?') ? search : '');
  return fits(readable(path).split('*'), readable(address));
}

/** Piece by piece instead of by a regular expression, which some patterns could keep busy for minutes. */
function fits(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** Hebrew addresses are written with their letters by people and with percent signs by browsers. */
function readable(address: string): string {
  try {
    return decodeURI(address).toLowerCase();
  } catch {
    return address.toLowerCase();
  }
}
