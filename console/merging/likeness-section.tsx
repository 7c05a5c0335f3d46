import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { FileBrief, Likeness, Merged } from '../../shared/merging.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { LikenessLine } from './likeness-line.tsx';
import styles from './likeness-section.module.css';
import { mergeFiles, refuseLikeness, showMerged } from './merge-actions.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { useFresh } from './use-fresh.ts';

/** Above who it is: who else this may be. */
export function LikenessSection({ http, contact, may, isPage }: FileSectionProps) {
  const { route } = useLocation();
  const likenesses = useRemote(() => http.get<{ items: Likeness[] }>(`/contacts/${contact.id}/likenesses`), [contact.id]);
  const [compared, setCompared] = useState<[FileBrief, FileBrief] | null>(null);
  const [busyId, setBusyId] = useState<string | null>(null);
  const { reload } = likenesses;
  // Whatever has changed in the file may have made it like another, or unlike.
  useFresh(contact, reload);
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
    if (await refuseLikeness(http, id, reload)) reload();
    setBusyId(null);
  };
  const open = contact.erasedAt === undefined ? (likenesses.value?.items ?? []) : [];
  if (open.length === 0) return null;
  // Beside a chat there is little room: the likeliest says that there is something to see to.
  const shown = isPage ? open : open.slice(0, 1);
  return (
    <div class={styles.lines} data-merging>
      {shown.map((likeness) => (
        <LikenessLine
          key={likeness.id}
          likeness={likeness}
          contactId={contact.id}
          mayDecide={may('contacts:merge')}
          isBusy={busyId === likeness.id}
          onConfirm={() => void confirm(likeness)}
          onCompare={() => setCompared(pairFor(likeness, contact.id))}
          onRefuse={() => void refuse(likeness)}
        />
      ))}
      {open.length > shown.length && (
        <a class={styles.more} href={`/console/contacts/${contact.id}`}>
          {t('duplicate.more', { count: open.length - shown.length })}
        </a>
      )}
      {compared && <MergeDialog http={http} pair={compared} onMerged={merged} onClose={() => setCompared(null)} />}
    </div>
  );
}

/** The file that is looked at stays. */
function pairFor({ contact, other }: Likeness, contactId: string): [FileBrief, FileBrief] {
  return contact.id === contactId ? [contact, other] : [other, contact];
}
