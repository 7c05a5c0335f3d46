/** A person's data as one page without anything from elsewhere, to be read and kept. */
import { directionOf, type Language } from '../../shared/language.ts';
import type { OwnRecord } from '../../shared/own-record.ts';
import { toHtmlText } from '../mail/html-text.ts';
import { filedLists, filedRows } from './filed-record-page.ts';
import { type OwnRecordTexts, ownRecordTexts } from './texts/own-record-texts.ts';

export function toPage(data: OwnRecord, language: Language, timeZone: string): string {
  const texts = ownRecordTexts[language];
  const clock = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone, numberingSystem: 'latn' });
  const when = (at: number) => clock.format(at);
  const say = (key: keyof OwnRecordTexts, places: Record<string, string> = {}) =>
    toHtmlText(texts[key].replace(/\{(\w+)\}/g, (_, place: string) => places[place] ?? ''));
  const { profile } = data;
  const rows: [string, string | null][] = [
    [say('name'), profile.name],
    [say('company'), profile.company],
    ...data.identities.map(({ kind, value, isVerified }): [string, string] => [
      say(kind) + (isVerified ? ` (${say('verified')})` : ''),
      value,
    ]),
    ...Object.entries(profile.fields).map(([key, value]): [string, string] => [toHtmlText(key), value]),
    ...filedRows(data, language),
    [say('tags'), profile.tags.join(', ')],
    [say('language'), profile.locale && languageName(profile.locale, language)],
    [say('consentAt'), profile.consentAt && when(profile.consentAt)],
    [say('consentText'), profile.consentText],
    [say('firstSeenAt'), profile.firstSeenAt && when(profile.firstSeenAt)],
    [say('lastSeenAt'), profile.lastSeenAt && when(profile.lastSeenAt)],
    [say('lastPage'), profile.lastPage && [profile.lastPage.title, profile.lastPage.url].filter(Boolean).join('\n')],
  ].filter((row): row is [string, string] => Boolean(row[1]));
  const conversations = data.conversations.map(
    ({ startedAt, messages }) =>
      `<h2>${say('conversation', { when: when(startedAt) })}</h2>${messages
        .map(({ author, text, attachments, createdAt }) => {
          const name = author.kind === 'visitor' ? texts.you : (author.name ?? data.business);
          const files = attachments.map(({ name: file, url }) => `<br>${link(file, url)}`).join('');
          return `<p class="m"><small><bdi>${toHtmlText(name)}</bdi> · ${when(createdAt)}</small><span dir="auto">${toHtmlText(text)}${files}</span></p>`;
        })
        .join('')}`,
  );
  const list = (title: keyof OwnRecordTexts, lines: string[]) =>
    lines.length === 0 ? '' : `<h2>${say(title)}</h2><ul>${lines.map((line) => `<li dir="auto">${line}</li>`).join('')}</ul>`;
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say('title', { business: data.business })}</title>
<style>body{max-width:720px;margin:24px auto;padding:0 16px;font:16px/24px system-ui,Arial,sans-serif;color:#151a23}h1{font-size:24px}h2{margin-top:32px;font-size:18px}
dt,small{color:#5a6372;font-size:13px}dd{margin:0 0 8px;unicode-bidi:plaintext;text-align:start}.m{margin:12px 0}dd,li{white-space:pre-wrap;overflow-wrap:anywhere}.m span{display:block;white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
<body><h1>${say('title', { business: data.business })}</h1>
<p>${say('about', { when: when(data.exportedAt) })}${data.isVerified ? '' : ` ${say('onlyThisBrowser')}`}${data.isShortened ? ` ${say('shortened')}` : ''}</p>
<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${toHtmlText(value ?? '')}</dd>`).join('')}</dl>
${conversations.join('\n')}
${list(
  'ratings',
  data.ratings.map(({ score, comment, ratedAt }) => `${score}/5 · ${when(ratedAt)}${comment ? ` · ${toHtmlText(comment)}` : ''}`),
)}
${list(
  'callbacks',
  data.callbacks.map(
    ({ phone, dueAt, note, doneAt, tries }) =>
      `<bdi dir="ltr">${toHtmlText(phone)}</bdi> · ${when(dueAt)}${note ? ` · ${toHtmlText(note)}` : ''}${tries.map(({ at }) => ` · ☎ ${when(at)}`).join('')}${doneAt ? ` · ${say('doneAt', { when: when(doneAt) })}` : ''}`,
  ),
)}
${list(
  'tickets',
  data.tickets.map(({ number, subject, update, openedAt }) =>
    [`#${number} ${toHtmlText(subject)}`, when(openedAt), update && toHtmlText(update)].filter(Boolean).join(' · '),
  ),
)}
${filedLists(data, { language, texts, when })
  .map(([title, lines]) => list(title, lines))
  .join('\n')}
${list(
  'events',
  data.events.map(({ name, properties, at }) => {
    const told = Object.entries(properties).map(([key, value]) => ` · <bdi>${toHtmlText(key)}: ${toHtmlText(value)}</bdi>`);
    return `${toHtmlText(name)} · ${when(at)}${told.join('')}`;
  }),
)}
${list(
  'letters',
  data.letters.map(
    ({ to, subject, at }) => `<bdi dir="ltr">${toHtmlText(to)}</bdi> · ${[toHtmlText(subject), when(at)].filter(Boolean).join(' · ')}`,
  ),
)}
${list(
  'activities',
  data.activities.map(({ kind, at, title, text }) =>
    [kindMarks[kind], when(at), toHtmlText(title ?? ''), toHtmlText(text ?? '')].filter(Boolean).join(' · '),
  ),
)}
</body></html>
`;
}

const kindMarks = { call: '☎', email: '@', letter: '✉', fax: '⎙', meeting: '⌚' } as const;

/** As it is called in the page's language; a tag that nobody knows stays as it is. */
function languageName(tag: string, language: Language): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function link(name: string, url: string): string {
  return /^https?:\/\//i.test(url) ? `<a href="${toHtmlText(url)}" rel="noopener noreferrer">${toHtmlText(name)}</a>` : toHtmlText(name);
}
