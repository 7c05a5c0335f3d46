import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { TextField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './routing.module.css';

interface MomentFieldProps {
  /** Null: now. */
  at: number | null;
  onChange: (at: number | null) => void;
}

/** Now, or a day and a time of it, on this browser's clock. */
export function MomentField({ at, onChange }: MomentFieldProps) {
  const [written, setWritten] = useState(() => writtenOf(at ?? Date.now()));
  const change = (next: Partial<typeof written>) => {
    const { date, time } = { ...written, ...next };
    setWritten({ date, time });
    const moment = new Date(`${date}T${time || '00:00'}`).getTime();
    if (Number.isFinite(moment)) onChange(moment);
  };
  return (
    <div class={styles.moment}>
      <Segmented
        label={t('routing.sim.moment')}
        value={at === null ? 'now' : 'at'}
        options={(['now', 'at'] as const).map((value) => ({ value, label: t(`routing.sim.${value}`) }))}
        onChoose={(value) => (value === 'now' ? onChange(null) : change({}))}
      />
      {at !== null && (
        <>
          <TextField type="date" label={t('routing.sim.date')} value={written.date} onInput={(date) => change({ date })} />
          <TextField type="time" label={t('routing.sim.time')} value={written.time} onInput={(time) => change({ time })} />
        </>
      )}
    </div>
  );
}

function writtenOf(at: number): { date: string; time: string } {
  const here = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString();
  return { date: here.slice(0, 10), time: here.slice(11, 16) };
}
