import type { FileDocument } from '../../shared/document.ts';
import { PictureDialog } from '../messages/picture-dialog.tsx';
import { t } from '../texts/texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './documents-section.module.css';

/** Pictures, and what the browser's own viewer shows; anything else is downloaded. */
export function isPreviewed({ type, width }: FileDocument): boolean {
  return (width !== null && /^image\/(?:png|jpeg|gif|webp|avif)$/.test(type)) || (type === 'application/pdf' && navigator.pdfViewerEnabled);
}

export function DocumentPreview({ item, onClose }: { item: FileDocument; onClose: () => void }) {
  const { id, name, type, size, url, width, height } = item;
  if (url === null) return null;
  if (width !== null && height !== null) {
    return <PictureDialog pictures={[{ id, name, type, size, url, width, height }]} firstId={id} onClose={onClose} />;
  }
  return (
    <Dialog title={name} closeLabel={t('action.close')} onClose={onClose}>
      <iframe class={styles.pdf} src={`${url}?view`} title={t('documents.pdf', { name })} referrerpolicy="no-referrer" />
    </Dialog>
  );
}
