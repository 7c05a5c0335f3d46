/** Words that a slip of the finger away. Bounded work: candidates come in, nothing here reads a database. */

const alphabets = [
  ['א', 'אבגדהוזחטיכלמנסעפצקרשת'],
  ['a', 'abcdefghijklmnopqrstuvwxyz'],
  ['а', 'абвгдежзийклмнопрстуфхцчшщъыьэюя'],
  ['ا', 'ابتثجحخدذرزسشصضطظعغفقكلمنهويء'],
] as const;
const keyboards = ["qwertyuiopasdfghjkl;zxcvbnm,.'", "/'קראטוןםפשדגכעיחלךףזסבהנמצתץ,"] as const;

/** How many slips are forgiven. */
export function slipsAllowed(word: string): 0 | 1 | 2 {
  if (word.length < 4 || /\d/.test(word)) return 0;
  return word.length > 7 ? 2 : 1;
}

/** Every word one slip away: a letter too many, one missing, one wrong, two neighbours swapped. */
export function oneSlipAway(word: string): string[] {
  const letters = alphabetOf(word);
  const words = new Set<string>();
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    for (const letter of letters) {
      words.add(before + letter + after);
      words.add(before + letter + after.slice(1));
    }
    words.add(before + after.slice(1));
    if (after.length > 1) words.add(before + after.charAt(1) + after.charAt(0) + after.slice(2));
  }
  words.delete(word);
  return [...words].filter((near) => near.length > 2);
}

/** The same keys on a keyboard that was left in the other language: "akuo" for "שלום". */
export function onOtherKeyboard(word: string): string | null {
  const [latin, hebrew] = keyboards;
  const [from, to] = /^[a-z]+$/.test(word) ? [latin, hebrew] : /^[א-ת]+$/.test(word) ? [hebrew, latin] : ['', ''];
  if (from === '' || word.length < 3) return null;
  const letters = [...word].map((letter) => to[from.indexOf(letter)] ?? '');
  return letters.every((letter) => /\p{L}/u.test(letter)) ? letters.join('') : null;
}

/** Damerau and Levenshtein's distance (neighbours swapped count one), or `most + 1` where it is more than `most`. */
export function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      let slips = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        slips = Math.min(slips, (beforeLast[j - 2] ?? 0) + 1);
      row.push(slips);
      least = Math.min(least, slips);
    }
    if (least > most) return most + 1;
    [beforeLast, last] = [last, row];
  }
  return last[other.length] ?? 0;
}

function alphabetOf(word: string): string {
  const found = alphabets.find(([first, letters]) => [...word].some((letter) => letters.includes(letter) || letter === first));
  return found?.[1] ?? '';
}
