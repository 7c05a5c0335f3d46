import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { languageNames } from '../../shared/language.ts';

export interface WidgetFile {
  /** As it is called without the hash of its content. */
  name: string;
  file: string;
  min: number;
  /** As it goes over the wire. */
  brotli: number;
  /** What a browser must have fetched before it runs. */
  imports: string[];
}

/** What is not for visitors: the console's preview, and the module that a site bundles itself. */
const notServed = ['preview.js', 'kesher.js'];

/** What the built widget consists of, by what a visitor fetches when. */
export function readWidgetFiles(dist: string) {
  const folder = join(dist, 'widget');
  const names = readdirSync(folder).filter((file) => file.endsWith('.js') && !notServed.includes(file));
  const files = names.map((file) => readWidgetFile(folder, file)).sort((one, other) => other.brotli - one.brotli);
  const find = (name: string): WidgetFile => {
    const found = files.find((file) => file.name === name);
    if (!found) throw new Error(`The widget was built without ${name}.`);
    return found;
  };
  const loader = find('widget');
  const application = find('app');
  const languages = Object.keys(languageNames).map(find);
  const lazy = files.filter((file) => ![loader, application, ...languages].includes(file));
  return { loader, application, languages, lazy };
}

function readWidgetFile(folder: string, file: string): WidgetFile {
  const code = readFileSync(join(folder, file), 'utf8');
  return {
    name: file.replace(/(-.{8})?\.js$/, ''),
    file,
    min: Buffer.byteLength(code),
    brotli: statSync(join(folder, `${file}.br`)).size,
    imports: parseSync(file, code).module.staticImports.map((found) => found.moduleRequest.value),
  };
}
