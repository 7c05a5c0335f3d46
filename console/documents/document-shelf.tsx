import { useRef, useState } from 'preact/hooks';
import { ACCEPTED_FILES } from '../../shared/attachment.ts';
import type { FileDocument } from '../../shared/document.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DocumentPreview } from './document-preview.tsx';
import { DocumentRow } from './document-row.tsx';
import styles from './documents-section.module.css';
import { type DocumentsAsked, useDocuments } from './use-documents.ts';

interface DocumentShelfProps extends Omit<DocumentsAsked, 'limit'> {
  mayAdd: boolean;
  mayChange: (item: FileDocument) => boolean;
  /** The latest few, to be looked at; where there are none, nothing is said of it. */
  isBrief?: boolean;
  limit?: number;
  /** Its heading stands among others of the same size. */
  isSmall?: boolean;
  emptyText: string;
}

/** Files that are kept with a person, a ticket or an opportunity: chosen or dropped, looked at, renamed, removed. */
export function DocumentShelf(props: DocumentShelfProps) {
  const { http, entity, entityId, mayAdd, mayChange, isBrief = false, limit = 20, isSmall = isBrief, emptyText } = props;
  const { pages, arriving, add, remove, renamed } = useDocuments({ ...props, limit });
  const [preview, setPreview] = useState<FileDocument | null>(null);
  const [isOver, setIsOver] = useState(false);
  if (isBrief && pages.items.length === 0) return null;
  const drop = {
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setIsOver(false);
      void add([...(event.dataTransfer?.files ?? [])]);
    },
  };
  return (
    <section
      class={[styles.section, isOver && styles.over].filter(Boolean).join(' ')}
      aria-label={t('documents.title')}
      {...(mayAdd && drop)}
    >
      <header class={styles.head}>
        <h2 class={isBrief ? styles.small : isSmall ? styles.middle : styles.title}>{t('documents.title')}</h2>
        {mayAdd && <AddFiles isBusy={arriving > 0} onChosen={(files) => void add(files)} />}
      </header>
      <p class={arriving > 0 ? styles.quiet : 'visually-hidden'} role="status">
        {arriving > 0 ? t('documents.uploading', { count: arriving }) : ''}
      </p>
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={1} label={t('state.loading')} />}
      {pages.phase === 'idle' && !pages.error && pages.items.length === 0 && <p class={styles.quiet}>{emptyText}</p>}
      <ul class={styles.list}>
        {pages.items.map((item) => (
          <DocumentRow
            key={item.id}
            item={item}
            http={http}
            isElsewhere={item.entity !== entity || item.entityId !== entityId}
            mayChange={mayChange(item)}
            onOpen={setPreview}
            onRemove={remove}
            onRenamed={renamed}
          />
        ))}
      </ul>
      {pages.error && (
        <p class={styles.error} role="alert">
          {errorText(pages.error)}
        </p>
      )}
      {!isBrief && (pages.hasMore || pages.error) && (
        <Button size="small" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {pages.error ? t('action.retry') : t('action.more')}
        </Button>
      )}
      {preview && <DocumentPreview item={preview} onClose={() => setPreview(null)} />}
    </section>
  );
}

function AddFiles({ isBusy, onChosen }: { isBusy: boolean; onChosen: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="small" icon="paperclip" isBusy={isBusy} onClick={() => input.current?.click()}>
        {t('documents.add')}
      </Button>
      <input
        ref={input}
        class="visually-hidden"
        tabIndex={-1}
        aria-label={t('documents.add')}
        type="file"
        multiple
        accept={ACCEPTED_FILES}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          onChosen(files);
        }}
      />
    </>
  );
}
