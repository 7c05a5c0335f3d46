import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** What a browser fetches before it can show the built console's first screen: the page's script and all that it imports. */
export function readFirstScripts(dist: string): { file: string; brotli: number }[] {
  const folder = join(dist, 'console');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const [, entry] = /<script[^>]+src="\/console\/(assets\/[^"]+\.js)"/.exec(page) ?? [];
  if (entry === undefined) throw new Error('The console was built without a script.');
  const files = new Set([entry]);
  for (const file of files) {
    const { module } = parseSync(file, readFileSync(join(folder, file), 'utf8'));
    for (const { moduleRequest } of module.staticImports) files.add(join('assets', moduleRequest.value));
  }
  return [...files].map((file) => ({ file, brotli: statSync(join(folder, `${file}.br`)).size }));
}
