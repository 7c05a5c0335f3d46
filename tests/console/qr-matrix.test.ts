import { expect, test } from 'vitest';
import { dataPath, errorCorrection, masks, toQrMatrix } from '../../console/ui/qr-matrix.ts';

/** What a camera's program does with a code of one block, from the printed standard: format, mask, path, length, bytes. */
function read(matrix: readonly boolean[][]): { text: string; level: number } {
  const size = matrix.length;
  const isDark = (x: number, y: number) => matrix[y]?.[x] === true;
  const formatPlaces = [...[0, 1, 2, 3, 4, 5].map((y) => [8, y]), [8, 7], [8, 8], [7, 8], ...[5, 4, 3, 2, 1, 0].map((x) => [x, 8])] as [
    number,
    number,
  ][];
  const format = formatPlaces.reduce((bits, [x, y], at) => bits | (Number(isDark(x, y)) << at), 0) ^ 0x5412;
  const mask = masks[(format >>> 10) & 7] as (x: number, y: number) => boolean;
  const version = (size - 17) / 4;
  const isFunction = (x: number, y: number) =>
    x === 6 ||
    y === 6 ||
    (x < 9 && y < 9) ||
    (x >= size - 8 && y < 9) ||
    (x < 9 && y >= size - 8) ||
    (version > 1 && Math.abs(x - (size - 7)) <= 2 && Math.abs(y - (size - 7)) <= 2);
  const bits: number[] = [];
  for (const { x, y } of dataPath(size)) if (!isFunction(x, y)) bits.push(Number(isDark(x, y) !== mask(x, y)));
  const codewords = Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2),
  );
  const degree = [7, 10, 15, 20, 26][version - 1] as number;
  const data = codewords.slice(0, -degree);
  expect(codewords.slice(-degree)).toEqual(errorCorrection(data, degree));
  const stream = data.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  expect(stream.slice(0, 4)).toBe('0100');
  const length = Number.parseInt(stream.slice(4, 12), 2);
  const bytes = Array.from({ length }, (_, at) => Number.parseInt(stream.slice(12 + at * 8, 20 + at * 8), 2));
  return { text: new TextDecoder().decode(new Uint8Array(bytes)), level: format >>> 13 };
}

test('the check bytes are those of the standard’s worked example', () => {
  const helloWorld = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17];
  expect(errorCorrection(helloWorld, 10)).toEqual([196, 35, 39, 119, 235, 215, 231, 226, 93, 23]);
});

test.each(['x', 'otpauth://totp/Kesher', 'שלום עולם', 'y'.repeat(53), 'z'.repeat(106)])('%s is read back from its code', (text) => {
  expect(read(toQrMatrix(text))).toEqual({ text, level: 1 });
});

test('a code grows with its text, keeps its three eyes, and refuses what no code holds', () => {
  for (const [length, version] of [
    [17, 1],
    [18, 2],
    [154, 7],
    [271, 10],
    [858, 20],
  ] as const) {
    const matrix = toQrMatrix('a'.repeat(length));
    expect(matrix.length).toBe(version * 4 + 17);
    const last = matrix.length - 1;
    for (const [x, y] of [
      [3, 3],
      [last - 3, 3],
      [3, last - 3],
    ] as const) {
      expect([matrix[y]?.[x], matrix[y]?.[x + 2], matrix[y]?.[x + 3]], `${length}`).toEqual([true, false, true]);
    }
  }
  expect(() => toQrMatrix('a'.repeat(859))).toThrow(RangeError);
});
