import { consentKinds } from '../../shared/consent.ts';
import type { CustomerCondition, FieldCondition } from '../../shared/customer-filter.ts';
import { lifecycleNames } from '../../shared/lifecycle.ts';
import { minorDigits } from '../../shared/money.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { locale } from '../ui/format.ts';
import { AmountFields } from './amount-fields.tsx';
import { CompanyChooser } from './company-chooser.tsx';
import styles from './condition-row.module.css';
import type { ConditionWords } from './condition-words.ts';
import { MatterFields } from './matter-fields.tsx';
import { RangeFields } from './range-fields.tsx';
import { SeveralOf } from './several-of.tsx';
import { WhenFields } from './when-fields.tsx';
import { YesNo } from './yes-no.tsx';

interface ConditionValueProps {
  condition: CustomerCondition;
  words: ConditionWords;
  onChange: (condition: CustomerCondition) => void;
}

const languages = ['he', 'ar', 'ru', 'en', 'fr', 'es', 'de', 'am', 'uk', 'yi', 'pt', 'it', 'ro', 'pl', 'tr', 'zh'];

export function ConditionValue({ condition, words, onChange }: ConditionValueProps) {
  return <div class={styles.value}>{partsOf({ condition, words, onChange })}</div>;
}

function partsOf({ condition, words, onChange }: ConditionValueProps) {
  switch (condition.on) {
    case 'lifecycle':
      return (
        <SeveralOf
          {...condition}
          options={lifecycleNames.map((value) => ({ value, label: t(`contact.lifecycle.${value}`) }))}
          onChange={({ op, values }) => onChange({ ...condition, op, values: values as typeof condition.values })}
        />
      );
    case 'owner': {
      const people = [...words.agents.values()].map(({ id, name }) => ({ value: id, label: name }));
      const options = [
        { value: 'me', label: t('customers.filter.me') },
        { value: 'nobody', label: t('customers.filter.nobody') },
        ...people,
      ];
      return <SeveralOf {...condition} options={options} onChange={(next) => onChange({ ...condition, ...next })} />;
    }
    case 'inbox':
      return (
        <SeveralOf
          {...condition}
          options={words.inboxes.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(next) => onChange({ ...condition, ...next })}
        />
      );
    case 'language': {
      const names = new Intl.DisplayNames([locale.value], { type: 'language' });
      const options = languages.map((value) => ({ value, label: names.of(value) ?? value }));
      return <SeveralOf {...condition} options={options} onChange={(next) => onChange({ ...condition, ...next })} />;
    }
    case 'tag': {
      const own = 'presence' in condition ? { op: condition.presence, values: [] } : condition;
      return (
        <SeveralOf
          op={own.op}
          values={own.values}
          ops={['any', 'all', 'none', 'filled', 'empty']}
          options={words.tags.map((value) => ({ value, label: value }))}
          isOpen
          onChange={({ op, values }) =>
            onChange(op === 'filled' || op === 'empty' ? { on: 'tag', presence: op } : { on: 'tag', op: op as 'any', values })
          }
        />
      );
    }
    case 'company':
      return <CompanyChooser http={words.http} condition={condition} onChange={onChange} />;
    case 'name':
    case 'email':
    case 'phone':
    case 'external':
      return textParts(condition, words.may('contacts:view-details'), onChange);
    case 'consent':
      return (
        <>
          <SelectField
            label={t('customers.filter.about')}
            isLabelHidden
            value={condition.kind}
            options={consentKinds.map((value) => ({ value, label: t(`customers.consent.${value}`) }))}
            onChoose={(kind) => onChange({ ...condition, kind })}
          />
          <SelectField
            label={t('customers.filter.how')}
            isLabelHidden
            value={condition.state}
            options={(['given', 'refused', 'unknown'] as const).map((value) => ({ value, label: t(`customers.consentState.${value}`) }))}
            onChoose={(state) => onChange({ ...condition, state })}
          />
        </>
      );
    case 'value': {
      const { on, ...worth } = condition;
      return (
        <AmountFields worth={{ ...worth, currency: worth.currency ?? words.currency }} onChange={(next) => onChange({ on, ...next })} />
      );
    }
    case 'purchases':
      return <RangeFields range={condition} minorDigits={0} isWhole onChange={(range) => onChange({ on: 'purchases', ...range })} />;
    case 'opportunity':
    case 'ticket':
    case 'task':
      return <MatterFields condition={condition} words={words} onChange={onChange} />;
    case 'open':
      return <YesNo is={condition.is} onChange={(is) => onChange({ ...condition, is })} />;
    case 'field':
      return fieldParts(condition, words, onChange);
    case 'segment':
      return null;
    default:
      return <WhenFields when={condition.when} isAhead={condition.on === 'ends'} onChange={(when) => onChange({ ...condition, when })} />;
  }
}

