import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { showToast } from '../ui/toast.tsx';
import { useKeptEdit } from './use-kept-edit.ts';

interface ToolEditorWish<Edit> {
  http: Http;
  /** Where what was begun is kept. */
  keptAs: string;
  first: Edit;
  /** Of the collection; `id` is null for a new one. */
  path: string;
  id: string | null;
  onDone: () => void;
}

interface ToolEditor<Edit> {
  edit: Edit;
  change: (values: Partial<Edit>) => void;
  error: ErrorReply | null;
  isSaving: boolean;
  form: RefObject<HTMLFormElement | null>;
  save: (event: Event, body: object, savedText: string) => Promise<void>;
  remove: (removedText: string) => Promise<void>;
  leave: () => void;
}

/** The editing of one response or macro: what was begun is kept, and what a colleague has changed since is not overwritten unseen. */
export function useToolEditor<Edit extends { updatedAt: number | null }>(wish: ToolEditorWish<Edit>): ToolEditor<Edit> {
  const { http, keptAs, first, path, id, onDone } = wish;
  const [edit, setEdit, forget] = useKeptEdit<Edit>(keptAs, first);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const leave = () => {
    forget();
    onDone();
  };
  const finish = (reply: Reply<unknown>, text: string) => {
    setIsSaving(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    showToast({ text });
    leave();
  };
  return {
    edit,
    error,
    isSaving,
    form,
    leave,
    change(values) {
      setError(null);
      setEdit({ ...edit, ...values });
    },
    async save(event, body, savedText) {
      event.preventDefault();
      if (isSaving) return;
      setIsSaving(true);
      const expected = edit.updatedAt !== null && { expectedAt: edit.updatedAt };
      finish(id === null ? await http.post(path, body) : await http.patch(`${path}/${id}`, { ...body, ...expected }), savedText);
    },
    async remove(removedText) {
      finish(await http.delete(`${path}/${id}`), removedText);
    },
  };
}
