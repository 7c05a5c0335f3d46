import { useState } from 'preact/hooks';
import type { CustomField } from '../../shared/custom-fields.ts';
import {
  type CustomerImport,
  type ImportPlan,
  type ImportTarget,
  importModes,
  matchKeys,
  plainTargets,
} from '../../shared/customer-import.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import styles from './import-page.module.css';

interface ImportPlanFormProps {
  taken: CustomerImport;
  fields: readonly CustomField[];
  /** Whoever may not see how people are reached only adds. */
  mayMatch: boolean;
  isBusy: boolean;
  onCheck: (plan: ImportPlan) => void;
}

/** What each column is, how people are recognised, and what becomes of those who are here. */
export function ImportPlanForm({ taken, fields, mayMatch, isBusy, onCheck }: ImportPlanFormProps) {
  const [plan, setPlan] = useState(taken.plan);
  const options = [
    { value: '', label: t('customers.importIgnore') },
    ...plainTargets.map((target) => ({ value: target, label: t(`customers.target.${target}`) })),
    ...fields.filter(({ mayEdit }) => mayEdit).map(({ key, name }) => ({ value: `field:${key}`, label: name })),
  ];
  return (
    <form
      class={styles.plan}
      onSubmit={(event) => {
        event.preventDefault();
        onCheck(plan);
      }}
    >
      <h2 class={styles.title}>{t('customers.importMapping')}</h2>
      <ul class={styles.mapping}>
        {taken.columns.map(({ heading, samples }, at) => (
          <li key={at} class={styles.column}>
            <span class={styles.heading}>
              <bdi>{heading}</bdi>
              <bdi class={styles.sample}>
                {samples
                  .filter((sample) => sample !== '')
                  .slice(0, 2)
                  .join(' · ')}
              </bdi>
            </span>
            <SelectField
              label={t('customers.importAs', { heading })}
              isLabelHidden
              value={plan.mapping[at] ?? ''}
              options={options}
              onChoose={(target) =>
                setPlan({
                  ...plan,
                  mapping: plan.mapping.map((one, place) => (place === at ? (target === '' ? null : (target as ImportTarget)) : one)),
                })
              }
            />
          </li>
        ))}
      </ul>
      {mayMatch && (
        <fieldset class={styles.choices}>
          <legend>{t('customers.importMatch')}</legend>
          {matchKeys.map((key) => (
            <CheckField
              key={key}
              label={t(`customers.target.${key}`)}
              isChecked={plan.matchBy.includes(key)}
              onChange={(isChecked) =>
                setPlan({ ...plan, matchBy: matchKeys.filter((one) => (one === key ? isChecked : plan.matchBy.includes(one))) })
              }
            />
          ))}
        </fieldset>
      )}
      <SelectField
        label={t('customers.importMode')}
        value={plan.mode}
        options={importModes
          .filter((mode) => mayMatch || mode === 'add')
          .map((mode) => ({ value: mode, label: t(`customers.mode.${mode}`) }))}
        onChoose={(mode) => setPlan({ ...plan, mode })}
      />
      <TextField
        label={t('customers.importTag')}
        value={plan.tag ?? ''}
        maxLength={50}
        onInput={(tag) => setPlan({ ...plan, tag: tag.trim() === '' ? null : tag })}
      />
      <Button type="submit" look={taken.job.stage === 'check' ? 'secondary' : 'primary'} isBusy={isBusy}>
        {t('customers.importCheck')}
      </Button>
    </form>
  );
}
