import { useEffect } from 'preact/hooks';
import type { RoutingRule } from '../../shared/routing.ts';
import { newId } from '../editing/new-id.ts';
import { sortingWords } from '../inboxes/sorting-words.ts';
import { useOpenIds } from '../inboxes/use-open-ids.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { showToast } from '../ui/toast.tsx';
import { putBack } from './put-back.ts';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';
import { RuleFields } from './rule-fields.tsx';
import { ruleSentence } from './rule-sentence.ts';

const RULES_MAX = 200;

/** Which chats go where: rules as sentences, in the order in which they are tried. */
export function RulesSection() {
  const { draft, set, latest, teams, inboxes, errorAt } = useRoutingForm();
  const { rules } = draft;
  const opened = useOpenIds();
  // It stays open while what was wrong is put right.
  const blamedId = rules.find((_, place) => errorAt(`rules.${place}`) !== undefined)?.id;
  useEffect(() => {
    if (blamedId !== undefined) opened.open(blamedId);
  }, [blamedId]);
  const isFull = rules.length >= RULES_MAX;
  const isOpen = ({ id }: RoutingRule, place: number) => opened.isOpen(id) || errorAt(`rules.${place}`) !== undefined;
  const add = (rule: Omit<RoutingRule, 'id'>) => {
    const id = newId();
    set('rules', [...rules, { ...rule, id }]);
    opened.open(id);
  };
  const change = (next: RoutingRule) =>
    set(
      'rules',
      rules.map((one) => (one.id === next.id ? next : one)),
    );
  const remove = (rule: RoutingRule) => {
    const before = rules;
    set(
      'rules',
      rules.filter(({ id }) => id !== rule.id),
    );
    showToast({
      text: t('routing.ruleRemoved', { name: rule.name }),
      action: { label: t('action.undo'), run: () => set('rules', putBack(latest().rules, rule, before)) },
    });
  };
  return (
    <Card title={t('routing.rules')} text={t('routing.rulesHint')}>
      {rules.length === 0 && <p class={styles.soft}>{t('routing.noRules')}</p>}
      <SortableList
        items={rules}
        keyOf={({ id }) => id}
        words={sortingWords()}
        onMove={(from, to) => set('rules', moved(rules, from, to))}
        title={(rule, place) => (
          <>
            <button type="button" class={styles.rowName} aria-expanded={isOpen(rule, place)} onClick={() => opened.toggle(rule.id)}>
              <bdi>{rule.name || t('routing.newRule')}</bdi>
            </button>
            <Badge tone={rule.isOn ? 'green' : 'neutral'}>{t(rule.isOn ? 'routing.on' : 'routing.off')}</Badge>
          </>
        )}
        actions={(rule) => (
          <>
            <IconButton
              icon="copy"
              label={t('routing.copyRule', { name: rule.name })}
              disabled={isFull}
              onClick={() => add({ ...rule, isOn: false })}
            />
            <IconButton icon="trash-2" label={t('routing.removeRule', { name: rule.name })} onClick={() => remove(rule)} />
          </>
        )}
      >
        {(rule, place) => (
          <div class={styles.inside}>
            <p class={styles.sentence} data-off={!rule.isOn || undefined}>
              {ruleSentence(rule, { teams, inboxes })}
            </p>
            {isOpen(rule, place) && <RuleFields rule={rule} place={place} onChange={change} />}
          </div>
        )}
      </SortableList>
      {rules.length > 0 && <p class={styles.soft}>{t('routing.otherwiseRule')}</p>}
      <div>
        <Button
          icon="plus"
          disabled={isFull}
          onClick={() => add({ name: t('routing.newRule'), isOn: true, when: {}, teamId: null, priority: 'normal', skills: [] })}
        >
          {t('routing.addRule')}
        </Button>
      </div>
    </Card>
  );
}
