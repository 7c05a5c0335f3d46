/** The HTML that every letter of ours has around it, in the direction of its language. */
import { directionOf, type Language } from '../../shared/language.ts';
import { toHtmlText } from './html-text.ts';

interface LetterFrame {
  language: Language;
  /** Also the letter's heading. */
  title: string;
  intro: readonly string[];
  /** HTML. */
  body: string;
  foot: readonly string[];
}

export function toHtmlLetter({ language, title, intro, body, foot }: LetterFrame): string {
  const direction = directionOf(language);
  const paragraphs = (style: string, lines: readonly string[]) =>
    lines.map((line) => `<p style="${style}">${toHtmlText(line)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${toHtmlText(title)}</title></head>
<body dir="${direction}" style="margin:0;padding:24px;background:#fff;color:#151a23;font:15px/22px system-ui,Arial,sans-serif">
<div style="max-width:600px;margin:0 auto">
<h1 style="margin:0 0 8px;font-size:20px;line-height:28px">${toHtmlText(title)}</h1>
${paragraphs('margin:0 0 20px', intro)}
${body}
${paragraphs('margin:12px 0 0;color:#5a6372;font-size:13px', foot)}
</div>
</body>
</html>
`;
}

/** Puts names into a sentence as they are: a business may be called `$&`. */
export function filled(sentence: string, places: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole);
}
