/** The words of an HTML mail as plain text. Nothing of it is ever shown as HTML, so what is left over of a tag is only ugly. */

/** More is cut off: a newsletter is no answer. */
const HTML_MAX = 1_000_000;
const SILENT = /^(?:head|style|script|title|template|noscript|object|svg|math|iframe|textarea|select)$/;
const LINE = /^(?:p|div|tr|table|ul|ol|h[1-6]|section|article|header|footer|address|pre|dl|dt|dd|form|hr|li|blockquote)$/;
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  shy: '',
};

/** What others wrote before, which mail programs put into `blockquote` or an element of their own, has `> ` before each line. */
export function toWords(html: string): string {
  const source = html.slice(0, HTML_MAX);
  const lines: string[] = [''];
  const quotes: string[] = [];
  let silent: string | null = null;
  let at = 0;
  const breakLine = () => {
    if (lines.at(-1) !== '') lines.push('');
  };
  const say = (text: string) => {
    const words = decode(text).replace(/\s+/g, ' ');
    const line = lines.at(-1) ?? '';
    if (words.trim() === '' && (line === '' || line.endsWith(' '))) return;
    const prefix = line === '' ? '> '.repeat(Math.min(quotes.length, 3)) : '';
    lines[lines.length - 1] = line + prefix + (line === '' || line.endsWith(' ') ? words.trimStart() : words);
  };
  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open === -1) {
      if (silent === null) say(source.slice(at));
      break;
    }
    if (silent === null && open > at) say(source.slice(at, open));
    if (source.startsWith('<!--', open)) {
      const end = source.indexOf('-->', open + 4);
      at = end === -1 ? source.length : end + 3;
      continue;
    }
    const end = source.indexOf('>', open);
    if (end === -1) break;
    const tag = source.slice(open + 1, end);
    at = end + 1;
    const isEnd = tag.startsWith('/');
    const name = /^\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (silent !== null) {
      if (isEnd && name === silent) silent = null;
      continue;
    }
    if (!isEnd && SILENT.test(name) && !tag.endsWith('/')) {
      silent = name;
      continue;
    }
    if (name === 'br') lines.push('');
    if (LINE.test(name)) breakLine();
    if (!isEnd && isQuote(name, tag)) quotes.push(name);
    else if (isEnd && quotes.at(-1) === name && name === 'blockquote') quotes.pop();
    if (name === 'li' && !isEnd) say('• ');
  }
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function isQuote(name: string, tag: string): boolean {
  return (
    name === 'blockquote' || /\b(?:id|class)\s*=\s*["']?(?:gmail_quote|divRplyFwdMsg|appendonsend|yahoo_quoted|moz-cite-prefix)/.test(tag)
  );
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));?/g, (whole, ten, sixteen, name) => {
    if (name !== undefined) return named[String(name)] ?? whole;
    const code = ten === undefined ? Number.parseInt(sixteen, 16) : Number(ten);
    const isLetter = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isLetter ? String.fromCodePoint(code) : code === 9 || code === 10 || code === 13 ? ' ' : '';
  });
}
