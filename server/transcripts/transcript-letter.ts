/** A conversation as a letter: plain text and HTML of the same, in the reader's language and direction. */
import type { Language } from '../../shared/language.ts';
import type { Message } from '../../shared/message.ts';
import { toHtmlText } from '../mail/html-text.ts';
import { filled, toHtmlLetter } from '../mail/letter-frame.ts';
import { ar } from './texts/ar.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { he } from './texts/he.ts';
import { pt } from './texts/pt.ts';
import { ru } from './texts/ru.ts';
import type { TranscriptTexts } from './texts/transcript-texts.ts';

const texts: Record<Language, TranscriptTexts> = { he, en, ar, ru, fr, es, de, pt };

export interface LetterParts {
  business: string;
  visitorName: string | null;
  messages: readonly Message[];
  isShortened: boolean;
  language: Language;
  /** BCP 47, with the region that decides how times are written. */
  locale: string;
  timeZone: string;
}

export function toLetter(parts: LetterParts): { subject: string; text: string; html: string } {
  const { business, messages, isShortened, language, locale, timeZone } = parts;
  const say = (key: keyof TranscriptTexts) => filled(texts[language][key], { business, zone: zoneName(locale, timeZone) });
  const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone, numberingSystem: 'latn' });
  const said = messages
    .filter(({ author, visibility }) => visibility === 'public' && author.kind !== 'system')
    .map((message) => ({
      name: message.author.kind === 'visitor' ? (parts.visitorName ?? say('you')) : (message.author.name ?? business),
      isOwn: message.author.kind === 'visitor',
      when: clock.format(message.createdAt),
      text: [message.text, ...message.attachments.map(({ name }) => `[${name}]`)].filter(Boolean).join('\n'),
    }));
  const intro = [say('intro'), ...(isShortened ? [say('shortened')] : [])];
  const foot = [say('times'), say('sentBecause')];
  return {
    subject: say('subject'),
    text: [...intro, '', ...said.flatMap(({ name, when, text }) => [`${name} · ${when}`, text, '']), '– –', ...foot, ''].join('\n'),
    html: toHtmlLetter({ language, title: say('subject'), intro, body: said.map(toBubble).join('\n'), foot }),
  };
}

interface Said {
  name: string;
  isOwn: boolean;
  when: string;
  text: string;
}

function toBubble({ name, isOwn, when, text }: Said): string {
  return `<div style="margin:0 0 16px">
<div style="color:#5a6372;font-size:13px"><bdi>${toHtmlText(name)}</bdi> · ${toHtmlText(when)}</div>
<div dir="auto" style="margin-top:4px;padding:8px 12px;border-radius:12px;background:${isOwn ? '#e6f0ed' : '#f1f3f6'};white-space:pre-wrap;overflow-wrap:anywhere">${toHtmlText(text)}</div>
</div>`;
}

function zoneName(locale: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'long' }).formatToParts(0);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
