/** `npm run sizes`: how large files and rooms are, beside what the house aims at. A look, never a failure. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './machine.mjs';

const files = ['shared', 'server', 'widget', 'console'].flatMap(listCode).sort((one, other) => one.lines - other.lines);
const rooms = groupByFolder();
const at = (/** @type {number} */ part) => files[Math.min(files.length - 1, Math.floor(files.length * part))]?.lines;

console.log(`${files.length} files: median ${at(0.5)} lines (aim: 60), 90 % have at most ${at(0.9)} (aim: 180)\n`);
for (const { path, lines } of files.filter((file) => file.lines > 250)) console.log(`look again: ${path} (${lines} lines)`);
for (const [room, inside] of rooms) if (inside.length > 12) console.log(`past a glance: ${room} (${inside.length} files)`);

function groupByFolder() {
  /** @type {Map<string, typeof files>} */
  const folders = new Map();
  for (const file of files) folders.set(dirname(file.path), [...(folders.get(dirname(file.path)) ?? []), file]);
  return folders;
}

/** @param {string} folder */
function listCode(folder) {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => /\.(ts|tsx|js)$/.test(path) && !path.startsWith('demo'))
    .map((path) => join(root, folder, path))
    .map((path) => ({ path: relative(root, path), lines: readFileSync(path, 'utf8').split('\n').length - 1 }));
}
