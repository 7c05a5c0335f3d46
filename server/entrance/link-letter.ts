/** A link that lets somebody in, as a letter: plain text and HTML of the same, in the direction of its language. */
import { toHtmlText } from '../mail/html-text.ts';
import { filled, toHtmlLetter } from '../mail/letter-frame.ts';
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
  const say = (key: keyof typeof texts) => filled(texts[key], { business });
  return {
    subject: say('subject'),
    text: [say('intro'), '', url, '', say('lifetime'), '', '– –', say('sentBecause'), ''].join('\n'),
    html: toHtmlLetter({
      language,
      title: say('subject'),
      intro: [say('intro')],
      body: `<p style="margin:0 0 20px"><a href="${toHtmlText(url)}" style="display:inline-block;padding:10px 18px;border-radius:10px;background:#0f766e;color:#fff;text-decoration:none">${toHtmlText(say('action'))}</a></p>
<p dir="ltr" style="margin:0 0 20px;overflow-wrap:anywhere">${toHtmlText(url)}</p>`,
      foot: [say('lifetime'), say('sentBecause')],
    }),
  };
}
