import type { TagShelf } from '../canned/tag-shelf.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import styles from './answer-list.module.css';
import type { NamedInbox } from './answer-words.ts';

export interface AnswerFilter {
  words: string;
  inboxId?: string | undefined;
  tag?: string | undefined;
  isOn?: 'true' | 'false' | undefined;
}

export const isNarrowed = ({ words, inboxId, tag, isOn }: AnswerFilter): boolean =>
  words.trim() !== '' || [inboxId, tag, isOn].some((one) => one !== undefined);

interface AnswerFiltersProps {
  filter: AnswerFilter;
  inboxes: readonly NamedInbox[];
  tags: TagShelf;
  onChange: (filter: AnswerFilter) => void;
}

export function AnswerFilters({ filter, inboxes, tags, onChange }: AnswerFiltersProps) {
  const names = [...new Set([...tags.tags.value.map(({ name }) => name), ...(filter.tag ? [filter.tag] : [])])];
  const change = (next: Partial<AnswerFilter>) => onChange({ ...filter, ...next });
  return (
    <search class={styles.filters}>
      <TextField
        type="search"
        label={t('answers.search')}
        isLabelHidden
        placeholder={t('answers.search')}
        autoComplete="off"
        maxLength={200}
        value={filter.words}
        onInput={(words) => change({ words })}
      />
      {(inboxes.length > 1 || filter.inboxId) && (
        <SelectField
          label={t('search.inbox')}
          isLabelHidden
          value={filter.inboxId ?? ''}
          options={[{ value: '', label: t('answers.everyInbox') }, ...inboxes.map(({ id, name }) => ({ value: id, label: name }))]}
          onChoose={(inboxId) => change({ inboxId: inboxId || undefined })}
        />
      )}
      {names.length > 0 && (
        <SelectField
          label={t('answers.tags')}
          isLabelHidden
          value={filter.tag ?? ''}
          options={[{ value: '', label: t('answers.everyTag') }, ...names.map((name) => ({ value: name, label: name }))]}
          onChoose={(tag) => change({ tag: tag || undefined })}
        />
      )}
      <SelectField
        label={t('answers.onOrOff')}
        isLabelHidden
        value={filter.isOn ?? ''}
        options={[
          { value: '', label: t('answers.onAndOff') },
          { value: 'true', label: t('answers.onlyOn') },
          { value: 'false', label: t('answers.onlyOff') },
        ]}
        onChoose={(isOn) => change({ isOn: isOn || undefined })}
      />
    </search>
  );
}
