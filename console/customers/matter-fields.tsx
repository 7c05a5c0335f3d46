import type { MatterCondition } from '../../shared/matter-condition.ts';
import type { When } from '../../shared/when.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { AmountFields } from './amount-fields.tsx';
import type { ConditionWords } from './condition-words.ts';
import { type Criterion, criteriaOf, criterionName, criterionValue, firstValue, withValue } from './matter-criteria.ts';
import styles from './matter-fields.module.css';
import { SeveralOf } from './several-of.tsx';
import { useMatterOptions } from './use-matter-options.ts';
import { WhenFields } from './when-fields.tsx';
import { YesNo } from './yes-no.tsx';

interface MatterFieldsProps {
  condition: MatterCondition;
  words: ConditionWords;
  onChange: (condition: MatterCondition) => void;
}

/** Whether there is one, and what must hold of it: all of it of the same one. */
export function MatterFields({ condition, words, onChange }: MatterFieldsProps) {
  const optionsOf = useMatterOptions(words, condition.on);
  const asked = criteriaOf(condition).filter((one) => criterionValue(condition, one) !== undefined);
  const left = criteriaOf(condition).filter((one) => !asked.includes(one));
  return (
    <div class={styles.matter}>
      <SelectField
        label={t('customers.filter.how')}
        isLabelHidden
        value={condition.is ? 'some' : 'none'}
        options={(['some', 'none'] as const).map((value) => ({ value, label: t(`customers.matter.${value}`) }))}
        onChoose={(value) => onChange({ ...condition, is: value === 'some' })}
      />
      {asked.length > 0 && (
        <ul class={styles.criteria}>
          {asked.map((criterion) => (
            <li key={criterion.key} class={styles.criterion}>
              <span class={styles.name}>{criterionName(condition, criterion)}</span>
              <div class={styles.value}>
                <CriterionValue
                  criterion={criterion}
                  name={criterionName(condition, criterion)}
                  value={criterionValue(condition, criterion)}
                  options={optionsOf(criterion.key)}
                  onChange={(value) => onChange(withValue(condition, criterion, value))}
                />
              </div>
              <IconButton
                icon="x"
                label={t('customers.filter.remove', { topic: criterionName(condition, criterion) })}
                onClick={() => onChange(withValue(condition, criterion, undefined))}
              />
            </li>
          ))}
        </ul>
      )}
      {left.length > 0 && (
        <SelectField
          label={t('customers.matter.add')}
          isLabelHidden
          value=""
          options={[
            { value: '', label: t('customers.matter.add') },
            ...left.map((one) => ({ value: one.key as string, label: criterionName(condition, one) })),
          ]}
          onChoose={(key) => {
            const criterion = left.find((one) => one.key === key);
            if (criterion) onChange(withValue(condition, criterion, firstValue(criterion, words.currency)));
          }}
        />
      )}
    </div>
  );
}

interface CriterionValueProps {
  criterion: Criterion;
  name: string;
  value: unknown;
  options: readonly { value: string; label: string }[];
  onChange: (value: unknown) => void;
}

function CriterionValue({ criterion, name, value, options, onChange }: CriterionValueProps) {
  switch (criterion.kind) {
    case 'some':
      return (
        <SeveralOf
          op="any"
          ops={['any']}
          label={name}
          values={value as string[]}
          options={options}
          onChange={({ values }) => onChange(values)}
        />
      );
    case 'when':
      return <WhenFields when={value as When} isAhead={criterion.isAhead ?? false} onChange={onChange} />;
    case 'amount':
      return <AmountFields worth={value as { currency: string }} onChange={onChange} />;
    case 'flag':
      return <YesNo is={value as boolean} onChange={onChange} />;
  }
}
