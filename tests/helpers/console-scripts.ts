import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** What a browser fetches before it can show the built console's first screen: the page's script, all that it imports, and the words of the longer language. */
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
  const weigh = (file: string) => ({ file, brotli: statSync(join(folder, `${file}.br`)).size });
  const languages = readdirSync(join(folder, 'assets'))
    .filter((file) => file.endsWith('.js') && /["']?nav\.skip["']?:/.test(readFileSync(join(folder, 'assets', file), 'utf8')))
    .map((file) => weigh(join('assets', file)))
    .sort((one, other) => other.brotli - one.brotli);
  const [longer] = languages;
  if (!longer) throw new Error('The words of the console are not in files of their own.');
  return [...[...files].map(weigh), longer];
}
