import { useState } from 'preact/hooks';
import { momentOf, type TypedMoment, typedOf } from '../editing/typed-moment.ts';
import { t } from '../texts/texts.ts';
import { CheckField } from '../ui/check-field.tsx';
import { TextField } from '../ui/field.tsx';
import styles from './answer-form.module.css';
import { useAnswerForm } from './answer-form.ts';
import { isMidnight } from './answer-words.ts';

const nothing: TypedMoment = { date: '', time: '' };

/** From when, until when. A day without a time is meant whole. */
export function ValidSpan() {
  const { draft, set, errorAt } = useAnswerForm();
  const { validFrom, validTo } = draft;
  const [isWanted, setIsWanted] = useState(validFrom !== null || validTo !== null);
  const isOpen = isWanted || validFrom !== null || validTo !== null;
  const toggle = (isChecked: boolean) => {
    setIsWanted(isChecked);
    if (isChecked) return;
    set('validFrom', null);
    set('validTo', null);
  };
  return (
    <div class={styles.stack}>
      <CheckField label={t('answers.valid')} hint={t('answers.validHint')} isChecked={isOpen} onChange={toggle} />
      {isOpen && (
        <div class={styles.span}>
          <Edge name="validFrom" at={validFrom} error={errorAt('validFrom')} onChange={(at) => set('validFrom', at)} />
          <Edge name="validTo" at={validTo} error={errorAt('validTo')} onChange={(at) => set('validTo', at)} />
        </div>
      )}
    </div>
  );
}

interface EdgeProps {
  name: 'validFrom' | 'validTo';
  at: number | null;
  error: string | undefined;
  onChange: (at: number | null) => void;
}

function Edge({ name, at, error, onChange }: EdgeProps) {
  const [typed, setTyped] = useState(() => shown(name, at));
  // What was typed stands as it is as long as it means what is kept.
  const written = meant(name, typed) === at ? typed : shown(name, at);
  const change = (next: Partial<TypedMoment>) => {
    const moment = { ...written, ...next };
    setTyped(moment);
    onChange(meant(name, moment));
  };
  return (
    <div class={styles.edge}>
      <TextField type="date" label={t(`answers.${name}`)} error={error} value={written.date} onInput={(date) => change({ date })} />
      <TextField type="time" label={t('answers.time')} value={written.time} onInput={(time) => change({ time })} />
    </div>
  );
}

/** An end on a day without a time is the midnight after it. */
function meant(name: EdgeProps['name'], { date, time }: TypedMoment): number | null {
  if (time) return momentOf({ date, time });
  const at = momentOf({ date, time: '00:00' });
  return at === null || name === 'validFrom' ? at : new Date(at).setHours(24, 0, 0, 0);
}

function shown(name: EdgeProps['name'], at: number | null): TypedMoment {
  if (at === null) return nothing;
  if (!isMidnight(at)) return typedOf(at);
  return { date: typedOf(name === 'validFrom' ? at : at - 1).date, time: '' };
}
