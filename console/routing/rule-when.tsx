import { lifecycleNames } from '../../shared/lifecycle.ts';
import type { RuleConditions } from '../../shared/routing.ts';
import { t } from '../texts/texts.ts';
import { CheckList } from '../ui/check-list.tsx';
import { SelectField } from '../ui/field.tsx';
import { formatLanguage } from '../ui/format.ts';
import { FieldPairs } from './field-pairs.tsx';
import { ListField } from './list-field.tsx';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';

/** Offered to be ticked; what a program has set besides stays. */
export const usualLanguages = ['he', 'en', 'ar', 'ru', 'fr', 'es', 'de', 'am', 'uk', 'pt', 'ro'];
const answers = ['any', 'true', 'false'] as const;
const times = ['any', 'open', 'closed'] as const;

interface RuleWhenProps {
  when: RuleConditions;
  path: string;
  onChange: (when: RuleConditions) => void;
}

/** For which chats a rule is. What is left open does not matter. */
export function RuleWhen({ when, path, onChange }: RuleWhenProps) {
  const { inboxes, errorAt } = useRoutingForm();
  const { inboxIds = [], languages = [], pages = [], fields = [], lifecycles = [], hours } = when;
  const change = (next: { [Key in keyof RuleConditions]: RuleConditions[Key] | undefined }) => {
    const said = Object.entries({ ...when, ...next }).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    );
    onChange(Object.fromEntries(said));
  };
  const yesOrNo = (name: 'isVerified' | 'isReturning') => (
    <SelectField
      label={t(`routing.${name}`)}
      value={String(when[name] ?? 'any') as (typeof answers)[number]}
      options={answers.map((value) => ({ value, label: t(`routing.${name}.${value}`) }))}
      onChoose={(value) => change({ [name]: value === 'any' ? undefined : value === 'true' })}
    />
  );
  return (
    <div class={styles.stack}>
      {(inboxes.length > 1 || inboxIds.length > 0) && (
        <CheckList
          label={t('routing.inboxes')}
          options={inboxes.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={inboxIds}
          emptyText=""
          onChoose={(chosen) => change({ inboxIds: chosen })}
        />
      )}
      <CheckList
        label={t('routing.languages')}
        options={[...new Set([...usualLanguages, ...languages])].map((tag) => ({ value: tag, label: formatLanguage(tag) }))}
        chosen={languages}
        emptyText=""
        onChoose={(chosen) => change({ languages: chosen })}
      />
      <ListField
        label={t('routing.pages')}
        hint={t('routing.pagesHint')}
        values={pages}
        isOfAddresses
        error={errorAt(`${path}.pages`)}
        onChange={(lines) => change({ pages: lines })}
      />
      <div class={styles.grid}>
        {yesOrNo('isReturning')}
        {yesOrNo('isVerified')}
        <SelectField
          label={t('routing.hours')}
          value={hours ?? 'any'}
          options={times.map((value) => ({ value, label: t(`routing.hours.${value}`) }))}
          onChoose={(value) => change({ hours: value === 'any' ? undefined : value })}
        />
      </div>
      <CheckList
        label={t('routing.lifecycles')}
        options={lifecycleNames.map((name) => ({ value: name, label: t(`contact.lifecycle.${name}`) }))}
        chosen={lifecycles}
        emptyText=""
        onChoose={(chosen) => change({ lifecycles: chosen })}
      />
      <FieldPairs pairs={fields} error={errorAt(`${path}.fields`)} onChange={(pairs) => change({ fields: pairs })} />
    </div>
  );
}