type TextCondition = Extract<CustomerCondition, { on: 'name' | 'email' | 'phone' | 'external' }>;

function textParts(condition: TextCondition, mayRead: boolean, onChange: (condition: CustomerCondition) => void) {
  const { on } = condition;
  const op =
    'presence' in condition
      ? condition.presence
      : 'isVerified' in condition
        ? condition.isVerified
          ? 'verified'
          : 'claimed'
        : condition.op;
  const isWritten = on === 'name' || mayRead;
  const ops = [
    ...(isWritten ? (['contains', 'is', 'starts'] as const) : []),
    'filled',
    'empty',
    ...(on === 'name' ? [] : (['verified', 'claimed'] as const)),
  ] as const;
  const value = 'value' in condition ? condition.value : '';
  const choose = (next: (typeof ops)[number]) => {
    if (next === 'filled' || next === 'empty') onChange({ on, presence: next } as CustomerCondition);
    else if (next === 'verified' || next === 'claimed') onChange({ on, isVerified: next === 'verified' } as CustomerCondition);
    else onChange({ on, op: next, value } as CustomerCondition);
  };
  return (
    <>
      <SelectField
        label={t('customers.filter.how')}
        isLabelHidden
        value={op}
        options={ops.map((one) => ({ value: one, label: t(`customers.op.${one}`) }))}
        onChoose={choose}
      />
      {'value' in condition && (
        <TextField
          label={t('customers.filter.value')}
          isLabelHidden
          value={value}
          maxLength={200}
          onInput={(text) => onChange({ ...condition, value: text })}
        />
      )}
    </>
  );
}

function fieldParts(condition: FieldCondition, { fields }: ConditionWords, onChange: (condition: CustomerCondition) => void) {
  const field = fields.find(({ id }) => id === condition.fieldId);
  const { on, fieldId } = condition;
  if (!field) return null;
  if (field.kind === 'yes-no')
    return <YesNo is={'is' in condition ? condition.is : true} onChange={(is) => onChange({ on, fieldId, is })} />;
  if (field.kind === 'choice') {
    const own =
      'presence' in condition
        ? { op: condition.presence, values: [] }
        : 'choice' in condition
          ? condition.choice
          : { op: 'any' as const, values: [] };
    return (
      <SeveralOf
        op={own.op}
        values={own.values}
        ops={['any', 'none', 'filled', 'empty']}
        options={field.choices.map(({ id, label }) => ({ value: id, label }))}
        onChange={({ op, values }) =>
          onChange(op === 'filled' || op === 'empty' ? { on, fieldId, presence: op } : { on, fieldId, choice: { op: op as 'any', values } })
        }
      />
    );
  }
  if (field.kind === 'date') {
    const when = 'when' in condition ? condition.when : { op: 'ever' as const };
    return <WhenFields when={when} isAhead onChange={(next) => onChange({ on, fieldId, when: next })} />;
  }
  if (field.kind === 'number' || field.kind === 'money') {
    const range = 'range' in condition ? condition.range : {};
    return (
      <RangeFields
        range={range}
        minorDigits={field.kind === 'money' ? minorDigits(field.currency ?? 'ILS') : 0}
        isWhole={field.kind === 'money'}
        onChange={(next) => onChange({ on, fieldId, range: next })}
      />
    );
  }
  const text = 'text' in condition ? condition.text : { op: 'contains' as const, value: '' };
  const op = 'presence' in condition ? condition.presence : text.op;
  return (
    <>
      <SelectField
        label={t('customers.filter.how')}
        isLabelHidden
        value={op}
        options={(['contains', 'is', 'starts', 'filled', 'empty'] as const).map((one) => ({ value: one, label: t(`customers.op.${one}`) }))}
        onChoose={(next) =>
          onChange(next === 'filled' || next === 'empty' ? { on, fieldId, presence: next } : { on, fieldId, text: { ...text, op: next } })
        }
      />
      {'text' in condition && (
        <TextField
          label={t('customers.filter.value')}
          isLabelHidden
          value={text.value}
          maxLength={200}
          onInput={(value) => onChange({ on, fieldId, text: { ...text, value } })}
        />
      )}
    </>
  );
}
