/** A link that lets somebody in, as a letter: plain text and HTML of the same, in the direction of its language. */
import { toHtmlText } from '../mail/html-text.ts';
import type { LinkKind } from './account-link-store.ts';
import { type LetterLanguage, linkLetterTexts } from './texts/link-letter-texts.ts';

interface LetterParts {
  kind: LinkKind;
  url: string;
  business: string;
  language: LetterLanguage;
}

export function toLinkLetter({ kind, url, business, language }: LetterParts): { subject: string; text: string; html: string } {
  const texts = linkLetterTexts[language][kind];
  // A function, so that a business with `$&` in its name is called just that.
  const say = (key: keyof typeof texts) => texts[key].replaceAll('{business}', () => business);
  const direction = language === 'he' ? 'rtl' : 'ltr';
  const small = 'margin:12px 0 0;color:#5a6372;font-size:13px';
  return {
    subject: say('subject'),
    text: [say('intro'), '', url, '', say('lifetime'), '', '– –', say('sentBecause'), ''].join('\n'),
    html: `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${toHtmlText(say('subject'))}</title></head>
<body dir="${direction}" style="margin:0;padding:24px;background:#fff;color:#151a23;font:15px/22px system-ui,Arial,sans-serif">
<div style="max-width:600px;margin:0 auto">
<h1 style="margin:0 0 8px;font-size:20px;line-height:28px">${toHtmlText(say('subject'))}</h1>
<p style="margin:0 0 20px">${toHtmlText(say('intro'))}</p>
<p style="margin:0 0 20px"><a href="${toHtmlText(url)}" style="display:inline-block;padding:10px 18px;border-radius:10px;background:#0f766e;color:#fff;text-decoration:none">${toHtmlText(say('action'))}</a></p>
<p dir="ltr" style="margin:0 0 20px;overflow-wrap:anywhere">${toHtmlText(url)}</p>
<p style="${small}">${toHtmlText(say('lifetime'))}</p>
<p style="${small}">${toHtmlText(say('sentBecause'))}</p>
</div>
</body>
</html>
`,
  };
}
