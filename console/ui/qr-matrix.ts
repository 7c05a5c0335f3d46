/** A QR code (ISO/IEC 18004, bytes, level L, versions 1 to 20) as rows of dark modules. */

const EC_PER_BLOCK = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];

type Matrix = (boolean | null)[][];

/** Throws for a text longer than 858 bytes. */
export function toQrMatrix(text: string): boolean[][] {
  const bytes = [...new TextEncoder().encode(text)];
  const version = BLOCKS.findIndex((_, at) => bytes.length + (at + 1 < 10 ? 2 : 3) <= dataCapacity(at + 1)) + 1;
  if (version === 0) throw new RangeError('The text is too long for a QR code.');
  const codewords = interleave(withPadding(bytes, version), version);
  const patterns = functionPatterns(version);
  const candidates = masks.map((mask, at) => masked(patterns, codewords, mask, at));
  return candidates.reduce((best, next) => (penalty(next) < penalty(best) ? next : best));
}

const sizeOf = (version: number) => version * 4 + 17;

function dataCapacity(version: number): number {
  return totalCodewords(version) - (EC_PER_BLOCK[version - 1] ?? 0) * (BLOCKS[version - 1] ?? 0);
}

function totalCodewords(version: number): number {
  const alignments = Math.floor(version / 7) + 2;
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) modules -= (25 * alignments - 10) * alignments - 55;
  if (version >= 7) modules -= 36;
  return Math.floor(modules / 8);
}

function withPadding(bytes: readonly number[], version: number): number[] {
  const bits: number[] = [];
  const push = (value: number, length: number) => {
    for (let at = length - 1; at >= 0; at -= 1) bits.push((value >>> at) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  push(0, 4);
  const data = Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Number.parseInt(
      bits
        .slice(at * 8, at * 8 + 8)
        .join('')
        .padEnd(8, '0'),
      2,
    ),
  ).slice(0, dataCapacity(version));
  for (let pad = 0xec; data.length < dataCapacity(version); pad ^= 0xec ^ 0x11) data.push(pad);
  return data;
}

function interleave(data: readonly number[], version: number): number[] {
  const blocks = BLOCKS[version - 1] ?? 1;
  const degree = EC_PER_BLOCK[version - 1] ?? 0;
  const short = Math.floor(data.length / blocks);
  const firstLong = blocks - (data.length % blocks);
  let from = 0;
  const parts = Array.from({ length: blocks }, (_, at) => {
    const part = data.slice(from, from + short + (at >= firstLong ? 1 : 0));
    from += part.length;
    return part;
  });
  const checks = parts.map((part) => errorCorrection(part, degree));
  const column = (rows: readonly number[][], at: number) => rows.flatMap((row) => (at < row.length ? [row[at] ?? 0] : []));
  return [
    ...Array.from({ length: short + 1 }, (_, at) => column(parts, at)).flat(),
    ...Array.from({ length: degree }, (_, at) => column(checks, at)).flat(),
  ];
}

/** The remainder of Reed and Solomon over GF(2⁸) with polynomial 0x11d. */
export function errorCorrection(data: readonly number[], degree: number): number[] {
  const divisor = generator(degree);
  const rest: number[] = new Array<number>(degree).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let at = 0; at < degree; at += 1) rest[at] = (rest[at] ?? 0) ^ multiply(divisor[at] ?? 0, factor);
  }
  return rest;
}

function generator(degree: number): number[] {
  const result: number[] = [...new Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let round = 0; round < degree; round += 1) {
    for (let at = 0; at < degree; at += 1) result[at] = multiply(result[at] ?? 0, root) ^ (result[at + 1] ?? 0);
    root = multiply(root, 2);
  }
  return result;
}

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a);
  return product;
}

