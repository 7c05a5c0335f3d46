/** What the encoder learns from: the library's questions, and words and sentences of other fields in the same four languages. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readLibrary } from '../../server/matching/library.ts';
import type { Lessons } from './encoder-lessons.ts';

const folder = path.join(import.meta.dirname, 'words');

export function readLessons(): Lessons[] {
  const questions = readLibrary().map(({ question, phrasings }) => [...Object.values(question), ...Object.values(phrasings).flat()]);
  return [
    { groups: readWords('.concepts.txt').flatMap(toConcepts), share: 0.15 },
    { groups: [...questions, ...readWords('.sentences.txt').flatMap(toIntents)], share: 0.85 },
  ];
}

function readWords(ending: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
}

/** A line is a concept: `he: a | b ; en: c | d ; ar: … ; ru: …`. */
function toConcepts(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) =>
    line
      .split(/\s*[;|]\s*/)
      .map((member) => member.replace(/^(?:he|en|ar|ru):\s*/, '').trim())
      .filter(Boolean),
  );
}

/** `# name`, then lines that ask the same, each with its language before it: `he: …`. */
function toIntents(text: string): string[][] {
  const blocks = text.split(/^# .*$/m).slice(1);
  return blocks.map((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/^(?:he|en|ar|ru):\s*/, '').trim())
      .filter(Boolean),
  );
}
