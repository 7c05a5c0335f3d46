import { InboxHours } from '../hours/inbox-hours.tsx';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { SelectField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import { BotCard } from './bot-card.tsx';
import { CallRuleCard } from './call-rule-card.tsx';
import { ClosedGreeting } from './closed-greeting.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';

const writing = ['hasAttachments', 'hasEmoji', 'hasSound'] as const;
const offers = ['showsQueue', 'hasCallback', 'hasRating', 'hasTranscript'] as const;

/** Those of this browser, with the one that is chosen. */
function timeZones(chosen: string): string[] {
  return [...new Set([chosen, ...Intl.supportedValuesOf('timeZone')])].sort();
}

export function DuringSection({ http, inboxId }: { http: Http; inboxId: string }) {
  const { draft, set, errorAt } = useInboxForm();
  const row = (name: (typeof writing)[number] | (typeof offers)[number] | 'hasLiveVisitors') => (
    <SwitchField
      key={name}
      label={t(`inbox.${name}`)}
      hint={t(`inbox.${name}Hint`)}
      isOn={draft[name]}
      onChange={(isOn) => set(name, isOn)}
    />
  );
  return (
    <div class={styles.section}>
      <Card title={t('inbox.writing')}>{writing.map(row)}</Card>
      <Card title={t('inbox.offers')}>{offers.map(row)}</Card>
      <BotCard />
      {draft.hasCallback && <CallRuleCard />}
      <InboxHours http={http} inboxId={inboxId}>
        <ClosedGreeting />
      </InboxHours>
      <Card title={t('inbox.comingBack')}>
        <div class={styles.grid}>
          <NumberField
            label={t('inbox.returnWithinDays')}
            hint={t('inbox.returnWithinDaysHint')}
            value={draft.returnWithinDays}
            min={1}
            max={365}
            wrong={t('inbox.error.number', { min: 1, max: 365 })}
            error={errorAt('returnWithinDays')}
            onChange={(days) => set('returnWithinDays', days ?? 1)}
          />
        </div>
        {row('hasLiveVisitors')}
        <SelectField
          label={t('inbox.timeZone')}
          hint={t('inbox.timeZoneHint')}
          value={draft.timeZone}
          options={timeZones(draft.timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          onChoose={(zone) => set('timeZone', zone)}
        />
      </Card>
    </div>
  );
}
