/** Roots near enough for matching: what a language puts before and behind its words is taken off. */

const hebrewPrefix = /^(?:וכש|ושה|שה|וש|וה|ול|וב|ומ|כש|לכש|מה|[והבכלמש])(?=.{3})/;
const hebrewSuffix = /(?<=.{3})(?:ימ|ות|יות|ה|ת|י|נו|כמ|יי)$/;
const arabicPrefix = /^(?:وال|بال|فال|كال|لل|ال|هال|عال|[وفبلك](?=ال)|ب(?=[تنيا])|ح(?=[تني]))(?=.{3})/;
const arabicSuffix = /(?<=.{3})(?:كم|هم|ها|نا|ين|ون|ات|ني|تي|ته|تك|يه|ه|ي|ك|ش)$/;
const russianSuffix =
  /(?<=.{3})(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ешь|ишь|ете|ите|ать|ять|ить|еть|ала|ила|али|или|ует|ают|яют|ться|тся|лся|лась|лось|ах|ях|ой|ей|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|ом|ем|ов|ев|ет|ит|ут|ют|ат|ят|ам|ям|ию|ия|ии|ть|ла|ло|ли|л|а|я|о|е|ы|и|у|ю|ь|й)$/;
const englishSuffix = /(?<=.{3})(?:ations?|ings?|edly|ed|ies|es|ers?|ly|s|e|y)$/;

const hebrew = /^[\u05D0-\u05EA]/;
const arabic = /^[\u0620-\u064A]/;
const cyrillic = /^[\u0400-\u04FF]/;

export function stemOf(word: string): string {
  if (hebrew.test(word)) return word.replace(hebrewPrefix, '').replace(hebrewSuffix, '');
  if (arabic.test(word)) return word.replace(arabicPrefix, '').replace(arabicSuffix, '');
  if (cyrillic.test(word)) return word.replace(russianSuffix, '');
  return word.replace(englishSuffix, '').replace(/([^aeiou])\1$/, '$1');
}
