import { useEffect } from 'preact/hooks';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { TagRow } from '../canned/tag-row.tsx';
import { t } from '../texts/texts.ts';
import type { Desk } from './desk.ts';
import { setTags } from './desk-actions.ts';

/** The tags of a conversation; names used elsewhere are offered. */
export function TagEditor({ desk, summary, mayEdit }: { desk: Desk; summary: ConversationSummary; mayEdit: boolean }) {
  const shelf = desk.repertoire.tags;
  useEffect(() => shelf.want(), [shelf]);
  // The most used first; what a colleague has just made is known from the list.
  const usual = shelf.tags.value.filter(({ leaving }) => !leaving).toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0));
  const listed = [...desk.list.summaries.value.values()].flatMap((other) => other.tags);
  return (
    <TagRow
      label={t('tags.label')}
      tags={summary.tags}
      offered={[...new Set([...usual.map(({ name }) => name), ...listed])]}
      colourOf={(tag) => shelf.colourOf(tag)}
      mayEdit={mayEdit}
      onSet={(tags) => setTags(desk, summary, tags)}
    />
  );
}
