/** Sets of questions to match: how they are read, and how a business is made of one (protocol of `matching.md`). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Question {
  lang: string;
  text: string;
  /** `oos`: to none of the answers. */
  label: string;
}

export interface QuestionSet {
  /** `banking77.en`. */
  name: string;
  questions: Question[];
}

export interface Asked {
  text: string;
  /** Which answer is right; null for what none answers: `near` to what is answered, or `far` from it. */
  label: string | null;
  kind: 'in' | 'near' | 'far';
}

/** A business with some answers, and its traffic: what it can answer, what is near to that, and what is far from it. */
export interface Business {
  answers: { id: string; phrases: string[] }[];
  asked: Asked[];
}

const folder = path.join(import.meta.dirname, '../../../shared/data/questions');

export function readSets(files: readonly string[]): QuestionSet[] {
  const wanted = files.length > 0 ? files : existsSync(folder) ? readdirSync(folder).map((file) => path.join(folder, file)) : [];
  return wanted.filter((file) => file.endsWith('.jsonl')).map(readSet);
}

export function readSet(file: string): QuestionSet {
  const lines = readFileSync(existsSync(file) ? file : path.join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return { name: path.basename(file, '.jsonl'), questions: lines.map((line) => JSON.parse(line) as Question) };
}

/** Sets about the same things in other words or languages are one family: who has learned from one knows the others. */
export function familyOf({ name }: QuestionSet): string {
  return /banking/.test(name) ? 'banking' : (name.split(/[.\d]/)[0] ?? name);
}

function byLabel({ questions }: QuestionSet): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const { label, text } of questions) {
    if (label === 'oos') continue;
    const own = texts.get(label) ?? [];
    texts.set(label, own);
    if (!own.includes(text)) own.push(text);
  }
  return texts;
}

export interface Wishes {
  /** Example phrasings of each answer. */
  phrases: number;
  seed: number;
  /** What nobody could answer: used beside what the set itself has. */
  strange: readonly string[];
  askedMax?: number;
  answersMax?: number;
  /** Questions that have no answer, for each that has one. */
  outsideShare?: number;
}

/** A fifth of the questions' kinds has no answer (near). For four questions that have one there is one that has none, half of these near. */
export function makeBusiness(
  set: QuestionSet,
  { phrases, seed, strange, askedMax = 1_000, answersMax = Number.POSITIVE_INFINITY, outsideShare = 1 / 4 }: Wishes,
): Business {
  const random = randomFrom(seed * 1_000 + phrases);
  const texts = byLabel(set);
  const labels = shuffled(
    [...texts.keys()].filter((label) => (texts.get(label)?.length ?? 0) > phrases),
    random,
  );
  const unanswered = labels.splice(0, Math.max(1, Math.round(labels.length / 5)));
  const answered: Asked[] = [];
  const answers = labels.slice(0, answersMax).map((label) => {
    const own = shuffled(texts.get(label) ?? [], random);
    for (const text of own.slice(phrases)) answered.push({ text, label, kind: 'in' });
    return { id: label, phrases: own.slice(0, phrases) };
  });
  const inside = shuffled(answered, random).slice(0, askedMax);
  const outside = Math.max(1, Math.round((inside.length * outsideShare) / 2));
  const near = shuffled(
    unanswered.flatMap((label) => texts.get(label) ?? []),
    random,
  ).slice(0, outside);
  const own = set.questions.flatMap(({ label, text }) => (label === 'oos' ? [text] : []));
  const far = shuffled([...own, ...strange], random).slice(0, outside);
  return {
    answers,
    asked: [
      ...inside,
      ...near.map((text) => ({ text, label: null, kind: 'near' as const })),
      ...far.map((text) => ({ text, label: null, kind: 'far' as const })),
    ],
  };
}

/** In one word of four that are long enough, two letters change places, one is missing, doubled, or another one. */
export function withTypos(text: string, seed: number): string {
  const random = randomFrom(seed);
  return text.replace(/\p{L}{4,}/gu, (word) => {
    if (random() >= 0.25) return word;
    const at = 1 + Math.floor(random() * (word.length - 2));
    const letter = word[at] as string;
    const other = word[Math.floor(random() * word.length)] as string;
    const slips = [`${word[at + 1]}${letter}`, word[at + 1], `${letter}${letter}${word[at + 1]}`, `${other}${word[at + 1]}`];
    return `${word.slice(0, at)}${slips[Math.floor(random() * slips.length)]}${word.slice(at + 2)}`;
  });
}

/** Mulberry32: the same numbers for the same seed, everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as Item, mixed[at] as Item];
  }
  return mixed;
}
