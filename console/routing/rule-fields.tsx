import { priorities, type RoutingRule, type RuleConditions } from '../../shared/routing.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import { ListField } from './list-field.tsx';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';
import { RuleWhen } from './rule-when.tsx';

interface RuleFieldsProps {
  rule: RoutingRule;
  place: number;
  onChange: (rule: RoutingRule) => void;
}

const ANYBODY = '';

/** Everything of one rule: its name, for which chats, and what becomes of them. */
export function RuleFields({ rule, place, onChange }: RuleFieldsProps) {
  const { teams, errorAt } = useRoutingForm();
  const path = `rules.${place}`;
  const change = (next: Partial<RoutingRule>) => onChange({ ...rule, ...next });
  const isKnown = rule.teamId === null || teams.some(({ id }) => id === rule.teamId);
  return (
    <>
      <div class={styles.ruleHead}>
        <TextField
          label={t('routing.ruleName')}
          value={rule.name}
          maxLength={80}
          autoComplete="off"
          error={errorAt(`${path}.name`)}
          onInput={(name) => change({ name })}
        />
        <SwitchField label={t('routing.ruleIsOn')} isOn={rule.isOn} onChange={(isOn) => change({ isOn })} />
      </div>
      <fieldset class={styles.group}>
        <legend>{t('routing.when')}</legend>
        <p class={styles.soft}>{t('routing.whenHint')}</p>
        <RuleWhen when={rule.when} path={`${path}.when`} onChange={(when: RuleConditions) => change({ when })} />
      </fieldset>
      <fieldset class={styles.group}>
        <legend>{t('routing.then')}</legend>
        <div class={styles.grid}>
          <SelectField
            label={t('routing.toTeam')}
            value={rule.teamId ?? ANYBODY}
            options={[
              { value: ANYBODY, label: t('routing.noTeam') },
              ...teams.map(({ id, name }) => ({ value: id, label: name })),
              ...(isKnown ? [] : [{ value: rule.teamId ?? '', label: t('routing.goneTeam') }]),
            ]}
            onChoose={(teamId) => change({ teamId: teamId === ANYBODY ? null : teamId })}
          />
          <SelectField
            label={t('priority.change')}
            value={rule.priority}
            options={priorities.toReversed().map((value) => ({ value, label: t(`priority.${value}`) }))}
            onChoose={(priority) => change({ priority })}
          />
        </div>
        <ListField
          label={t('routing.skills')}
          hint={t('routing.skillsHint')}
          values={rule.skills}
          error={errorAt(`${path}.skills`)}
          onChange={(skills) => change({ skills })}
        />
      </fieldset>
      {errorAt(`${path}.teamId`) && (
        <p class={styles.error} role="alert">
          {errorAt(`${path}.teamId`)}
        </p>
      )}
    </>
  );
}
