/** Answers as rows of a table: one an answer, every language and every phrasing in a column of its own. */
import type { Answer, AnswerBody } from '../../shared/automatic-answer.ts';
import { type ByLanguage, type Language, languageNames } from '../../shared/language.ts';

export interface NamedInbox {
  id: string;
  name: string;
}

/** What a row says of an answer; a column that is not there says nothing. */
export interface TableAnswer {
  id?: string;
  question?: ByLanguage;
  phrasings?: string[];
  texts?: ByLanguage;
  quickReplies?: Partial<Record<Language, string[]>>;
  tags?: string[];
  validFrom?: unknown;
  validTo?: unknown;
  inboxIds?: string[] | null;
  moment?: string;
  isOn?: unknown;
  intent?: string | null;
}

const languages = Object.keys(languageNames) as Language[];
const yes = /^(?:yes|true|1|on|כן|да|نعم|oui|sí|si|ja|sim)$/i;
const no = /^(?:no|false|0|off|לא|нет|لا|non|nein|não)$/i;

type Write = (answer: Answer, inboxes: readonly NamedInbox[]) => string;
type Read = (cell: string, into: TableAnswer, inboxes: readonly NamedInbox[]) => void;

interface Column {
  write: Write;
  read: Read;
  /** What of an answer it holds, as an error names it. */
  path: string;
}

const plain: Record<string, Column> = {
  id: {
    path: 'id',
    write: ({ id }) => id,
    read: (cell, into) => {
      if (cell.trim()) into.id = cell.trim();
    },
  },
  on: {
    path: 'isOn',
    write: ({ isOn }) => (isOn ? 'yes' : 'no'),
    read: (cell, into) => {
      const said = cell.trim();
      if (said) into.isOn = yes.test(said) ? true : no.test(said) ? false : said;
    },
  },
  moment: {
    path: 'moment',
    write: ({ moment }) => moment,
    read: (cell, into) => {
      if (cell.trim()) into.moment = cell.trim().toLowerCase();
    },
  },
  'valid from': { path: 'validFrom', ...timeColumn('validFrom') },
  'valid to': { path: 'validTo', ...timeColumn('validTo') },
  inboxes: { path: 'inboxIds', write: writeInboxes, read: readInboxes },
  tags: {
    path: 'tags',
    write: ({ tags }) => tags.join('\n'),
    read: (cell, into) => {
      into.tags = linesOf(cell);
    },
  },
  'ready question': {
    path: 'intent',
    write: ({ intent }) => intent ?? '',
    read: (cell, into) => {
      into.intent = cell.trim() || null;
    },
  },
};

const PHRASING = /^(?:phrasing|example)s?(?: \d+)?$/;

/** Those that these answers need, in the order in which one reads. */
export function headingsFor(answers: readonly Answer[]): string[] {
  const used = new Set<string>(['he', 'en']);
  let phrasings = 1;
  for (const answer of answers) {
    for (const language of [...Object.keys(answer.question), ...Object.keys(answer.bodies)]) used.add(language);
    phrasings = Math.max(phrasings, answer.phrasings.length);
  }
  const spoken = languages.filter((language) => used.has(language));
  return [
    'id',
    ...spoken.map((language) => `question ${language}`),
    ...spoken.map((language) => `answer ${language}`),
    ...spoken.map((language) => `quick replies ${language}`),
    ...Object.keys(plain).filter((heading) => heading !== 'id'),
    ...Array.from({ length: phrasings }, (_, at) => `phrasing ${at + 1}`),
  ];
}

export function toCells(answer: Answer, headings: readonly string[], inboxes: readonly NamedInbox[]): string[] {
  return headings.map((heading) => columnOf(heading)?.write(answer, inboxes) ?? '');
}

/** Null for a heading that is none of ours. In any case, and with any signs between the words. */
export function columnOf(heading: string): Column | null {
  const name = heading
    .trim()
    .toLowerCase()
    .replace(/[\s_.-]+/g, ' ');
  if (Object.hasOwn(plain, name)) return plain[name] as Column;
  if (PHRASING.test(name)) return phrasingColumn(name);
  const [, what, language] = /^(question|answer|text|quick replies|replies) ([a-z]{2})$/.exec(name) ?? [];
  if (what === undefined || !Object.hasOwn(languageNames, language as string)) return null;
  if (what === 'question') return questionColumn(language as Language);
  return what.endsWith('replies') ? repliesColumn(language as Language) : textColumn(language as Language);
}

function phrasingColumn(name: string): Column {
  const number = Number(/\d+$/.exec(name)?.[0] ?? 1);
  return {
    path: `phrasings.${number - 1}`,
    write: ({ phrasings }) => phrasings[number - 1] ?? '',
    read: (cell, into) => {
      into.phrasings = [...(into.phrasings ?? []), ...linesOf(cell)];
    },
  };
}

function questionColumn(language: Language): Column {
  return {
    path: `question.${language}`,
    write: ({ question }) => question[language] ?? '',
    read: (cell, into) => {
      into.question = { ...into.question, [language]: cell };
    },
  };
}

function textColumn(language: Language): Column {
  return {
    path: `bodies.${language}.text`,
    write: ({ bodies }) => bodies[language]?.text ?? '',
    read: (cell, into) => {
      into.texts = { ...into.texts, [language]: cell };
    },
  };
}

function repliesColumn(language: Language): Column {
  return {
    path: `bodies.${language}.quickReplies`,
    write: ({ bodies }) => bodies[language]?.quickReplies.join('\n') ?? '',
    read: (cell, into) => {
      into.quickReplies = { ...into.quickReplies, [language]: linesOf(cell) };
    },
  };
}

function timeColumn(name: 'validFrom' | 'validTo'): Pick<Column, 'write' | 'read'> {
  return {
    write: (answer) => (answer[name] === null ? '' : new Date(answer[name]).toISOString()),
    read: (cell, into) => {
      const at = Date.parse(cell.trim());
      into[name] = cell.trim() === '' ? null : Number.isNaN(at) ? cell.trim() : at;
    },
  };
}

/** By name, where only one has it. */
function writeInboxes({ inboxIds }: Answer, inboxes: readonly NamedInbox[]): string {
  const nameOf = (id: string) => {
    const name = inboxes.find((inbox) => inbox.id === id)?.name;
    return name !== undefined && inboxes.filter((inbox) => inbox.name === name).length === 1 ? name : id;
  };
  return (inboxIds ?? []).map(nameOf).join('\n');
}

/** One that is not known stays as it is said, and is refused for it. */
function readInboxes(cell: string, into: TableAnswer, inboxes: readonly NamedInbox[]): void {
  const known = (said: string) => inboxes.find(({ id, name }) => id === said || name === said)?.id;
  const lines = linesOf(cell);
  const [only = ''] = lines;
  const named = lines.length === 1 && known(only) === undefined ? only.split(',').map((name) => name.trim()) : lines;
  into.inboxIds = named.length === 0 ? null : [...new Set(named.map((said) => known(said) ?? said))];
}

function linesOf(cell: string): string[] {
  return cell
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The texts that a row has, upon those that are there already. */
export function bodiesOf({ texts = {}, quickReplies = {} }: TableAnswer, before: Answer['bodies']): Partial<Record<Language, AnswerBody>> {
  const spoken = languages.filter((language) => before[language] || texts[language] || quickReplies[language]);
  return Object.fromEntries(
    spoken.map((language) => [
      language,
      {
        text: texts[language] ?? before[language]?.text ?? '',
        quickReplies: quickReplies[language] ?? before[language]?.quickReplies ?? [],
      },
    ]),
  );
}
