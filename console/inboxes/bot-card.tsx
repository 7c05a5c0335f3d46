import type { BotRule } from '../../shared/bot-rule.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { SaidField } from './said-field.tsx';

/** When the bot speaks by itself, under which name, and when what it has answered is over; with a sentence that says it all. */
export function BotCard() {
  const { draft, set, errorAt } = useInboxForm();
  const rule = draft.bot;
  const change = (part: Partial<BotRule>) => set('bot', { ...rule, ...part });
  return (
    <Card title={t('bot.title')}>
      <p class={styles.sentence}>{sentenceOf(rule)}</p>
      <SwitchField label={t('bot.outside')} hint={t('bot.outsideHint')} isOn={rule.outside} onChange={(outside) => change({ outside })} />
      <SwitchField label={t('bot.waiting')} hint={t('bot.waitingHint')} isOn={rule.waiting} onChange={(waiting) => change({ waiting })} />
      {(rule.outside || rule.waiting) && (
        <div class={styles.grid}>
          <SaidField
            label={t('bot.name')}
            hint={t('bot.nameHint')}
            placeholder={t('bot.usualName')}
            texts={rule.name}
            maxLength={60}
            path="bot.name"
            onChange={(name) => change({ name })}
          />
          <NumberField
            label={t('bot.endsAfter')}
            hint={t('bot.endsAfterHint')}
            value={rule.endsAfterHours}
            min={1}
            max={720}
            wrong={t('inbox.error.number', { min: 1, max: 720 })}
            error={errorAt('bot.endsAfterHours')}
            onChange={(hours) => change({ endsAfterHours: hours ?? 24 })}
          />
        </div>
      )}
    </Card>
  );
}

function sentenceOf({ outside, waiting, endsAfterHours }: BotRule): string {
  if (!outside && !waiting) return t('bot.sentenceOff');
  const when = outside && waiting ? t('bot.sentenceAlways') : t(outside ? 'bot.sentenceOutside' : 'bot.sentenceWaiting');
  return `${when} ${t('bot.sentenceEnds', { count: endsAfterHours })}`;
}
