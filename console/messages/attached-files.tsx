import { useEffect, useRef, useState } from 'preact/hooks';
import { type Attachment, isPicture, type PendingFile } from '../../shared/attachment.ts';
import type { UploadState } from '../../shared/uploads.ts';
import { t } from '../texts/texts.ts';
import { formatBytes } from '../ui/format-bytes.ts';
import { OneLine } from '../ui/one-line.tsx';
import type { AgentUploads } from './agent-uploads.ts';
import styles from './attached-files.module.css';
import { PictureDialog } from './picture-dialog.tsx';

/** The files of a stored message: pictures in the space that they take, everything else as a card to download. */
export function AttachedFiles({ files }: { files: readonly Attachment[] }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const [brokenIds, setBrokenIds] = useState<readonly string[]>([]);
  const pictures = files.filter((file) => isPicture(file) && !brokenIds.includes(file.id));
  return (
    <>
      <ul class={styles.files}>
        {files.map((file) => (
          <li key={file.id}>
            {pictures.includes(file) ? (
              <button
                type="button"
                class={styles.picture}
                style={frameOf(file)}
                aria-label={t('files.open', { name: file.name })}
                onClick={() => setOpenId(file.id)}
              >
                <img src={file.url} alt="" loading="lazy" onError={() => setBrokenIds([...brokenIds, file.id])} />
              </button>
            ) : (
              <a class={styles.card} href={`${file.url}?download`}>
                <CardText file={file} />
              </a>
            )}
          </li>
        ))}
      </ul>
      {openId !== null && <PictureDialog pictures={pictures} firstId={openId} onClose={() => setOpenId(null)} />}
    </>
  );
}

/** The files of a message that is on its way. */
export function PendingFiles({ files, uploads }: { files: readonly PendingFile[]; uploads: AgentUploads }) {
  return (
    <ul class={styles.files}>
      {files.map((file) => (
        <li key={file.key}>
          {isPicture(file) ? (
            <span class={styles.picture} style={frameOf(file)}>
              <DrawnPicture file={file} uploads={uploads} />
            </span>
          ) : (
            <span class={styles.card}>
              <CardText file={file} />
            </span>
          )}
          <UploadNote name={file.name} state={uploads.states.value.get(file.key)} />
        </li>
      ))}
    </ul>
  );
}

export function UploadNote({ name, state }: { name: string; state: UploadState | undefined }) {
  if (!state || state.isDone) return null;
  if (state.failed) {
    const text =
      state.failed === 'not-found'
        ? t('files.lost', { name })
        : state.failed === 'invalid'
          ? t('files.kind', { name })
          : t('files.refused', { name });
    return (
      <p class={styles.refused} role="alert">
        {text}
      </p>
    );
  }
  const percent = Math.round(state.share * 100);
  return (
    <p class={styles.note}>
      <progress class={styles.progress} max={100} value={percent} aria-label={t('files.progress', { name, percent: `${percent}%` })} />
      {state.isWaiting ? t('files.waiting') : state.isHeldHere ? t('files.heldHere') : null}
    </p>
  );
}

const DRAWN_EDGE_MAX = 480;

/** A picture that is still in this browser, drawn: the console's policy allows no `blob:` addresses. */
export function DrawnPicture({ file, uploads }: { file: PendingFile; uploads: AgentUploads }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = async () => {
      const { width = 1, height = 1 } = file;
      const scale = Math.min(1, DRAWN_EDGE_MAX / Math.max(width, height));
      const content = await uploads.content(file.key);
      if (!content || !ref.current) return;
      const bitmap = await createImageBitmap(content, { resizeWidth: Math.ceil(width * scale), resizeHeight: Math.ceil(height * scale) });
      Object.assign(ref.current, { width: bitmap.width, height: bitmap.height });
      ref.current.getContext('2d')?.drawImage(bitmap, 0, 0);
      bitmap.close();
    };
    // Without its picture the frame stays grey.
    draw().catch(() => undefined);
  }, [file.key, uploads]);
  // What lies at the server is shown from there.
  if (file.url) return <img src={file.url} alt="" />;
  return <canvas ref={ref} />;
}

function CardText({ file: { name, size } }: { file: Pick<Attachment, 'name' | 'size'> }) {
  return (
    <>
      <span class={styles.ending} aria-hidden="true">
        {name.split('.').at(-1)}
      </span>
      <span class={styles.cardText}>
        <OneLine text={name} />
        <span class={styles.size}>{formatBytes(size)}</span>
      </span>
    </>
  );
}

const WIDTH_MAX = 320;
const HEIGHT_MAX = 240;

/** The space that the picture takes, before it is here. */
function frameOf({ width = 1, height = 1 }: Pick<Attachment, 'width' | 'height'>) {
  const scale = Math.min(1, WIDTH_MAX / width, HEIGHT_MAX / height);
  return { inlineSize: `${width * scale}px`, aspectRatio: `${width} / ${height}` };
}
