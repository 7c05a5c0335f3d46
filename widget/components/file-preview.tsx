import { useEffect, useRef } from 'preact/hooks';
import type { PendingFile } from '../../shared/attachment.ts';
import type { ShownUploads } from './file-note.tsx';

const EDGE_MAX = 480;

/** A picture that is still here, drawn: the page's security policy need not allow `blob:` addresses for it. */
export function FilePreview({ file, uploads }: { file: PendingFile; uploads: ShownUploads | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const all = uploads?.all;
  useEffect(() => {
    if (!all) return;
    void all.content(file.key).then(
      async (content) => {
        const { width = 1, height = 1 } = file;
        const scale = Math.min(1, EDGE_MAX / Math.max(width, height));
        const spot = canvas.current;
        if (!content || !spot) return;
        const bitmap = await createImageBitmap(content, { resizeWidth: Math.ceil(width * scale), resizeHeight: Math.ceil(height * scale) });
        spot.width = bitmap.width;
        spot.height = bitmap.height;
        spot.getContext('2d')?.drawImage(bitmap, 0, 0);
        bitmap.close();
      },
      () => undefined,
    );
  }, [file.key, all]);
  return <canvas ref={canvas} />;
}
