import { ACTIVITY_TEXT_MAX, ACTIVITY_TITLE_MAX, callResults } from '../../shared/activity.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { type ActivityDraft, type DraftFault, hasDirection, hasDuration, hasTitle } from './activity-draft.ts';
import styles from './activity-fields.module.css';
import { outcomeWords } from './item-words.ts';

const MINUTES_MAX = 600;

interface ActivityFieldsProps {
  draft: ActivityDraft;
  fault: DraftFault | null;
  onChange: (change: Partial<ActivityDraft>) => void;
}

/** What there is to say of an item of this kind. */
export function ActivityFields({ draft, fault, onChange }: ActivityFieldsProps) {
  const { kind, title, text, direction, outcome, minutes, date, time } = draft;
  const textError = fault === 'text' ? t('timeline.missing') : fault === 'result' ? t('timeline.missingResult') : undefined;
  return (
    <>
      {kind !== 'note' && (
        <div class={styles.row}>
          {hasDirection(kind) && (
            <SelectField
              label={t('timeline.direction')}
              value={direction}
              options={(['out', 'in'] as const).map((value) => ({ value, label: t(`timeline.direction.${value}`) }))}
              onChoose={(value) => onChange({ direction: value })}
            />
          )}
          {kind === 'call' && (
            <SelectField
              label={t('timeline.outcome')}
              value={outcome}
              options={[
                { value: '' as const, label: t('timeline.outcome.none') },
                ...callResults.map((value) => ({ value, label: outcomeWords(value) })),
              ]}
              onChoose={(value) => onChange({ outcome: value })}
            />
          )}
          {hasDuration(kind) && (
            <NumberField
              label={t('timeline.duration')}
              value={minutes}
              min={0}
              max={MINUTES_MAX}
              placeholder=""
              wrong={t('timeline.duration.wrong')}
              onChange={(value) => onChange({ minutes: value })}
            />
          )}
          <TextField
            type="date"
            label={t('timeline.atDate')}
            value={date}
            error={fault === 'moment' ? t('timeline.badMoment') : undefined}
            onInput={(value) => onChange({ date: value })}
          />
          <TextField type="time" label={t('timeline.atTime')} value={time} onInput={(value) => onChange({ time: value })} />
        </div>
      )}
      {hasTitle(kind) && (
        <TextField
          label={kind === 'email' ? t('timeline.subject') : t('timeline.toSubject')}
          value={title}
          maxLength={ACTIVITY_TITLE_MAX}
          onInput={(value) => onChange({ title: value })}
        />
      )}
      <TextAreaField
        label={kind === 'note' || kind === 'email' ? t(`timeline.text.${kind}`) : t('timeline.text')}
        value={text}
        rows={kind === 'email' ? 6 : 3}
        maxLength={ACTIVITY_TEXT_MAX}
        error={textError}
        onInput={(value) => onChange({ text: value })}
      />
    </>
  );
}
