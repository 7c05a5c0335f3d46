/** A picture of any size becomes a small square: cut in the middle, and made smaller here, so that the original never leaves the browser. */
import { PHOTO_BYTES_MAX } from '../../shared/photo.ts';

const SIDE = 256;
const QUALITIES = [0.9, 0.8, 0.65, 0.5] as const;

/** Null for what this browser cannot read as a picture. */
export async function cutPhoto(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!picture) return null;
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const brush = canvas.getContext('2d');
  if (!brush) return null;
  // What was transparent would turn black.
  brush.fillStyle = '#ffffff';
  brush.fillRect(0, 0, SIDE, SIDE);
  brush.imageSmoothingQuality = 'high';
  brush.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  for (const quality of QUALITIES) {
    for (const type of ['image/webp', 'image/jpeg']) {
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
      // A browser that does not write WebP gives a PNG instead.
      if (blob?.type === type && blob.size <= PHOTO_BYTES_MAX) return blob;
    }
  }
  return null;
}
