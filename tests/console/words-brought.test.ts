// @vitest-environment node
/** Whoever opens a page reads whole sentences: the words that its code says stand on the first shelf, or on one that is fetched with that code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const texts = 'console/texts';

/** Of each text: on which shelf it stands. */
function readShelves(): Map<string, string> {
  const files = readdirSync(texts).filter((name) => /^en(-\w+)?\.ts$/.test(name));
  return new Map(
    files.flatMap((name) => {
      const shelf = /^en-(\w+)\.ts$/.exec(name)?.[1] ?? 'first';
      return [...readFileSync(path.join(texts, name), 'utf8').matchAll(/^ {2}'([^']+)':/gm)].map(([, key = '']) => [key, shelf] as const);
    }),
  );
}

interface Module {
  imports: string[];
  /** What is fetched only when it is shown, and the shelves that come with it. */
  lates: { file: string; shelves: string[] }[];
  keys: string[];
  prefixes: string[];
}

const shelfOf = readShelves();
const modules = new Map<string, Module>();

function read(file: string): Module {
  const known = modules.get(file);
  if (known) return known;
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const beside = (specifier = '') => path.join(path.dirname(file), specifier);
  const isOurs = (name: string) => /^console\/.*\.tsx?$/.test(name) && !/^console\/texts\/(he|en)/.test(name) && existsSync(name);
  const made: Module = {
    imports: [...code.matchAll(/^import (?!type )(?:[^;]*? from )?'(\.[^']+)';/gm)].map(([, name]) => beside(name)).filter(isOurs),
    lates: [...code.matchAll(/import\('(\.[^']+)'\)/g)].flatMap(({ 1: name, index }) => {
      const around = code.slice(code.lastIndexOf('=>', index), code.indexOf('return', index));
      const shelves = [...around.matchAll(/fetchShelf\('(\w+)'\)/g)].map(([, shelf = '']) => shelf);
      return isOurs(beside(name)) ? [{ file: beside(name), shelves }] : [];
    }),
    keys: [...code.matchAll(/'([\w.-]+)'/g)].flatMap(([, key = '']) => (shelfOf.has(key) ? [key] : [])),
    prefixes: [...code.matchAll(/\bt\(\s*`([\w-]+\.[\w.-]*)\$\{/g)].map(([, prefix = '']) => prefix),
  };
  modules.set(file, made);
  return made;
}

it('no page says words that it does not bring with it', () => {
  const missing = new Set<string>();
  const seen = new Set<string>();
  const walk = (entry: string, shelves: ReadonlySet<string>) => {
    const place = `${entry} with ${[...shelves].sort()}`;
    if (seen.has(place)) return;
    seen.add(place);
    const files = new Set([entry]);
    for (const file of files) {
      const { imports, keys, prefixes, lates } = read(file);
      for (const imported of imports) files.add(imported);
      for (const key of keys) if (!shelves.has(shelfOf.get(key) ?? '')) missing.add(`${file}: ${key}, in ${entry}`);
      for (const prefix of prefixes) {
        const meant = [...shelfOf].filter(([key]) => key.startsWith(prefix));
        if (meant.length > 0 && !meant.some(([, shelf]) => shelves.has(shelf))) missing.add(`${file}: ${prefix}…, in ${entry}`);
      }
      for (const { file: late, shelves: fetched } of lates) walk(late, new Set([...shelves, ...fetched]));
    }
  };
  walk('console/main.tsx', new Set(['first']));
  expect(modules.size).toBeGreaterThan(500);
  expect([...missing]).toEqual([]);
});
