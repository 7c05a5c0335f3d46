/** The page of one promised call: plain HTML that works without a script. */
import { directionOf } from '../../shared/language.ts';
import { toHtmlText } from '../mail/html-text.ts';
import type { CallbackWords } from './callback-words.ts';

export interface CallbackPage {
  words: CallbackWords;
  state: 'open' | 'calling' | 'cancelled' | 'over';
  /** What has just been done, as the address says: moved, taken. */
  said: string;
  /** Masked: whoever has the link need not know the number. */
  phone: string;
  slots: readonly number[];
  /** It has a time, so "as soon as possible" would be another one. */
  mayBeSoon: boolean;
}

export const callbackPageStyle = `:root{color-scheme:light dark;--ground:#fff;--text:#151a23;--soft:#5a6372;--line:#8a93a3;--card:#f4f6f8;--accent:#0b6b60;--on:#fff;--bad:#a5281b}
@media(prefers-color-scheme:dark){:root{--ground:#14181f;--text:#eef1f5;--soft:#a7b0be;--line:#6c7686;--card:#1d232c;--accent:#4fc3b1;--on:#06221e;--bad:#ff9d90}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);font:16px/24px system-ui,"Segoe UI","Noto Sans Hebrew","Noto Sans Arabic",Arial,sans-serif}
main{max-width:480px;margin:0 auto;padding:32px 20px 48px}h1{margin:0 0 16px;font-size:22px;line-height:28px;overflow-wrap:anywhere}h2{margin:32px 0 8px;font-size:16px}
.promise{margin:0;padding:16px;border-radius:12px;background:var(--card);font-size:18px}.promise small{display:block;margin-top:4px;color:var(--soft);font-size:14px}
.said{margin:0 0 16px;padding:12px 16px;border:1px solid var(--accent);border-radius:12px}.said.bad{border-color:var(--bad);color:var(--bad)}
label{display:block;margin-bottom:4px;color:var(--soft);font-size:14px}select,button{width:100%;min-height:48px;padding:8px 14px;border:1px solid var(--line);border-radius:10px;background:var(--ground);color:inherit;font:inherit}
button{margin-top:12px;border-color:var(--accent);background:var(--accent);color:var(--on);font-weight:600;cursor:pointer}button.quiet{margin-top:0;border-color:var(--bad);background:transparent;color:var(--bad)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}`;

export function toCallbackPage({ words, state, said, phone, slots, mayBeSoon }: CallbackPage): string {
  const { say } = words;
  const text = (key: Parameters<typeof say>[0], places?: Record<string, string>) => toHtmlText(say(key, places));
  const number = text('number', { phone: '\u0000' }).replace('\u0000', `<bdi dir="ltr">${toHtmlText(phone)}</bdi>`);
  const zone = `<small>${text('zone', { zone: words.zone })}</small>`;
  const promise = `<p class="promise">${toHtmlText(words.promise)}<small>${number}</small>${zone}</p>`;
  const saying = said === 'moved' ? `<p class="said" role="status">${text('moved')}</p>` : '';
  const refusal = said === 'taken' ? `<p class="said bad" role="alert">${text('taken')}</p>` : '';
  const body =
    state === 'open'
      ? refusal + saying + promise + moveForm(words, slots, mayBeSoon) + cancelForm(words)
      : `<p class="promise" role="status">${text(state)}</p>`;
  return frame(words.language, say('title'), body);
}

/** For a link that leads nowhere. */
export function toUnknownPage({ language, say }: Pick<CallbackWords, 'language' | 'say'>): string {
  return frame(language, say('unknown'), '');
}

function moveForm({ say, day, hour }: CallbackWords, slots: readonly number[], mayBeSoon: boolean): string {
  const title = `<h2 id="move">${toHtmlText(say('moveTitle'))}</h2>`;
  if (slots.length === 0 && !mayBeSoon) return `${title}<p>${toHtmlText(say('noTimes'))}</p>`;
  const days = new Map<string, number[]>();
  for (const slot of slots) days.set(day(slot), [...(days.get(day(slot)) ?? []), slot]);
  const groups = [...days].map(([name, times]) => {
    const options = times.map((at) => `<option value="${at}">${toHtmlText(hour(at))}</option>`).join('');
    return `<optgroup label="${toHtmlText(name)}">${options}</optgroup>`;
  });
  const soon = mayBeSoon ? `<option value="soon">${toHtmlText(say('soonOption'))}</option>` : '';
  return `${title}<form method="post" aria-labelledby="move"><input type="hidden" name="wish" value="move">
<label for="at">${toHtmlText(say('when'))}</label><select id="at" name="at" required>${soon}${groups.join('')}</select>
<button type="submit">${toHtmlText(say('move'))}</button></form>`;
}

function cancelForm({ say }: CallbackWords): string {
  return `<h2 id="cancel">${toHtmlText(say('cancelTitle'))}</h2><form method="post" aria-labelledby="cancel"><input type="hidden" name="wish" value="cancel">
<button type="submit" class="quiet">${toHtmlText(say('cancel'))}</button></form>`;
}

function frame(language: CallbackWords['language'], title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow">
<title>${toHtmlText(title)}</title><style>${callbackPageStyle}</style></head>
<body><main><h1>${toHtmlText(title)}</h1>${body}</main></body>
</html>
`;
}
