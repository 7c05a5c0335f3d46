import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { type ImportDeclaration, type Node, parseSync, Visitor } from 'oxc-parser';

export interface Import {
  specifier: string;
  /** Path in the tree for a relative import, null for a package. */
  target: string | null;
  /** Gone from the compiled file, so it loads nothing. */
  isType: boolean;
}

export interface SourceFile {
  /** From the top of the tree, with `/`. */
  path: string;
  imports: Import[];
  hasDefaultExport: boolean;
  hasReExport: boolean;
}

const codeFile = /\.(?:[jt]sx?|mjs)$/;

/** The demo shop is somebody else's web site that happens to live here: plain pages, no part of the house. */
const outside = /^widget\/demo\//;

/** Text of every code file of these folders by its path. */
export function readSources(root: string, folders: readonly string[]): Map<string, string> {
  const sources = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = relative(root, join(root, folder, entry))
        .split(sep)
        .join('/');
      if (codeFile.test(path) && !outside.test(path)) sources.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return sources;
}

export function parseSources(sources: ReadonlyMap<string, string>): SourceFile[] {
  return Array.from(sources, ([path, text]) => parseFile(path, text));
}

function parseFile(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const file: SourceFile = { path, imports: [], hasDefaultExport: false, hasReExport: false };
  const imported = new Set<string>();
  const add = (source: Node | null | undefined, isType: boolean) => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
    file.imports.push({ specifier: source.value, target: resolve(path, source.value), isType });
  };
  new Visitor({
    ImportDeclaration: (node) => {
      add(node.source, node.importKind === 'type');
      for (const name of namesOf(node)) imported.add(name);
    },
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source, false),
    TSImportType: (node) => add(node.source, true),
    // new URL('./x.js', import.meta.url) is how a worker is named: an import under another name.
    NewExpression: (node) => {
      const [address, base] = node.arguments;
      const isBesideUs = base?.type === 'MemberExpression' && base.object.type === 'MetaProperty';
      if (node.callee.type === 'Identifier' && node.callee.name === 'URL' && isBesideUs) add(address, false);
    },
  }).visit(program);

  const exported = module.staticExports.flatMap((statement) => statement.entries);
  file.hasDefaultExport = exported.some((entry) => entry.exportName.kind === 'Default' || entry.exportName.name === 'default');
  file.hasReExport = exported.some((entry) => entry.moduleRequest !== null || imported.has(entry.localName.name ?? ''));
  return file;
}

function namesOf(node: ImportDeclaration): string[] {
  return node.specifiers.map((specifier) => specifier.local.name);
}

function resolve(from: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')) : null;
}
