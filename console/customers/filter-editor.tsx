import type { CustomerFilter } from '../../shared/customer-filter.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { firstCondition } from './condition-kinds.ts';
import { ConditionRow } from './condition-row.tsx';
import type { ConditionWords } from './condition-words.ts';
import styles from './filter-editor.module.css';

const CONDITIONS_MAX = 15;
const GROUPS_MAX = 6;

interface FilterEditorProps {
  filter: CustomerFilter;
  words: ConditionWords;
  onChange: (filter: CustomerFilter) => void;
}

/** Groups of conditions: in each, and between them, all must hold or any one. */
export function FilterEditor({ filter, words, onChange }: FilterEditorProps) {
  const { groups } = filter;
  const setGroup = (at: number, group: CustomerFilter['groups'][number]) =>
    onChange({
      ...filter,
      groups:
        group.conditions.length === 0
          ? groups.filter((_, place) => place !== at)
          : groups.map((one, place) => (place === at ? group : one)),
    });
  const addGroup = () => onChange({ ...filter, groups: [...groups, { match: 'all', conditions: [firstCondition('lifecycle', words)] }] });
  return (
    <div class={styles.editor}>
      {groups.map((group, at) => (
        <section key={at} class={styles.group} aria-label={t('customers.filter.group', { number: at + 1 })}>
          {at > 0 && <p class={styles.between}>{t(`customers.filter.between.${filter.match}`)}</p>}
          {group.conditions.length > 1 && (
            <MatchChoice
              label={t('customers.filter.inGroup')}
              match={group.match}
              onChoose={(match) => setGroup(at, { ...group, match })}
            />
          )}
          {group.conditions.map((condition, place) => (
            <ConditionRow
              key={place}
              condition={condition}
              words={words}
              onChange={(next) =>
                setGroup(at, { ...group, conditions: group.conditions.map((one, other) => (other === place ? next : one)) })
              }
              onRemove={() => setGroup(at, { ...group, conditions: group.conditions.filter((_, other) => other !== place) })}
            />
          ))}
          {group.conditions.length < CONDITIONS_MAX && (
            <Button
              size="small"
              look="quiet"
              icon="plus"
              onClick={() => setGroup(at, { ...group, conditions: [...group.conditions, firstCondition('tag', words)] })}
            >
              {t('customers.filter.add')}
            </Button>
          )}
        </section>
      ))}
      <div class={styles.foot}>
        {groups.length < GROUPS_MAX && (
          <Button size="small" icon="plus" onClick={addGroup}>
            {t(groups.length === 0 ? 'customers.filter.add' : 'customers.filter.addGroup')}
          </Button>
        )}
        {groups.length > 1 && (
          <MatchChoice
            label={t('customers.filter.betweenGroups')}
            match={filter.match}
            onChoose={(match) => onChange({ ...filter, match })}
          />
        )}
      </div>
    </div>
  );
}

function MatchChoice({ label, match, onChoose }: { label: string; match: 'all' | 'any'; onChoose: (match: 'all' | 'any') => void }) {
  return (
    <Segmented
      label={label}
      value={match}
      options={[
        { value: 'all', label: t('customers.filter.all') },
        { value: 'any', label: t('customers.filter.any') },
      ]}
      onChoose={onChoose}
    />
  );
}
