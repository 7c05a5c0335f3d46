import { firstTeamRouting, type TeamRouting } from '../../shared/routing.ts';
import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import styles from './routing.module.css';
import { useRoutingForm } from './routing-form.ts';
import { SpanField } from './span-field.tsx';

interface TeamWayFieldsProps {
  way: TeamRouting;
  path: string;
  /** Null for chats of no team. */
  ownId: string | null;
  onChange: (way: TeamRouting) => void;
}

const DAY_S = 86_400;

/** Everything that is set of one team's way. A switch shows what belongs to it only while it is on. */
export function TeamWayFields({ way, path, ownId, onChange }: TeamWayFieldsProps) {
  const { teams, errorAt } = useRoutingForm();
  const change = (next: Partial<TeamRouting>) => onChange({ ...way, ...next });
  const at = (name: keyof TeamRouting) => errorAt(`${path}.${name}`);
  const others = teams.filter(({ id }) => id !== ownId);
  const { overflow } = way;
  return (
    <>
      <div class={styles.grid}>
        <SelectField
          label={t('routing.method')}
          value={way.method}
          options={(['least-busy', 'round-robin'] as const).map((value) => ({ value, label: t(`routing.method.${value}`) }))}
          onChoose={(method) => change({ method })}
        />
        <NumberField
          label={t('routing.agentMax')}
          value={way.agentMax}
          min={1}
          max={100}
          placeholder={t('routing.agentMaxNone')}
          wrong={t('routing.error.number', { min: 1, max: 100 })}
          error={at('agentMax')}
          onChange={(agentMax) => change({ agentMax })}
        />
      </div>
      <SwitchField
        label={t('routing.isLanguageRequired')}
        hint={t('routing.isLanguageRequiredHint')}
        isOn={way.isLanguageRequired}
        onChange={(isLanguageRequired) => change({ isLanguageRequired })}
      />
      <SwitchField
        label={t('routing.lastAgent')}
        hint={t('routing.lastAgentHint')}
        isOn={way.lastAgentHours !== null}
        onChange={(isOn) => change({ lastAgentHours: isOn ? firstTeamRouting.lastAgentHours : null })}
      />
      {way.lastAgentHours !== null && (
        <div class={styles.under}>
          <SpanField
            label={t('routing.lastAgentFor')}
            seconds={way.lastAgentHours * 3_600}
            units={['hour', 'day']}
            min={3_600}
            max={8_760 * 3_600}
            error={at('lastAgentHours')}
            onChange={(seconds) => change({ lastAgentHours: Math.round(seconds / 3_600) })}
          />
          <SpanField
            label={t('routing.lastAgentWait')}
            seconds={way.lastAgentWaitSeconds}
            units={['second', 'minute']}
            min={0}
            max={3_600}
            error={at('lastAgentWaitSeconds')}
            onChange={(lastAgentWaitSeconds) => change({ lastAgentWaitSeconds })}
          />
        </div>
      )}
      <SwitchField
        label={t('routing.answer')}
        hint={t('routing.answerHint')}
        isOn={way.answerSeconds !== null}
        onChange={(isOn) => change({ answerSeconds: isOn ? firstTeamRouting.answerSeconds : null })}
      />
      {way.answerSeconds !== null && (
        <div class={styles.under}>
          <SpanField
            label={t('routing.answerAfter')}
            seconds={way.answerSeconds}
            units={['second', 'minute']}
            min={10}
            max={3_600}
            error={at('answerSeconds')}
            onChange={(answerSeconds) => change({ answerSeconds })}
          />
        </div>
      )}
      {(others.length > 0 || overflow) && (
        <SwitchField
          label={t('routing.overflow')}
          isOn={overflow !== null}
          onChange={(isOn) => change({ overflow: isOn && others[0] ? { afterSeconds: 300, teamId: others[0].id } : null })}
        />
      )}
      {overflow && (
        <div class={styles.under}>
          <SelectField
            label={t('routing.overflowTeam')}
            value={overflow.teamId}
            options={[
              ...others.map(({ id, name }) => ({ value: id, label: name })),
              ...(others.some(({ id }) => id === overflow.teamId) ? [] : [{ value: overflow.teamId, label: t('routing.goneTeam') }]),
            ]}
            onChoose={(teamId) => change({ overflow: { ...overflow, teamId } })}
          />
          <SpanField
            label={t('routing.overflowAfter')}
            seconds={overflow.afterSeconds}
            units={['second', 'minute', 'hour']}
            min={0}
            max={DAY_S}
            error={at('overflow')}
            onChange={(afterSeconds) => change({ overflow: { ...overflow, afterSeconds } })}
          />
        </div>
      )}
      <SwitchField
        label={t('routing.callbackAfter')}
        isOn={way.callbackAfterSeconds !== null}
        onChange={(isOn) => change({ callbackAfterSeconds: isOn ? firstTeamRouting.callbackAfterSeconds : null })}
      />
      {way.callbackAfterSeconds !== null && (
        <div class={styles.under}>
          <SpanField
            label={t('routing.callbackAfterTime')}
            seconds={way.callbackAfterSeconds}
            units={['second', 'minute', 'hour']}
            min={0}
            max={DAY_S}
            error={at('callbackAfterSeconds')}
            onChange={(callbackAfterSeconds) => change({ callbackAfterSeconds })}
          />
        </div>
      )}
      <NumberField
        label={t('routing.callbackBehind')}
        value={way.callbackBehind}
        min={1}
        max={10_000}
        placeholder={t('routing.callbackBehindNone')}
        wrong={t('routing.error.number', { min: 1, max: 10_000 })}
        error={at('callbackBehind')}
        onChange={(callbackBehind) => change({ callbackBehind })}
      />
    </>
  );
}
