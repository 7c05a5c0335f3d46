/** How large a picture is, read from its header: nothing is decoded, so a picture that is a bomb does no harm here. */
import type { FileHandle } from 'node:fs/promises';

export interface PictureSize {
  width: number;
  height: number;
}

/** Cameras put a preview and more before the size of a JPEG. */
const HEADER_BYTES = 512 * 1024;

/** As it is seen, turned as its camera says. Null where the header does not tell. */
export async function readPictureSize(file: FileHandle, type: string): Promise<PictureSize | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
  const header = buffer.subarray(0, bytesRead);
  try {
    const size = readers[type]?.(header) ?? null;
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch {
    // It ends before it has said its size.
    return null;
  }
}

const readers: Readonly<Record<string, (header: Buffer) => PictureSize | null>> = {
  'image/png': (header) => ({ width: header.readUInt32BE(16), height: header.readUInt32BE(20) }),
  'image/gif': (header) => ({ width: header.readUInt16LE(6), height: header.readUInt16LE(8) }),
  'image/jpeg': readJpeg,
  'image/webp': readWebp,
  'image/avif': readHeif,
  'image/heic': readHeif,
};

function readJpeg(header: Buffer): PictureSize | null {
  let isTurned = false;
  for (let at = 2; at < header.length; ) {
    if (header[at] !== 0xff) return null;
    const marker = header.readUInt8(at + 1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = header.readUInt16BE(at + 2);
    if (marker === 0xe1) isTurned ||= isTurnedByExif(header.subarray(at + 4, at + 2 + length));
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const [height, width] = [header.readUInt16BE(at + 5), header.readUInt16BE(at + 7)];
      return isTurned ? { width: height, height: width } : { width, height };
    }
    at += 2 + length;
  }
  return null;
}

/** Orientations 5 to 8 stand on their side. */
function isTurnedByExif(segment: Buffer): boolean {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return false;
  const tiff = segment.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = tiff.length < 8 ? 0 : isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const count = Math.min(short(directory), 100);
  for (let entry = directory + 2; entry < directory + 2 + count * 12; entry += 12) {
    if (short(entry) === 0x0112) return short(entry + 8) >= 5;
  }
  return false;
}

function readWebp(header: Buffer): PictureSize | null {
  const chunk = header.toString('latin1', 12, 16);
  if (chunk === 'VP8X') return { width: header.readUIntLE(24, 3) + 1, height: header.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8 ') return { width: header.readUInt16LE(26) & 0x3fff, height: header.readUInt16LE(28) & 0x3fff };
  if (chunk !== 'VP8L') return null;
  const bits = header.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** The largest of the sizes that are told: a grid's is larger than those of its tiles. */
function readHeif(header: Buffer): PictureSize | null {
  let largest: PictureSize | null = null;
  let isTurned = false;
  for (let at = header.indexOf('ispe'); at !== -1; at = header.indexOf('ispe', at + 4)) {
    const size = { width: header.readUInt32BE(at + 8), height: header.readUInt32BE(at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  const rotation = header.indexOf('irot');
  if (rotation !== -1) isTurned = (header.readUInt8(rotation + 4) & 1) === 1;
  return largest && isTurned ? { width: largest.height, height: largest.width } : largest;
}
