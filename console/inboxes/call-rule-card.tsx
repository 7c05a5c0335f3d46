import type { CallbackRule, CallRetry } from '../../shared/callback-rule.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SelectField } from '../ui/field.tsx';
import { formatMinutes } from '../ui/format-minutes.ts';
import { NumberField } from '../ui/number-field.tsx';
import styles from './call-rule-card.module.css';
import formStyles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';

const slots = [10, 15, 20, 30, 45, 60, 90, 120];
const leads = [0, 15, 30, 60, 120, 240, 1_440];
const reminders = [0, 5, 10, 15, 30];
const retries: readonly CallRetry[] = [15, 30, 60, 120, 240, 'next-day'];
const RETRIES_MAX = 10;

/** How calls are promised, and what follows when nobody answers, with a sentence that says it all. */
export function CallRuleCard() {
  const { draft, set } = useInboxForm();
  const rule = draft.callbacks;
  const change = (part: Partial<CallbackRule>) => set('callbacks', { ...rule, ...part });
  const minutes = (label: string, name: 'slotMinutes' | 'leadMinutes' | 'reminderMinutes', choices: number[], say = formatMinutes) => (
    <SelectField
      label={label}
      value={String(rule[name])}
      options={withOwn(choices, rule[name]).map((count) => ({ value: String(count), label: say(count) }))}
      onChoose={(count) => change({ [name]: Number(count) })}
    />
  );
  return (
    <Card title={t('callRule.title')}>
      <p class={styles.sentence}>{sentenceOf(rule)}</p>
      <div class={formStyles.grid}>
        {minutes(t('callRule.slot'), 'slotMinutes', slots)}
        <NumberField
          label={t('callRule.perSlot')}
          hint={t('callRule.perSlotHint')}
          value={rule.perSlot}
          min={1}
          max={1_000}
          placeholder={t('callRule.noLimit')}
          wrong={t('callRule.error', { min: 1, max: 1_000 })}
          onChange={(perSlot) => change({ perSlot })}
        />
        {minutes(t('callRule.lead'), 'leadMinutes', leads, (count) => (count === 0 ? t('callRule.now') : formatMinutes(count)))}
        <NumberField
          label={t('callRule.days')}
          value={rule.daysAhead}
          min={1}
          max={30}
          wrong={t('callRule.error', { min: 1, max: 30 })}
          onChange={(daysAhead) => change({ daysAhead: daysAhead ?? 1 })}
        />
        {minutes(t('callRule.reminder'), 'reminderMinutes', reminders, (count) =>
          count === 0 ? t('callRule.noReminder') : t('callRule.before', { time: formatMinutes(count) }),
        )}
      </div>
      <Retries rule={rule} onChange={(next) => change({ retries: next })} />
    </Card>
  );
}

function Retries({ rule, onChange }: { rule: CallbackRule; onChange: (retries: CallRetry[]) => void }) {
  return (
    <fieldset class={styles.retries}>
      <legend>{t('callRule.retries')}</legend>
      {rule.retries.map((retry, at) => (
        <div key={at} class={styles.retry}>
          <SelectField
            label={t('callRule.nth', { count: at + 2 })}
            isLabelHidden
            value={String(retry)}
            options={withOwn(retries, retry).map((one) => ({ value: String(one), label: retryText(one) }))}
            onChoose={(chosen) => onChange(rule.retries.with(at, chosen === 'next-day' ? chosen : Number(chosen)))}
          />
          <IconButton icon="x" label={t('callRule.remove')} onClick={() => onChange(rule.retries.toSpliced(at, 1))} />
        </div>
      ))}
      {rule.retries.length < RETRIES_MAX && (
        <Button size="small" icon="plus" onClick={() => onChange([...rule.retries, 'next-day'])}>
          {t('callRule.add')}
        </Button>
      )}
    </fieldset>
  );
}

function retryText(retry: CallRetry): string {
  return retry === 'next-day' ? t('callRule.nextDay') : t('callRule.after', { time: formatMinutes(retry) });
}

function sentenceOf({ slotMinutes, perSlot, daysAhead, retries: tries }: CallbackRule): string {
  const each = perSlot === null ? t('callRule.sentenceAny') : t('callRule.sentenceEach', { count: perSlot });
  const days = t('callRule.sentenceDays', { count: daysAhead });
  const times = t('callRule.sentence', { slot: formatMinutes(slotMinutes), perSlot: each, days });
  return `${times} ${tries.length === 0 ? t('callRule.sentenceNone') : t('callRule.sentenceTries', { count: tries.length })}`;
}

/** What was set by the API, or before, can be kept. */
function withOwn<Choice extends CallRetry>(choices: readonly Choice[], own: Choice): Choice[] {
  return choices.includes(own) ? [...choices] : [...choices, own];
}
