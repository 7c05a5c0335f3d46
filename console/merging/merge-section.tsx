import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { FileBrief, Merge, Merged } from '../../shared/merging.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { useRemote } from '../ui/use-remote.ts';
import { FileTools } from './file-tools.tsx';
import { showMerged } from './merge-actions.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { MergeList } from './merge-list.tsx';
import styles from './merge-section.module.css';
import { useFresh } from './use-fresh.ts';

/** On the page of a customer file, not beside a chat. */
export function MergeSection(props: FileSectionProps) {
  return props.isPage ? <MergeCard {...props} /> : null;
}

/** What was merged into the file, with the way back; how to merge another one into it, and how to split it. */
function MergeCard({ http, contact, may }: FileSectionProps) {
  const { route } = useLocation();
  const merges = useRemote(() => http.get<{ items: Merge[] }>(`/contacts/${contact.id}/merges`), [contact.id]);
  const [compared, setCompared] = useState<[FileBrief, FileBrief] | null>(null);
  useFresh(contact, merges.reload);
  const merged = (done: Merged) => {
    setCompared(null);
    showMerged(http, done, merges.reload);
    if (done.contact.id !== contact.id) route(`/console/contacts/${done.contact.id}`, true);
    else merges.reload();
  };
  const history = merges.value?.items ?? [];
  const hasTools = may('contacts:merge') && contact.erasedAt === undefined;
  if (history.length === 0 && !hasTools) return null;
  return (
    <section class={styles.card}>
      <MergeList http={http} merges={history} mayUndo={hasTools} onUndone={merges.reload} />
      {hasTools && (
        <FileTools http={http} contact={contact} onChosen={(other) => setCompared([asBrief(contact), other])} onSplit={merges.reload} />
      )}
      {compared && <MergeDialog http={http} pair={compared} onMerged={merged} onClose={() => setCompared(null)} />}
    </section>
  );
}

function asBrief({ id, name, company, lifecycle, identities, createdAt, lastSeenAt }: FileSectionProps['contact']): FileBrief {
  return { id, name, company, lifecycle, identities, createdAt, lastSeenAt };
}
