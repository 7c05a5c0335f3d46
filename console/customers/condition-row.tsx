import type { CustomerCondition } from '../../shared/customer-filter.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { firstCondition, type Topic, topicName, topicOf, topicsFor } from './condition-kinds.ts';
import styles from './condition-row.module.css';
import { ConditionValue } from './condition-value.tsx';
import type { ConditionWords } from './condition-words.ts';

interface ConditionRowProps {
  condition: CustomerCondition;
  words: ConditionWords;
  onChange: (condition: CustomerCondition) => void;
  onRemove: () => void;
}

/** What is asked about, how, and what for. */
export function ConditionRow({ condition, words, onChange, onRemove }: ConditionRowProps) {
  const topic = topicOf(condition);
  const topics = topicsFor(words.may, words.fields);
  const known = topics.includes(topic) ? topics : [topic, ...topics];
  return (
    <div class={styles.row}>
      <SelectField
        label={t('customers.filter.topic')}
        isLabelHidden
        value={topic}
        options={known.map((one) => ({ value: one, label: topicName(one, words.fields) }))}
        onChoose={(chosen: Topic) => onChange(firstCondition(chosen, words))}
      />
      <ConditionValue condition={condition} words={words} onChange={onChange} />
      <IconButton icon="x" label={t('customers.filter.remove', { topic: topicName(topic, words.fields) })} onClick={onRemove} />
    </div>
  );
}
