import { useSignalEffect } from '@preact/signals';
import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DocumentEntity, FileDocument } from '../../shared/document.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { timelineNews } from '../timeline/file-news.ts';
import { showToast } from '../ui/toast.tsx';
import { type RemotePages, useRemotePages } from '../ui/use-remote.ts';

/** What documents are kept with, and in whose timeline they stand. A person's own shelf shows those of their tickets and opportunities, too. */
export interface DocumentPlace {
  entity: DocumentEntity;
  entityId: string;
  contactId: string | null;
  /** Where it is another than before, there may be others. */
  news?: unknown;
}

export interface Documents {
  pages: RemotePages<FileDocument>;
  /** How many files are on their way. */
  arriving: number;
  add: (files: readonly File[]) => Promise<void>;
  remove: (item: FileDocument) => Promise<void>;
}

export function useDocuments(http: Http, { entity, entityId, contactId, news }: DocumentPlace, limit: number): Documents {
  const query = entity === 'contact' ? { contactId: entityId } : { entity, entityId };
  const read = (cursor: string | null, some = limit) =>
    http.get<{ items: FileDocument[]; next: string | null }>('/documents', { ...query, limit: some, cursor: cursor ?? undefined });
  const pages = useRemotePages<FileDocument>((cursor) => read(cursor), [http, entityId]);
  const [arriving, setArriving] = useState(0);
  useRefreshed({ contactId, news, pages, read: () => read(null, 50) });

  const add = async (files: readonly File[]) => {
    setArriving((count) => count + files.length);
    // One after the other: the server takes a few of one person at once.
    for (const file of files) {
      const uploaded = await http.upload(file);
      const kept = uploaded.ok
        ? await http.post<FileDocument>('/documents', { id: nanoid(), entity, entityId, fileId: uploaded.data.id })
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

  return { pages, arriving, add, remove };
}

interface Refreshed extends Pick<DocumentPlace, 'contactId' | 'news'> {
  pages: RemotePages<FileDocument>;
  read: () => Promise<{ ok: boolean; data?: { items: FileDocument[] } }>;
}

/** A colleague has added one, or the antivirus has looked at one: the newest are read again. */
function useRefreshed({ contactId, news, pages, read }: Refreshed): void {
  const held = useRef({ pages, read });
  held.current = { pages, read };
  const refresh = () =>
    void held.current.read().then((reply) => {
      const items = reply.ok ? reply.data?.items : undefined;
      if (!items) return;
      const end = items.at(-1)?.createdAt ?? 0;
      held.current.pages.patch((before) => [
        ...items,
        ...before.filter(({ id, createdAt }) => createdAt < end && !items.some((item) => item.id === id)),
      ]);
    });
  const isFirst = useRef(true);
  useSignalEffect(() => {
    const { contactId: changed, room } = timelineNews.value;
    if (isFirst.current) isFirst.current = false;
    else if (room === undefined && (changed === null || changed === contactId)) refresh();
  });
  const known = useRef(news);
  useEffect(() => {
    if (known.current !== news) refresh();
    known.current = news;
  }, [news]);
}

function whyNot(error: ErrorReply): string {
  if (error.code === 'too-large') return t('documents.tooLargeHint');
  return error.code === 'invalid' ? t('documents.wrongKind') : errorText(error);
}