function functionPatterns(version: number): Matrix {
  const size = sizeOf(version);
  const matrix: Matrix = Array.from({ length: size }, () => new Array<boolean | null>(size).fill(null));
  const put = (x: number, y: number, isDark: boolean) => {
    const row = matrix[y];
    if (row && x >= 0 && x < size) row[x] = isDark;
  };
  for (let at = 0; at < size; at += 1) {
    put(6, at, at % 2 === 0);
    put(at, 6, at % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    around(4, (dx, dy, ring) => put(cx + dx, cy + dy, ring !== 2 && ring !== 4));
  }
  const centres = alignmentCentres(version);
  const last = centres.length - 1;
  for (const [row, cy] of centres.entries()) {
    for (const [column, cx] of centres.entries()) {
      const isFinder = (row === 0 && column === 0) || (row === 0 && column === last) || (row === last && column === 0);
      if (!isFinder) around(2, (dx, dy, ring) => put(cx + dx, cy + dy, ring !== 1));
    }
  }
  putFormat(put, size, 0);
  if (version >= 7) {
    const bits = withRemainder(version, 12, 0x1f25);
    for (let at = 0; at < 18; at += 1) {
      const [near, far] = [size - 11 + (at % 3), Math.floor(at / 3)];
      put(near, far, ((bits >>> at) & 1) === 1);
      put(far, near, ((bits >>> at) & 1) === 1);
    }
  }
  return matrix;
}

function around(reach: number, put: (dx: number, dy: number, ring: number) => void): void {
  for (let dy = -reach; dy <= reach; dy += 1) for (let dx = -reach; dx <= reach; dx += 1) put(dx, dy, Math.max(Math.abs(dx), Math.abs(dy)));
}

function alignmentCentres(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => sizeOf(version) - 7 - step * (count - 2 - at))];
}

/** Level L is 01; both copies, and the module that is always dark. */
function putFormat(put: (x: number, y: number, isDark: boolean) => void, size: number, mask: number): void {
  const bits = withRemainder((1 << 3) | mask, 10, 0x537) ^ 0x5412;
  const isDark = (at: number) => ((bits >>> at) & 1) === 1;
  for (let at = 0; at < 15; at += 1) {
    const [x, y] = at < 6 ? [8, at] : at < 8 ? [8, at + 1] : at === 8 ? [7, 8] : [14 - at, 8];
    put(x, y, isDark(at));
    if (at < 8) put(size - 1 - at, 8, isDark(at));
    else put(8, size - 15 + at, isDark(at));
  }
  put(8, size - 8, true);
}

function withRemainder(value: number, degree: number, polynomial: number): number {
  let rest = value;
  for (let round = 0; round < degree; round += 1) rest = (rest << 1) ^ ((rest >>> (degree - 1)) * polynomial);
  return (value << degree) | rest;
}

export const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function masked(patterns: Matrix, codewords: readonly number[], mask: (x: number, y: number) => boolean, index: number): boolean[][] {
  const size = patterns.length;
  const matrix = patterns.map((row) => [...row]);
  let at = 0;
  for (const { x, y } of dataPath(size)) {
    const row = matrix[y];
    if (!row || row[x] !== null) continue;
    const bit = ((codewords[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1;
    row[x] = (bit === 1) !== mask(x, y);
    at += 1;
  }
  putFormat(
    (x, y, isDark) => {
      const row = matrix[y];
      if (row) row[x] = isDark;
    },
    size,
    index,
  );
  return matrix.map((row) => row.map((isDark) => isDark === true));
}

/** Two columns at a time from the right, up and down in turn, past the vertical timing pattern. */
export function* dataPath(size: number): Generator<{ x: number; y: number }> {
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const isUpward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = isUpward ? size - 1 - step : step;
      yield { x: right, y };
      yield { x: right - 1, y };
    }
  }
}

/** Long runs of one colour in rows and columns, and an uneven mix, are hard to read. */
function penalty(matrix: readonly boolean[][]): number {
  const columns = matrix.map((_, x) => matrix.map((row) => row[x] ?? false));
  let points = 0;
  for (const line of [...matrix, ...columns]) {
    const runs = line.map((isDark) => (isDark ? '1' : '0')).join('');
    for (const run of runs.match(/0{5,}|1{5,}/g) ?? []) points += run.length - 2;
    points += 40 * (runs.match(/(?=10111010000|00001011101)/g) ?? []).length;
  }
  const dark = matrix.flat().filter(Boolean).length / matrix.length ** 2;
  return points + Math.floor(Math.abs(dark - 0.5) * 20) * 10;
}
