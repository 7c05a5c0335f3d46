import { useSignalEffect } from '@preact/signals';
import { nanoid } from 'nanoid';
import { useRef, useState } from 'preact/hooks';
import { ACCEPTED_FILES } from '../../shared/attachment.ts';
import type { FileDocument } from '../../shared/document.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { timelineNews } from '../timeline/file-news.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { type RemotePages, useRemotePages } from '../ui/use-remote.ts';
import { DocumentPreview } from './document-preview.tsx';
import { DocumentRow } from './document-row.tsx';
import styles from './documents-section.module.css';

const SHOWN_BESIDE = 3;

/** Files that are kept with a person. Beside a chat, where there are none, nothing is said of it. */
export function DocumentsSection({ http, contact, may, isPage }: FileSectionProps) {
  const pages = useRemotePages<FileDocument>(
    (cursor) => http.get('/documents', { contactId: contact.id, limit: isPage ? 20 : SHOWN_BESIDE, cursor: cursor ?? undefined }),
    [http, contact.id],
  );
  const [arriving, setArriving] = useState(0);
  const [preview, setPreview] = useState<FileDocument | null>(null);
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useRefreshed(contact.id, pages, () => http.get('/documents', { contactId: contact.id, limit: 50 }));
  const mayAdd = may('contacts:edit') && contact.erasedAt === undefined;

  const add = async (files: readonly File[]) => {
    setArriving((count) => count + files.length);
    // One after the other: the server takes a few of one person at once.
    for (const file of files) {
      const uploaded = await http.upload(file);
      const kept = uploaded.ok
        ? await http.post<FileDocument>('/documents', { id: nanoid(), entity: 'contact', entityId: contact.id, fileId: uploaded.data.id })
        : uploaded;
      setArriving((count) => count - 1);
      if (!kept.ok) showToast({ text: t('documents.refused', { name: file.name, why: whyNot(kept.error) }), tone: 'problem' });
      else pages.patch((items) => [kept.data as FileDocument, ...items.filter(({ id }) => id !== (kept.data as FileDocument).id)]);
    }
  };
  const remove = async (gone: FileDocument) => {
    const reply = await http.delete(`/documents/${gone.id}`);
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    pages.patch((items) => items.filter(({ id }) => id !== gone.id));
    const restore = async () => {
      const back = await http.post<FileDocument>(`/documents/${gone.id}/restore`, undefined);
      if (back.ok)
        pages.patch((items) => [...items.filter(({ id }) => id !== gone.id), back.data].toSorted((a, b) => b.createdAt - a.createdAt));
      else showToast({ text: errorText(back.error), tone: 'problem' });
    };
    showToast({ text: t('documents.removed', { name: gone.name }), action: { label: t('action.undo'), run: () => void restore() } });
  };

  if (!isPage && pages.items.length === 0) return null;
  return (
    <section
      class={[styles.section, isOver && styles.over].filter(Boolean).join(' ')}
      aria-label={t('documents.title')}
      {...(mayAdd &&
        isPage && {
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
        <h2 class={isPage ? styles.title : styles.small}>{t('documents.title')}</h2>
        {mayAdd && isPage && (
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
            mayChange={mayAdd && isPage}
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

/** A colleague has added one, or the antivirus has looked at one: the newest are read again. */
function useRefreshed(
  contactId: string,
  pages: RemotePages<FileDocument>,
  read: () => Promise<{ ok: boolean; data?: { items: FileDocument[] } }>,
): void {
  const held = useRef({ pages, read });
  held.current = { pages, read };
  const isFirst = useRef(true);
  useSignalEffect(() => {
    const { contactId: changed, room } = timelineNews.value;
    if (isFirst.current) isFirst.current = false;
    else if (room === undefined && (changed === null || changed === contactId)) {
      void held.current.read().then((reply) => {
        const items = reply.ok ? reply.data?.items : undefined;
        if (!items) return;
        const end = items.at(-1)?.createdAt ?? 0;
        held.current.pages.patch((before) => [
          ...items,
          ...before.filter(({ id, createdAt }) => createdAt < end && !items.some((item) => item.id === id)),
        ]);
      });
    }
  });
}

function whyNot(error: ErrorReply): string {
  if (error.code === 'too-large') return t('documents.tooLargeHint');
  return error.code === 'invalid' ? t('documents.wrongKind') : errorText(error);
}
