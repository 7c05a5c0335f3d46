import { useRef, useState } from 'preact/hooks';
import { ACCEPTED_FILES } from '../../shared/attachment.ts';
import type { FileDocument } from '../../shared/document.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DocumentPreview } from './document-preview.tsx';
import { DocumentRow } from './document-row.tsx';
import styles from './documents-section.module.css';
import { type DocumentPlace, useDocuments } from './use-documents.ts';

const SHOWN_BESIDE = 3;

interface DocumentShelfProps {
  http: Http;
  place: DocumentPlace;
  /** To put something here. */
  mayAdd: boolean;
  /** To rename it or take it away; what stands here may be kept with something else. */
  mayChange: (item: FileDocument) => boolean;
  /** `beside` a chat: the latest few, and nothing where there are none. `section`: one of several on a page. */
  look: 'page' | 'section' | 'dialog' | 'beside';
}

/** Files that are kept with something, to be added, looked at and taken away. */
export function DocumentShelf({ http, place, mayAdd: mayWrite, mayChange, look }: DocumentShelfProps) {
  const isPage = look !== 'beside';
  const { pages, arriving, add, remove } = useDocuments(http, place, isPage ? 20 : SHOWN_BESIDE);
  const [preview, setPreview] = useState<FileDocument | null>(null);
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const mayAdd = mayWrite && isPage;
  const Heading = look === 'dialog' ? 'h3' : 'h2';
  if (!isPage && pages.items.length === 0) return null;
  return (
    <section
      class={[styles.section, isOver && styles.over].filter(Boolean).join(' ')}
      aria-label={t('documents.title')}
      {...(mayAdd && {
        onDragOver: (event: DragEvent) => {
          if (!event.dataTransfer?.types.includes('Files')) return;
          event.preventDefault();
          setIsOver(true);
        },
        onDragLeave: () => setIsOver(false),
        onDrop: (event: DragEvent) => {
          event.preventDefault();
          setIsOver(false);
          void add([...(event.dataTransfer?.files ?? [])]);
        },
      })}
    >
      <header class={styles.head}>
        <Heading class={look === 'page' ? styles.title : look === 'section' ? styles.middle : styles.small}>{t('documents.title')}</Heading>
        {mayAdd && (
          <>
            <Button size="small" icon="paperclip" isBusy={arriving > 0} onClick={() => input.current?.click()}>
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
                void add(files);
              }}
            />
          </>
        )}
      </header>
      <p class={arriving > 0 ? styles.quiet : 'visually-hidden'} role="status">
        {arriving > 0 ? t('documents.uploading', { count: arriving }) : ''}
      </p>
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={1} label={t('state.loading')} />}
      {pages.phase === 'idle' && !pages.error && pages.items.length === 0 && (
        <p class={styles.quiet}>{t(mayAdd ? 'documents.emptyHint' : 'documents.none')}</p>
      )}
      <ul class={styles.list}>
        {pages.items.map((item) => (
          <DocumentRow
            key={item.id}
            item={item}
            http={http}
            mayChange={isPage && mayChange(item)}
            isElsewhere={item.entity !== place.entity}
            onOpen={setPreview}
            onRemove={remove}
            onRenamed={(renamed) => pages.patch((items) => items.map((one) => (one.id === renamed.id ? renamed : one)))}
          />
        ))}
      </ul>
      {pages.error && (
        <p class={styles.error} role="alert">
          {errorText(pages.error)}
        </p>
      )}
      {isPage && (pages.hasMore || pages.error) && (
        <Button size="small" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {pages.error ? t('action.retry') : t('action.more')}
        </Button>
      )}
      {preview && <DocumentPreview item={preview} onClose={() => setPreview(null)} />}
    </section>
  );
}
