import type { Demand } from '../../shared/inbox.ts';
import { t } from '../texts/texts.ts';
import { Segmented } from '../ui/segmented.tsx';
import styles from './form-parts.module.css';

interface DemandRowProps {
  label: string;
  value: Demand;
  onChoose: (demand: Demand) => void;
}

/** Whether a visitor is asked for something: not at all, perhaps, or before anything else. */
export function DemandRow({ label, value, onChoose }: DemandRowProps) {
  return (
    <div class={styles.line}>
      <span class={styles.name}>{label}</span>
      <Segmented
        label={label}
        value={value}
        options={(['hidden', 'optional', 'required'] as const).map((demand) => ({ value: demand, label: t(`inbox.demand.${demand}`) }))}
        onChoose={onChoose}
      />
    </div>
  );
}
