/** In which language a question is asked: the script says it, and where several share one, their smallest words do. */
import { type Language, toLanguage } from '../../shared/language.ts';

const scripts: readonly { letters: RegExp; languages: readonly Language[] }[] = [
  { letters: /\p{Script=Hebrew}/gu, languages: ['he'] },
  { letters: /\p{Script=Arabic}/gu, languages: ['ar'] },
  { letters: /\p{Script=Cyrillic}/gu, languages: ['ru'] },
  { letters: /\p{Script=Latin}/gu, languages: ['en', 'fr', 'es', 'de', 'pt'] },
];

/** Words that hardly a question goes without. What two languages share says nothing, and is in neither list. */
const smallWords: Partial<Record<Language, ReadonlySet<string>>> = {
  en: wordSet(
    'the is are am was were my your you i we they it what when where how who which why can could would will do does did have has had and not with from for this that there to of please want need get any order hello hi thanks if at be been much long time',
  ),
  fr: wordSet(
    "le la les un une des du est sont je j'ai vous nous mon ma mes votre vos quel quelle quels comment où quand pourquoi combien peut pouvez puis avez avec pour dans sur pas ne ce cette bonjour merci commande livraison est-ce qu'est c'est d'un il elle ils au aux être fait colis ouvert",
  ),
  es: wordSet(
    'el los las una del es son está están mi mis su sus usted ustedes yo qué cuál cómo dónde cuándo cuánto cuánta quién puedo puede pueden tengo tienen hay con por pero esto esta este hola gracias pedido envío quiero necesito mañana hacer tienda cuesta abren abierto',
  ),
  de: wordSet(
    'der die das den dem ein eine einen ist sind ich sie wir mein meine ihr ihre was wie wo wann warum welche kann können habe haben gibt mit für auf nicht kein keine bitte danke hallo bestellung lieferung möchte zu und von im am noch wird werden lange viel kostet',
  ),
  pt: wordSet(
    'o os as um uma dos das é são está meu minha meus minhas seu sua você vocês eu qual quais como onde quando quanto quem posso pode podem tenho têm tem há com não isso esta este olá obrigado obrigada pedido entrega quero preciso até fazer loja vocês custa abre fica',
  ),
};
const ownLetters: Partial<Record<Language, RegExp>> = { fr: /[èêëœçùîû]/g, es: /[ñ¿¡]/g, de: /[ßäöü]/g, pt: /[ãõ]/g };

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/**
 * `locale` is the visitor's, `wishes` the languages that answers have, the dearest first: they decide where the text says nothing, or
 * fits several equally well.
 */
export function languageOf(text: string, locale: string | null, wishes: readonly Language[] = []): Language {
  const read = text.slice(0, 2_000).normalize('NFC').toLowerCase();
  const wished = [toLanguage(locale ?? ''), ...wishes].filter((wish) => wish !== undefined);
  const counted = scripts.map(({ letters, languages }) => ({ languages, count: read.match(letters)?.length ?? 0 }));
  // A brand, a link or "ok" in the middle of a Hebrew sentence does not make it English.
  const latin = counted.at(-1) as (typeof counted)[number];
  const others = counted.slice(0, -1).toSorted((one, other) => other.count - one.count);
  const [first] = others;
  const spoken = first && first.count > 0 && first.count * 3 >= latin.count ? first : latin;
  if (spoken.count === 0) return wished[0] ?? 'he';
  if (spoken.languages.length === 1) return spoken.languages[0] as Language;
  return bestOf(read, spoken.languages, wished);
}

function bestOf(text: string, languages: readonly Language[], wished: readonly Language[]): Language {
  const words = text.match(/[\p{L}'’-]+/gu)?.map((word) => word.replaceAll('’', "'")) ?? [];
  const points = languages.map((language) => {
    const small = words.filter((word) => smallWords[language]?.has(word)).length;
    const letters = Math.min(2, ownLetters[language] ? (text.match(ownLetters[language])?.length ?? 0) : 0);
    return { language, points: small + letters };
  });
  const most = Math.max(...points.map((one) => one.points));
  const best = points.filter((one) => one.points === most).map(({ language }) => language);
  return wished.find((wish) => best.includes(wish)) ?? best[0] ?? 'en';
}
