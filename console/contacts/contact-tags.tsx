import { useState } from 'preact/hooks';
import { TAGS_MAX } from '../../shared/contact-limits.ts';
import type { Tag } from '../../shared/tag.ts';
import { TagRow } from '../canned/tag-row.tsx';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';
import type { CardRowProps } from './card-row.ts';
import { askAgain, useKnown } from './use-known.ts';

const KNOWN = '/contact-tags';

/** The tags of a person; names used elsewhere are offered. */
export function ContactTags({ edits, mayEdit }: CardRowProps) {
  const { http, contact } = edits;
  const [isAdding, setIsAdding] = useState(false);
  const known = useKnown<{ items: string[] }>(http, isAdding ? KNOWN : null)?.items ?? [];
  const tagsOfChats = useKnown<{ items: Tag[] }>(http, '/tags')?.items ?? [];
  const set = async (tags: string[]) => {
    const refusal = await edits.patch({ tags });
    if (typeof refusal === 'string') showToast({ text: refusal, tone: 'problem' });
    else askAgain(http, KNOWN);
  };
  if (!mayEdit && contact.tags.length === 0) return null;
  return (
    <TagRow
      label={t('card.tags')}
      tags={contact.tags}
      offered={[...new Set([...known, ...tagsOfChats.map(({ name }) => name)])]}
      colourOf={(name) => tagsOfChats.find((tag) => tag.name === name)?.colour ?? 'neutral'}
      mayEdit={mayEdit}
      most={TAGS_MAX}
      onBegin={() => setIsAdding(true)}
      onSet={(tags) => void set(tags)}
    />
  );
}
