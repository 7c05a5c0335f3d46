/** Where a mail's own words end, and what it quotes of the mails before begins. */

/** Of these programs: Gmail, Apple Mail, Thunderbird (On … wrote:), and Outlook (a line, or From: and Sent: under each other). */
const heads: readonly RegExp[] = [
  /^[>\s]*-{2,}\s*(?:original message|הודעה מקורית|forwarded message|ursprüngliche nachricht|message d'origine|исходное сообщение|الرسالة الأصلية)\s*-{2,}/i,
  /^[>\s]*_{20,}\s*$/,
  /^[>\s]*(?:on|am|le|el|il|op|em)\s.{6,200}\s(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu)\s?:\s*$/i,
  /^[>\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*(?:בתאריך|ב-|ביום)\s?.{6,200}(?:כתב|כתבה|כתב\/ה|כתבו|מאת)[^\n]{0,120}:\s*[\u200e\u200f\u202c\u2069]*\s*$/,
  /^[>\s]*.{0,60}\d{4}.{0,160}<[^<>@\s]+@[^<>@\s]+>[^:\n]{0,40}:\s*[\u200e\u200f]*$/,
];
const outlookFrom = /^[>\s*]*(?:from|מאת|von|de|от|من)\s?\*?:\s*\S/i;
const outlookNext = /^[>\s*]*(?:sent|date|נשלח|תאריך|gesendet|datum|envoyé|enviado|отправлено|дата|تاريخ)\s?\*?:\s*\S/i;

export function splitQuoted(text: string): { text: string; quoted: string | null } {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const start = startOfQuote(lines);
  const own = lines.slice(0, start).join('\n').trim();
  const quoted = lines.slice(start).join('\n').trim();
  // Answered below or between the quoted lines: all of it is the answer.
  if (own === '') return { text: text.trim(), quoted: null };
  return { text: own, quoted: quoted === '' ? null : quoted };
}

function startOfQuote(lines: readonly string[]): number {
  const tail = startOfTail(lines);
  for (let at = 0; at < lines.length; at += 1) {
    // Mail programs break a long "On … wrote:" in two.
    const [line = '', next = ''] = [lines[at]?.slice(0, 400), lines[at + 1]?.slice(0, 400)];
    if (heads.some((head) => head.test(line) || (line.length < 200 && next.length < 200 && head.test(`${line} ${next}`)))) return at;
    if (outlookFrom.test(line) && [next, lines[at + 2] ?? ''].some((later) => outlookNext.test(later.slice(0, 400)))) return at;
    if (at >= tail && line.startsWith('>')) return at;
  }
  return lines.length;
}

/** From here on there is nothing but lines that quote, and empty ones. */
function startOfTail(lines: readonly string[]): number {
  let tail = lines.length;
  while (tail > 0 && /^>|^\s*$/.test(lines[tail - 1] ?? '')) tail -= 1;
  return tail;
}
