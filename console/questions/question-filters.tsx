import type { Inbox } from '../../shared/inbox.ts';
import { languageNames } from '../../shared/language.ts';
import { questionSorts } from '../../shared/question.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { type QuestionFilter, spans } from './question-filter.ts';
import styles from './questions-page.module.css';

interface QuestionFiltersProps {
  filter: QuestionFilter;
  inboxes: readonly Pick<Inbox, 'id' | 'name'>[];
  onFilter: (filter: QuestionFilter) => void;
}

export function QuestionFilters({ filter, inboxes, onFilter }: QuestionFiltersProps) {
  const set = (changes: Partial<QuestionFilter>) => onFilter({ ...filter, ...changes });
  return (
    <search class={styles.filters} aria-label={t('questions.filters')}>
      <Segmented
        label={t('questions.period')}
        value={filter.span}
        options={spans.map((value) => ({
          value,
          label: value === 'custom' ? t('questions.custom') : t('questions.days', { count: Number(value) }),
        }))}
        onChoose={(span) => set({ span })}
      />
      {filter.span === 'custom' && (
        <>
          <TextField label={t('questions.from')} type="date" dir="ltr" value={filter.firstDay} onInput={(firstDay) => set({ firstDay })} />
          <TextField
            label={t('questions.to')}
            type="date"
            dir="ltr"
            value={filter.lastDay}
            error={filter.firstDay > filter.lastDay ? t('questions.wrongPeriod') : undefined}
            onInput={(lastDay) => set({ lastDay })}
          />
        </>
      )}
      {inboxes.length > 1 && (
        <SelectField
          label={t('questions.inbox')}
          value={filter.inboxId}
          options={[{ value: '', label: t('questions.everyInbox') }, ...inboxes.map(({ id, name }) => ({ value: id, label: name }))]}
          onChoose={(inboxId) => set({ inboxId })}
        />
      )}
      <SelectField
        label={t('questions.language')}
        value={filter.language}
        options={[
          { value: '', label: t('questions.everyLanguage') },
          ...Object.entries(languageNames).map(([value, label]) => ({ value, label })),
        ]}
        onChoose={(language) => set({ language })}
      />
      <SelectField
        label={t('questions.sort')}
        value={filter.sort}
        options={questionSorts.map((value) => ({ value, label: t(`questions.sort.${value}`) }))}
        onChoose={(sort) => set({ sort })}
      />
    </search>
  );
}
