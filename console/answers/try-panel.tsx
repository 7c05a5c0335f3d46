import { useState } from 'preact/hooks';
import { momentOf, typedOf } from '../editing/typed-moment.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import type { NamedInbox } from './answer-words.ts';
import styles from './try-panel.module.css';
import { TryVerdict } from './try-verdict.tsx';
import { useTrial } from './use-trial.ts';

interface TryPanelProps {
  http: Http;
  inboxes: readonly NamedInbox[];
  /** Another one after every save. */
  stamp: unknown;
  hasUnsaved: boolean;
  /** Beside the list it may be folded away. */
  isOpenAtFirst: boolean;
  /** The answer that is edited: where another one speaks, that is told apart. */
  ownId?: string;
}

const whens = ['now', 'outside', 'waiting', 'at'] as const;
type When = (typeof whens)[number];

/** Asks as a visitor would, and says what would be answered and why. */
export function TryPanel({ http, inboxes, stamp, hasUnsaved, isOpenAtFirst, ownId }: TryPanelProps) {
  const [text, setText] = useState('');
  const [inboxId, setInboxId] = useState('');
  const [when, setWhen] = useState<When>('outside');
  const [moment, setMoment] = useState(() => typedOf(Date.now()));
  const at = when === 'at' ? momentOf(moment) : null;
  const said = when === 'outside' || when === 'waiting';
  const wish = { text, ...(inboxId && { inboxId }), ...(at !== null && { at }), ...(said && { moment: when }) };
  const trial = useTrial(http, wish, stamp);
  return (
    <details class={styles.panel} open={isOpenAtFirst}>
      <summary class={styles.title}>
        <Icon name="message-circle" />
        <h2>{t('answers.try')}</h2>
        <Icon name="chevron-down" size="small" />
      </summary>
      <div class={styles.body}>
        <TextAreaField
          label={t('answers.tryAsk')}
          rows={2}
          maxLength={8_000}
          placeholder={t('answers.tryPlaceholder')}
          value={text}
          onInput={setText}
        />
        <div class={styles.choices}>
          {inboxes.length > 1 && (
            <SelectField
              label={t('search.inbox')}
              value={inboxId}
              options={[{ value: '', label: t('answers.everywhere') }, ...inboxes.map((inbox) => ({ value: inbox.id, label: inbox.name }))]}
              onChoose={setInboxId}
            />
          )}
          <SelectField
            label={t('answers.tryWhen')}
            value={when}
            options={whens.map((value) => ({ value, label: t(`answers.tryWhen.${value}`) }))}
            onChoose={setWhen}
          />
          {when === 'at' && (
            <>
              <TextField type="date" label={t('answers.tryDate')} value={moment.date} onInput={(date) => setMoment({ ...moment, date })} />
              <TextField type="time" label={t('answers.time')} value={moment.time} onInput={(time) => setMoment({ ...moment, time })} />
            </>
          )}
        </div>
        {hasUnsaved && <p class={styles.soft}>{t('answers.tryUnsaved')}</p>}
        {trial.error && (
          <p class={styles.error} role="alert">
            {errorText(trial.error)}
          </p>
        )}
        <div aria-live="polite" aria-busy={trial.isAsking}>
          {trial.trial && <TryVerdict trial={trial.trial} answers={trial.answers} ownId={ownId} />}
        </div>
      </div>
    </details>
  );
}
