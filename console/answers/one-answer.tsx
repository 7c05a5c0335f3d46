import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { UploadedFile } from '../../shared/attachment.ts';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { AnswerNews } from '../canned/answer-news.ts';
import type { TagShelf } from '../canned/tag-shelf.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { questionIn } from './answer-draft.ts';
import { AnswerEditor } from './answer-editor.tsx';
import { AnswerHeader } from './answer-header.tsx';
import { answerPath } from './answer-path.ts';
import type { AnswerEdits, AnswerShelf } from './answer-shelf.ts';
import type { NamedInbox } from './answer-words.ts';
import { DeleteAnswerDialog } from './delete-answer-dialog.tsx';
import { useAnswerNews } from './use-answer-news.ts';

interface OneAnswerProps {
  id: string;
  http: Http;
  shelf: AnswerShelf;
  news: AnswerNews | undefined;
  inboxes: readonly NamedInbox[];
  tags: TagShelf;
  mayUpload: boolean;
}

/** The answer at this address: as it is held in this tab, put right by what the server has. */
export function OneAnswer({ id, http, shelf, news, ...places }: OneAnswerProps) {
  const { route } = useLocation();
  const [isDeleting, setIsDeleting] = useState(false);
  const held = shelf.all.value.find((edits) => edits.id === id);
  const { error, reload } = useRemote<Answer | null>(async () => {
    // What was begun here is nowhere else.
    if (held && !held.saved.peek()) return { ok: true, data: null };
    const reply = await http.get<Answer>(`/answers/${id}`);
    if (reply.ok) shelf.opened(reply.data);
    return reply;
  }, [id]);
  useAnswerNews(news, (ids) => (ids === null || ids.includes(id)) && reload());
  const back = () => route(answerPath());
  if (!held && error) {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
        {error.code !== 'not-found' && <Button onClick={reload}>{t('action.retry')}</Button>}
        <Button onClick={back}>{t('answers.all')}</Button>
      </EmptyState>
    );
  }
  if (!held) return <Skeleton rows={5} label={t('state.loading')} />;
  const discard = (edits: AnswerEdits) => () => {
    if (edits.saved.value) return edits.discard();
    const takeBack = shelf.drop(edits);
    back();
    return () => {
      takeBack();
      route(answerPath(edits.id));
    };
  };
  /** Its files are its own: a copy gets copies. */
  const copy = async ({ draft, saved }: AnswerEdits) => {
    const lying = new Set(saved.value?.files.map((file) => file.id));
    const replies = await Promise.all(
      draft.value.files.map(async (file) =>
        lying.has(file.id) ? http.post<UploadedFile>(`/answers/${id}/copies`, { fileId: file.id }) : { ok: true as const, data: file },
      ),
    );
    const refused = replies.find((reply) => !reply.ok);
    if (refused) showToast({ tone: 'problem', text: errorText(refused.error) });
    const files = replies.flatMap((reply) => (reply.ok ? [reply.data] : []));
    route(answerPath(shelf.begin({ ...draft.value, files, isOn: false }).id));
  };
  const saved = held.saved.value;
  return (
    <>
      <AnswerHeader
        edits={held}
        inboxes={places.inboxes}
        onCopy={() => void copy(held)}
        onDelete={saved ? () => setIsDeleting(true) : undefined}
      />
      <AnswerEditor key={held.id} {...places} http={http} edits={{ ...held, discard: discard(held) }} />
      {saved && isDeleting && (
        <DeleteAnswerDialog
          http={http}
          answer={saved}
          onDeleted={() => {
            setIsDeleting(false);
            held.discard();
            shelf.drop(held);
            back();
            showToast({ text: t('answers.deleted', { name: questionIn(saved.question, language.value) }) });
          }}
          onClose={() => setIsDeleting(false)}
        />
      )}
    </>
  );
}
