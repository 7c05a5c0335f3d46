/**
 * Visitors who ask: questions drawn from a labelled set as real traffic has them, a few asked all the time and most seldom, many nearly in
 * the same words, with typing slips and courtesies, and between them what asks nothing or belongs to nothing.
 */
export interface LabelledQuestion {
  text: string;
  /** `JUNK` for what asks nothing and for what is in nobody's scope. */
  label: string;
}

export const JUNK = 'oos';

export interface TownPlan {
  seed: number;
  total: number;
  /** How much of everything is junk: half of it small talk, half questions of no group. */
  junkShare: number;
  /** The frequency of the n-th intent is n to the minus this. */
  steepness: number;
}

/** Mulberry32: the same numbers from the same seed everywhere. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const courtesies: Record<string, { before: string[]; after: string[]; talk: string[] }> = {
  en: {
    before: ['hi, ', 'Hello! ', 'hey ', 'good morning, ', 'please tell me ', 'quick question: '],
    after: [' please', ' thanks', ' thank you!', '??', ' asap', ' 🙏'],
    talk: [
      'hi',
      'hello',
      'thanks',
      'thank you so much!',
      'ok',
      'good morning',
      'bye',
      'yes',
      'no',
      'is anyone there?',
      'great, thanks',
      'cool',
      'John Miller',
      'my name is Anna',
    ],
  },
  he: {
    before: ['היי, ', 'שלום, ', 'הי ', 'בוקר טוב, ', 'אשמח לדעת ', 'שאלה קטנה: '],
    after: [' בבקשה', ' תודה', ' תודה רבה!', '??', ' דחוף', ' 🙏'],
    talk: [
      'היי',
      'שלום',
      'תודה',
      'תודה רבה!',
      'אוקיי',
      'בוקר טוב',
      'להתראות',
      'כן',
      'לא',
      'יש שם מישהו?',
      'מעולה תודה',
      'סבבה',
      'דנה לוי',
      'קוראים לי יוסי',
    ],
  },
  ar: {
    before: ['مرحبا، ', 'السلام عليكم ', 'هلا ', 'صباح الخير، ', 'لو سمحت ', 'سؤال: '],
    after: [' من فضلك', ' شكرا', ' شكرا جزيلا!', '؟؟', ' ضروري', ' 🙏'],
    talk: [
      'مرحبا',
      'السلام عليكم',
      'شكرا',
      'شكرا جزيلا',
      'تمام',
      'صباح الخير',
      'مع السلامة',
      'نعم',
      'لا',
      'في حد هون؟',
      'محمد علي',
      'اسمي سارة',
    ],
  },
  ru: {
    before: ['привет, ', 'Здравствуйте! ', 'добрый день, ', 'подскажите, ', 'вопрос: '],
    after: [' пожалуйста', ' спасибо', ' спасибо!', '??', ' срочно', ' 🙏'],
    talk: [
      'привет',
      'здравствуйте',
      'спасибо',
      'большое спасибо!',
      'ок',
      'доброе утро',
      'пока',
      'да',
      'нет',
      'есть кто-нибудь?',
      'Иван Петров',
      'меня зовут Анна',
    ],
  },
};

export function drawTraffic(
  set: readonly LabelledQuestion[],
  strange: readonly string[],
  language: string,
  plan: TownPlan,
): LabelledQuestion[] {
  const roll = dice(plan.seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
  const shuffle = <T>(list: readonly T[]): T[] => {
    const mixed = [...list];
    for (let at = mixed.length - 1; at > 0; at--) {
      const other = Math.floor(roll() * (at + 1));
      [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
    }
    return mixed;
  };
  const words = courtesies[language] ?? (courtesies.en as (typeof courtesies)[string]);
  const byIntent = new Map<string, string[]>();
  for (const { text, label } of set) if (label !== JUNK) byIntent.set(label, [...(byIntent.get(label) ?? []), text]);
  const intents = shuffle([...byIntent.keys()].sort());
  const shares = intents.map((_, place) => (place + 1) ** -plan.steepness);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const inScope = Math.round(plan.total * (1 - plan.junkShare));
  const drawn: LabelledQuestion[] = [];
  for (const [place, label] of intents.entries()) {
    const phrasings = shuffle(byIntent.get(label) as string[]);
    const count = Math.round((inScope * (shares[place] as number)) / whole);
    for (let at = 0; at < count; at++) {
      const isFirst = at < phrasings.length;
      const text = isFirst ? (phrasings[at] as string) : pick(phrasings);
      drawn.push({ label, text: roll() < (isFirst ? 0.3 : 0.75) ? disturb(text) : text });
    }
  }
  const tail = shuffle(strange);
  for (let at = 0, junk = plan.total - drawn.length; at < junk; at++) {
    if (at % 2 === 0 || strange.length === 0) drawn.push({ label: JUNK, text: smallTalk() });
    else {
      const nth = at >> 1;
      const first = nth < tail.length ? (tail[nth] as string) : spliced();
      drawn.push({ label: JUNK, text: first });
    }
  }
  return shuffle(drawn);

  function spliced(): string {
    const one = pick(strange).split(' ');
    const other = pick(strange).split(' ');
    return [...one.slice(0, Math.ceil(one.length / 2)), ...other.slice(other.length >> 1)].join(' ');
  }

  function smallTalk(): string {
    const kind = roll();
    if (kind < 0.6) return pick(words.talk) + (roll() < 0.2 ? pick(['!', '.', ' 😀', '!!'] as const) : '');
    if (kind < 0.75) return String(Math.floor(roll() * 1e9));
    if (kind < 0.8) return `05${Math.floor(roll() * 10)}-${Math.floor(1e6 + roll() * 8.9e6)}`;
    if (kind < 0.9) return `${pick(['dana', 'yossi', 'info', 'a.b'] as const)}${Math.floor(roll() * 1000)}@mail.example`;
    return pick(['👍', '😀😀', '?', '...', 'א', 'k', '❤️'] as const);
  }

  function disturb(text: string): string {
    const kind = roll();
    if (kind < 0.3) return pick(words.before) + text;
    if (kind < 0.55) return text.replace(/[?.!]$/, '') + pick(words.after);
    if (kind < 0.65) return text.toLowerCase().replace(/[?.!,']/g, '');
    return slipped(text);
  }

  /** One or two letters dropped, doubled or swapped. */
  function slipped(text: string): string {
    const letters = [...text];
    for (let slips = roll() < 0.3 ? 2 : 1; slips > 0 && letters.length > 8; slips--) {
      const at = 1 + Math.floor(roll() * (letters.length - 2));
      const kind = roll();
      if (kind < 0.35) letters.splice(at, 1);
      else if (kind < 0.65) letters.splice(at, 0, letters[at] as string);
      else [letters[at], letters[at - 1]] = [letters[at - 1] as string, letters[at] as string];
    }
    return letters.join('');
  }
}
