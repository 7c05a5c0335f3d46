import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { FileBrief, Likeness, Merge, Merged } from '../../shared/merging.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { errorText } from '../texts/error-text.ts';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { FileTools } from './file-tools.tsx';
import { LikenessLine } from './likeness-line.tsx';
import { mergeFiles, refuseLikeness, showMerged } from './merge-actions.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { MergeList } from './merge-list.tsx';

/** In a customer's file: who else this may be, what was merged into it, and on its page how to merge and split. */
export function LikenessSection({ http, contact, may, isPage }: FileSectionProps) {
  const { route } = useLocation();
  const likenesses = useRemote(() => http.get<{ items: Likeness[] }>(`/contacts/${contact.id}/likenesses`), [contact.id]);
  const merges = useRemote(() => http.get<{ items: Merge[] }>(`/contacts/${contact.id}/merges`), [contact.id]);
  const [compared, setCompared] = useState<[FileBrief, FileBrief] | null>(null);
  const [busyId, setBusyId] = useState<string | null>(null);
  const isFirst = useRef(true);
  const reload = () => {
    likenesses.reload();
    merges.reload();
  };
  // Whatever has changed in the file may have made it like another, or unlike.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else reload();
  }, [contact]);
  const mayMerge = may('contacts:merge');
  const merged = (done: Merged) => {
    setCompared(null);
    showMerged(http, done, reload);
    // The panel beside a chat follows its conversation; the page goes to the file that is kept.
    if (isPage && done.contact.id !== contact.id) route(`/console/contacts/${done.contact.id}`, true);
    else reload();
  };
  const confirm = async ({ id, contact: claimant, other }: Likeness) => {
    setBusyId(id);
    const reply = await mergeFiles(http, other.id, { id: nanoid(), otherId: claimant.id, keep: {} });
    setBusyId(null);
    if (reply.ok) merged(reply.data);
    else showToast({ text: errorText(reply.error), tone: 'problem' });
  };
  const refuse = async ({ id }: Likeness) => {
    setBusyId(id);
    if (await refuseLikeness(http, id)) reload();
    setBusyId(null);
  };
  const open = contact.erasedAt === undefined ? (likenesses.value?.items ?? []) : [];
  const history = merges.value?.items ?? [];
  const hasTools = isPage && mayMerge && contact.erasedAt === undefined;
  if (open.length === 0 && history.length === 0 && !hasTools) return null;
  return (
    <section data-merging>
      {open.map((likeness) => (
        <LikenessLine
          key={likeness.id}
          likeness={likeness}
          contactId={contact.id}
          mayDecide={mayMerge}
          isBusy={busyId === likeness.id}
          onConfirm={() => void confirm(likeness)}
          onCompare={() => setCompared(pairFor(likeness, contact.id))}
          onRefuse={() => void refuse(likeness)}
        />
      ))}
      {isPage && <MergeList http={http} merges={history} mayUndo={mayMerge} onUndone={reload} />}
      {hasTools && (
        <FileTools http={http} contact={contact} onChosen={(other) => setCompared([asBrief(contact), other])} onSplit={reload} />
      )}
      {compared && <MergeDialog http={http} pair={compared} onMerged={merged} onClose={() => setCompared(null)} />}
    </section>
  );
}

/** The file that is looked at stays, unless it is a visitor's own beside the one that it claims. */
function pairFor({ kind, contact, other }: Likeness, contactId: string): [FileBrief, FileBrief] {
  if (kind === 'claim') return [other, contact];
  return contact.id === contactId ? [contact, other] : [other, contact];
}

function asBrief({ id, name, company, lifecycle, identities, createdAt, lastSeenAt }: FileSectionProps['contact']): FileBrief {
  return { id, name, company, lifecycle, identities, createdAt, lastSeenAt };
}
