import type { Import, SourceFile } from './source-tree.ts';
import { emptyWords, innerFolders, packageRules, repeatedNames, storeys, tableOfContents } from './storeys.ts';

export interface Fault {
  file: string;
  sentence: string;
}

type Rule = (files: readonly SourceFile[]) => Fault[];

export const houseRules = {
  'every room has a storey': eachFile((file) => {
    const { building, room } = placeOf(file.path);
    return storeyOf(building, room) === null ? [`${building}/${room} has no storey: give it one in tests/architecture/storeys.ts`] : [];
  }),

  'imports go down, and rooms on one line are strangers': eachImport((file, target) => {
    const from = placeOf(file.path);
    const to = placeOf(target);
    if (to.building === 'shared') return null;
    if (from.building !== to.building) return `imports ${target}: ${from.building} knows only itself and shared`;
    if (from.room === to.room) return null;
    const [fromStorey, toStorey] = [storeyOf(from.building, from.room), storeyOf(to.building, to.room)];
    if (fromStorey === null || toStorey === null || toStorey < fromStorey) return null;
    return toStorey === fromStorey
      ? `imports ${target}: ${from.room} and ${to.room} stand on one line and are strangers`
      : `imports ${target}: ${to.room} is above ${from.room}`;
  }),

  "a room's store and wires are its own": eachImport((file, target) => {
    const isForeign = placeOf(file.path).room !== placeOf(target).room || placeOf(file.path).building !== placeOf(target).building;
    const layer = layerOf(target);
    if (!isForeign || layer === 'rules') return null;
    if (layer === 'api' && file.path === tableOfContents) return null;
    return `imports ${target}: the -${layer} of another room; ask through its rules`;
  }),

  'inside a room wires know rules and rules know the store': eachImport((file, target) => {
    const isSameRoom = placeOf(file.path).room === placeOf(target).room;
    const order = ['store', 'rules', 'api'];
    if (!isSameRoom || order.indexOf(layerOf(target)) <= order.indexOf(layerOf(file.path))) return null;
    return `imports ${target}: api → rules → store, never back`;
  }),

  'each package is known only where it belongs': eachFile((file) =>
    packageRules
      .filter((rule) => rule.among.test(file.path) && !rule.allowed.test(file.path))
      .filter((rule) => file.imports.some((one) => rule.packages.includes(packageOf(one) ?? '')))
      .map((rule) => rule.sentence),
  ),

  'shared is pure': eachFile((file) => {
    if (placeOf(file.path).building !== 'shared') return [];
    const foreign = file.imports.map(packageOf).filter((name) => name !== null && name !== 'zod');
    return foreign.map((name) => `imports ${name}: shared knows only itself and zod`);
  }),

  "the visitor's browser loads no zod": (files) => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    return files
      .filter((file) => file.path.startsWith('widget/'))
      .flatMap((file) => {
        const way = findWayToPackage(file, 'zod', byPath);
        return way ? [{ file: file.path, sentence: `loads zod (26 kB) by ${way.join(' → ')}` }] : [];
      });
  },

  // Imports of types count too: two files that know each other's types cannot be read, moved or changed one without the other.
  'no ring of files': (files) =>
    findRings(files).map((ring) => ({ file: ring[0] ?? '', sentence: `stands in a ring: ${[...ring, ring[0]].join(' → ')}` })),

  'building, room and file are the whole depth': eachFile((file) => {
    const folders = file.path.split('/').slice(0, -1);
    const inner = folders.filter((folder) => innerFolders.has(folder)).length;
    return folders.length - inner > 2 ? ['lies too deep: building / room / file'] : [];
  }),

  'a file is named after its one thing, and unlike any other': (files) => [
    ...files.flatMap((file) => {
      const words = file.path.replace(/\.[a-z.]+$/, '').split(/[/-]/);
      return words
        .filter((word) => emptyWords.has(word))
        .map((word) => ({ file: file.path, sentence: `"${word}" says nothing in a name` }));
    }),
    ...findNamesakes(files),
  ],

  'no default exports': eachFile((file) => (file.hasDefaultExport ? ['has a default export: a thing has one name everywhere'] : [])),

  'no re-exports': eachFile((file) => (file.hasReExport ? ['re-exports what another file owns'] : [])),
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof houseRules;

