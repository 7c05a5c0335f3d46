import type { Agent, Permission } from '../../shared/agent.ts';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { CustomerCondition } from '../../shared/customer-filter.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { firstCondition, type Topic, topicName, topicOf, topicsFor } from './condition-kinds.ts';
import styles from './condition-row.module.css';
import { ConditionValue } from './condition-value.tsx';

export interface ConditionWords {
  http: Http;
  fields: readonly CustomField[];
  agents: ReadonlyMap<string, Agent>;
  inboxes: readonly Pick<Inbox, 'id' | 'name'>[];
  tags: readonly string[];
  may: (permission: Permission) => boolean;
}

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
        onChoose={(chosen: Topic) => onChange(firstCondition(chosen, words.fields))}
      />
      <ConditionValue condition={condition} words={words} onChange={onChange} />
      <IconButton icon="x" label={t('customers.filter.remove', { topic: topicName(topic, words.fields) })} onClick={onRemove} />
    </div>
  );
}
