import { useEffect, useState } from 'preact/hooks';
import type { Invitation } from '../../shared/invitation.ts';
import { languageNames } from '../../shared/language.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextAreaField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { SaidField, textLanguages } from './said-field.tsx';

interface InvitationRuleProps {
  rule: Invitation;
  place: number;
  onChange: (rule: Invitation) => void;
}

const numbers = [
  { name: 'afterSeconds', min: 0, max: 3_600 },
  { name: 'scrolledPercent', min: 1, max: 100 },
  { name: 'cartValueMin', min: 0, max: 9_999_999 },
] as const;

/** Every condition of one invitation. What is left empty does not matter. */
export function InvitationRule({ rule, place, onChange }: InvitationRuleProps) {
  const { errorAt } = useInboxForm();
  const path = `invitations.${place}`;
  const change = (next: Partial<Invitation>) => onChange({ ...rule, ...next });
  return (
    <>
      <SwitchField label={t('inbox.isOn')} isOn={rule.isOn} onChange={(isOn) => change({ isOn })} />
      <SaidField
        label={t('inbox.invitationText')}
        rows={2}
        texts={rule.text}
        path={`${path}.text`}
        maxLength={300}
        onChange={(text) => change({ text })}
      />
      <Pages pages={rule.pages} error={errorAt(`${path}.pages`)} onChange={(pages) => change({ pages })} />
      <div class={styles.grid}>
        {numbers.map(({ name, min, max }) => (
          <NumberField
            key={name}
            label={t(`inbox.${name}`)}
            value={rule[name]}
            min={min}
            max={max}
            placeholder={t('inbox.noMatter')}
            wrong={t('inbox.error.number', { min, max })}
            error={errorAt(`${path}.${name}`)}
            onChange={(value) => change({ [name]: value })}
          />
        ))}
        <NumberField
          label={t('inbox.onceInDays')}
          value={rule.onceInDays}
          min={1}
          max={365}
          wrong={t('inbox.error.number', { min: 1, max: 365 })}
          error={errorAt(`${path}.onceInDays`)}
          onChange={(days) => change({ onceInDays: days ?? 1 })}
        />
        <SelectField
          label={t('inbox.isReturning')}
          value={String(rule.isReturning)}
          options={(['null', 'false', 'true'] as const).map((value) => ({ value, label: t(`inbox.isReturning.${value}`) }))}
          onChoose={(value) => change({ isReturning: value === 'null' ? null : value === 'true' })}
        />
        <SelectField
          label={t('inbox.hours')}
          value={rule.hours}
          options={(['any', 'open', 'closed', 'staffed'] as const).map((value) => ({ value, label: t(`inbox.hours.${value}`) }))}
          onChoose={(hours) => change({ hours })}
        />
      </div>
      <SwitchField
        label={t('inbox.onExitIntent')}
        hint={t('inbox.onExitIntentHint')}
        isOn={rule.onExitIntent}
        onChange={(onExitIntent) => change({ onExitIntent })}
      />
      <fieldset class={styles.checks}>
        <legend>{t('inbox.onlyIn')}</legend>
        {textLanguages().map((one) => (
          <label key={one} class={styles.check}>
            <input
              type="checkbox"
              checked={rule.languages.includes(one)}
              onChange={({ currentTarget: { checked } }) =>
                change({ languages: checked ? [...rule.languages, one] : rule.languages.filter((other) => other !== one) })
              }
            />
            {languageNames[one]}
          </label>
        ))}
      </fieldset>
    </>
  );
}

interface PagesProps {
  pages: readonly string[];
  error: string | undefined;
  onChange: (pages: string[]) => void;
}

/** One address a line. */
function Pages({ pages, error, onChange }: PagesProps) {
  const [text, setText] = useState(pages.join('\n'));
  const read = (typed: string) => [...new Set(typed.split('\n').map((line) => line.trim()))].filter(Boolean);
  const known = pages.join('\n');
  useEffect(() => {
    if (read(text).join('\n') !== known) setText(known);
  }, [known]);
  return (
    <TextAreaField
      label={t('inbox.pages')}
      hint={t('inbox.pagesHint')}
      dir="ltr"
      rows={2}
      placeholder="/checkout*"
      value={text}
      error={error}
      onInput={(typed) => {
        setText(typed);
        onChange(read(typed));
      }}
    />
  );
}