/** Every fault of the files, as sentences that name the file and the broken rule. */
export function findFaults(files: readonly SourceFile[]): { rule: string; file: string; sentence: string }[] {
  return Object.entries(houseRules).flatMap(([rule, find]) => find(files).map((fault) => ({ rule, ...fault })));
}

function eachFile(find: (file: SourceFile) => string[]): Rule {
  return (files) => files.flatMap((file) => find(file).map((sentence) => ({ file: file.path, sentence })));
}

/** Calls for each import that leads to a file of the house. */
function eachImport(find: (file: SourceFile, target: string) => string | null): Rule {
  return (files) => {
    const paths = new Set(files.map((file) => file.path));
    const targets = (file: SourceFile) =>
      new Set(file.imports.map((one) => one.target).filter((target) => target !== null && paths.has(target)));
    return eachFile((file) => [...targets(file)].map((target) => find(file, target as string)).filter((sentence) => sentence !== null))(
      files,
    );
  };
}

function placeOf(path: string): { building: string; room: string } {
  const [building = '', room = ''] = path.split('/');
  return { building, room: storeys[building] === null ? building : room };
}

function storeyOf(building: string, room: string): number | null {
  const lines = storeys[building];
  if (lines === null) return 0;
  const storey = lines?.findIndex((line) => line.includes(room)) ?? -1;
  return storey === -1 ? null : storey;
}

function layerOf(path: string): 'api' | 'store' | 'rules' {
  if (!path.startsWith('server/')) return 'rules';
  if (path.endsWith('-api.ts')) return 'api';
  return path.endsWith('-store.ts') ? 'store' : 'rules';
}

function packageOf({ specifier, target }: Import): string | null {
  if (target !== null) return null;
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function findWayToPackage(
  file: SourceFile,
  name: string,
  byPath: ReadonlyMap<string, SourceFile>,
  seen = new Set<string>(),
): string[] | null {
  if (seen.has(file.path)) return null;
  seen.add(file.path);
  for (const one of file.imports.filter(({ isType }) => !isType)) {
    if (packageOf(one) === name) return [file.path, name];
    const next = byPath.get(one.target ?? '');
    const way = next && findWayToPackage(next, name, byPath, seen);
    if (way) return [file.path, ...way];
  }
  return null;
}

function findNamesakes(files: readonly SourceFile[]): Fault[] {
  const first = new Map<string, string>();
  const faults: Fault[] = [];
  for (const { path } of files) {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/, '');
    const isText = path.includes('/texts/');
    if (repeatedNames.has(name) || isText) continue;
    const other = first.get(name);
    if (other) faults.push({ file: path, sentence: `has the same name as ${other}` });
    else first.set(name, path);
  }
  return faults;
}

/** Tarjan's strongly connected components with more than one file, and files that import themselves. */
function findRings(files: readonly SourceFile[]): string[][] {
  const targetsOf = new Map(files.map((file) => [file.path, file.imports.map((one) => one.target ?? '')]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const rings: string[][] = [];

  const visit = (path: string): number => {
    const number = order.size;
    order.set(path, number);
    let low = number;
    stack.push(path);
    for (const target of targetsOf.get(path) ?? []) {
      if (!targetsOf.has(target)) continue;
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, order.get(target) ?? low);
    }
    lowest.set(path, low);
    if (low === number) {
      const ring = stack.splice(stack.indexOf(path));
      if (ring.length > 1 || targetsOf.get(path)?.includes(path)) rings.push(ring);
    }
    return low;
  };
  for (const { path } of files) if (!order.has(path)) visit(path);
  return rings;
}
