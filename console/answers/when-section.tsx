import { useId } from 'preact/hooks';
import { answerMoments } from '../../shared/automatic-answer.ts';
import { t } from '../texts/texts.ts';
import { TagNamesField } from '../toolbox/tag-names-field.tsx';
import { Card } from '../ui/card.tsx';
import { CheckList } from '../ui/check-list.tsx';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import styles from './answer-form.module.css';
import { useAnswerForm } from './answer-form.ts';
import { mayBeHeard } from './answer-words.ts';
import { countBlanks } from './blanks.ts';
import { ValidSpan } from './valid-span.tsx';

/** Whether it speaks, when, where, and for how long. */
export function WhenSection() {
  const { draft, set, inboxes, tags, errorAt } = useAnswerForm();
  const { moment, inboxIds, isOn } = draft;
  const name = useId();
  const blanks = countBlanks(draft);
  const blankText = blanks > 0 ? t('answers.onWhenFilled', { count: blanks }) : undefined;
  return (
    <Card title={t('answers.section.when')}>
      <SwitchField label={t('answers.isOn')} hint={blankText ?? t('answers.isOnHint')} isOn={isOn} onChange={(next) => set('isOn', next)} />
      <fieldset class={styles.moments}>
        <legend>{t('answers.moment')}</legend>
        {answerMoments.map((one) => (
          <label key={one} class={styles.moment}>
            <input type="radio" name={name} checked={moment === one} onChange={() => set('moment', one)} />
            <span>
              <strong>{t(`answers.moment.${one}`)}</strong>
              <span>{t(`answers.momentHint.${one}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {isOn && !mayBeHeard(draft, inboxes) && (
        <p class={styles.note} data-tone="weak" role="status">
          <Icon name="triangle-alert" size="small" />
          <span class={styles.noteText}>{t('answers.unheard')}</span>
          <a href="/console/settings/inbox">{t('settings.inbox')}</a>
        </p>
      )}
      {(inboxes.length > 1 || inboxIds !== null) && (
        <div class={styles.stack}>
          <div class={styles.place}>
            <span class={styles.label} aria-hidden="true">
              {t('answers.where')}
            </span>
            <Segmented
              label={t('answers.where')}
              value={inboxIds === null ? 'all' : 'some'}
              options={[
                { value: 'all', label: t('answers.everywhere') },
                { value: 'some', label: t('answers.somewhere') },
              ]}
              onChoose={(value) => set('inboxIds', value === 'all' ? null : [])}
            />
          </div>
          {inboxIds !== null && (
            <CheckList
              label={t('answers.where')}
              options={inboxes.map(({ id, name: inbox }) => ({ value: id, label: inbox }))}
              chosen={inboxIds}
              emptyText={t('answers.inboxes', { count: inboxIds.length })}
              onChoose={(chosen) => set('inboxIds', chosen)}
            />
          )}
          {errorAt('inboxIds') && (
            <p class={styles.error} role="alert">
              {errorAt('inboxIds')}
            </p>
          )}
        </div>
      )}
      <ValidSpan />
      <TagNamesField label={t('answers.tags')} shelf={tags} chosen={draft.tags} onChange={(chosen) => set('tags', chosen)} />
    </Card>
  );
}
