/** Whether what a visitor wrote asks something, and what is the same question for who counts. */
import { createHash } from 'node:crypto';
import type { Language } from '../../shared/language.ts';
import { languageOf } from '../answers/question-language.ts';
import { isCourtesy } from '../grouping/courtesies.ts';
import { readLibrary } from '../matching/library.ts';
import { toPlain, wordsOf } from '../matching/plain-words.ts';

/** How people greet, thank and part. */
const smallTalkIntents = new Set(['greeting', 'thanks', 'goodbye']);
const filler =
  'כן לא אוקיי אוקי ok okay yes no נכון בסדר סבבה מעולה sure right great נהדר yep nope אה hmm да нет ок хорошо نعم لا تمام طيب hi hey hello שלום היי הי ' +
  'thanks thank you thx תודה רבה спасибо شكرا bye ביי להתראות привет здравствуйте مرحبا اهلا הלו test בדיקה';

const asking =
  // Hebrew
  'מה מהם מהן מהי מהו מתי ממתי איפה היכן מאיפה לאן איך כיצד כמה למה מדוע האם מי איזה איזו אילו אפשר ניתן יש תוכלו תוכל תוכלי אשמח רוצה צריך צריכה ' +
  'מחפש מחפשת מבקש מבקשת מעוניין מעוניינת בכמה עולה ' +
  // English
  'what whats when where how why who which whose can could do does did is are will would may should have has any anyone looking wondering ' +
  // Arabic
  'ما ماذا متى اين وين كيف كم لماذا ليش هل من اي ممكن بدي اريد عندكم شو قديش ' +
  // Russian
  'что когда где как почему зачем кто какой какая какие какое сколько можно есть ли куда откуда хочу нужно ' +
  // French, Spanish, German, Portuguese
  'quand comment combien pourquoi quel quelle est-ce puis-je cuando donde como cuanto cuesta puedo hay wann wie wo warum wieviel kann gibt quando onde quanto posso tem';

const plainSet = (words: string) => new Set(words.split(/\s+/).map(toPlain).filter(Boolean));
const askingWords = plainSet(asking);
const fillerWords = plainSet(filler);
const questionMark = /[?？؟⸮]/;
let smallTalk: ReadonlySet<string> | undefined;

/** Greetings, thanks, good-byes, a yes or no, numbers, smileys: words that ask nothing whoever says them. */
export function isSmallTalk(text: string): boolean {
  const plain = toPlain(text);
  const words = wordsOf(plain).filter((word) => word !== '0');
  if (words.join('').length < 2) return true;
  smallTalk ??= new Set(
    readLibrary()
      .filter(({ id }) => smallTalkIntents.has(id))
      .flatMap(({ phrasings, question }) => [...Object.values(phrasings).flat(), ...Object.values(question)])
      .map(toPlain),
  );
  return smallTalk.has(plain) || isCourtesy(plain) || words.every((word) => fillerWords.has(word));
}

/** What begins a conversation says what it is about, even where it is no question in form. */
export function saysEnough(text: string): boolean {
  const words = wordsOf(toPlain(text)).filter((word) => word !== '0');
  return words.length >= 2 || (words.length === 1 && (questionMark.test(text) || (words[0] as string).length >= 4));
}

/** Later in a conversation much is said in answer to an agent: only what is put as a question counts. */
export function asksSomething(text: string): boolean {
  const words = wordsOf(toPlain(text)).filter((word) => word !== '0');
  if (words.length === 0) return false;
  if (questionMark.test(text)) return words.length >= 2;
  return words.length >= 3 && words.slice(0, 3).some((word) => askingWords.has(word));
}

/** The same for questions that differ only in numbers, points, accents and capital letters; '' where there are no words. */
export function likenessOf(text: string): string {
  const plain = toPlain(text);
  return wordsOf(plain).length === 0 ? '' : createHash('sha256').update(plain).digest('base64url').slice(0, 21);
}

/** Nobody's locale decides here: what says nothing of its language, like a number, is in none. */
export function languageOfText(text: string): Language | '' {
  return /\p{L}/u.test(text) ? languageOf(text, null) : '';
}
