import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Attachment } from '../../shared/attachment.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './picture-dialog.module.css';

interface PictureDialogProps {
  pictures: readonly Attachment[];
  firstId: string;
  onClose: () => void;
}

/** One picture over the whole screen; arrows lead to the message's others. The browser keeps the focus inside. */
export function PictureDialog({ pictures, firstId, onClose }: PictureDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      pictures.findIndex(({ id }) => id === firstId),
    ),
  );
  useLayoutEffect(() => {
    const origin = document.activeElement;
    ref.current?.showModal();
    return () => {
      ref.current?.close();
      if (origin instanceof HTMLElement) origin.focus();
    };
  }, []);
  const picture = pictures[at];
  if (!picture) return null;
  const step = (by: number) => setAt(Math.min(pictures.length - 1, Math.max(0, at + by)));
  const onKeyDown = (event: KeyboardEvent) => {
    const forwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') step(event.key === forwards ? 1 : -1);
    // The list's own shortcuts do not act behind a picture.
    event.stopPropagation();
  };
  const { name, url } = picture;
  return (
    <dialog
      ref={ref}
      class={styles.dialog}
      aria-label={name}
      onKeyDown={onKeyDown}
      onClick={(event) => event.target === ref.current && onClose()}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class={styles.bar}>
        <bdi class={styles.name}>{name}</bdi>
        <a class={styles.tool} href={`${url}?download`} aria-label={t('files.download', { name })} title={t('files.download', { name })}>
          <Icon name="download" />
        </a>
        <IconButton class={styles.tool} icon="x" label={t('action.close')} onClick={onClose} />
      </div>
      {/* Its name stands above it. */}
      <img class={styles.picture} src={url} alt="" width={picture.width} height={picture.height} />
      <div class={styles.bar}>
        {pictures.length > 1 && (
          <>
            <IconButton class={styles.tool} icon="chevron-left" label={t('files.previous')} disabled={at === 0} onClick={() => step(-1)} />
            <span role="status">{t('files.place', { at: at + 1, all: pictures.length })}</span>
            <IconButton
              class={styles.tool}
              icon="chevron-right"
              label={t('files.next')}
              disabled={at === pictures.length - 1}
              onClick={() => step(1)}
            />
          </>
        )}
      </div>
    </dialog>
  );
}
