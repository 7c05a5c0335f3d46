import { tokenize } from 'linkifyjs';

/** Fetched only when a message looks as if it held an address: the library is a third of the widget. */
export interface TextPart {
  text: string;
  href?: string;
}

const safeAddress = /^(https?:\/\/|mailto:)/i;
const phoneAddress = /(tel:\+?\d[\d.()-]{4,})/i;

/** The text in order, whole, with the addresses in it. Anything but http(s), mailto and tel stays text. */
export function splitLinks(text: string): TextPart[] {
  return tokenize(text).flatMap((token) => {
    const href = token.isLink ? token.toHref('https') : '';
    return safeAddress.test(href) ? [{ text: token.toString(), href }] : splitPhones(token.toString());
  });
}

function splitPhones(text: string): TextPart[] {
  // What the pattern captures stands at the odd places.
  return text.split(phoneAddress).map((part, index) => (index % 2 === 1 ? { text: part, href: part } : { text: part }));
}
