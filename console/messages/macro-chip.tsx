import { useEffect } from 'preact/hooks';
import { MacroStepList } from '../canned/macro-step-list.tsx';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Draft } from './drafts.ts';
import styles from './macro-chip.module.css';
import type { QuickSource } from './quick-source.ts';

interface MacroChipProps {
  source: QuickSource | undefined;
  macro: NonNullable<Draft['macro']>;
  onDrop: () => void;
}

/** What else happens when this reply is sent. */
export function MacroChip({ source, macro: { id }, onDrop }: MacroChipProps) {
  // Not while drawing: a list that fails draws this again, and would be asked for without end.
  useEffect(() => source?.repertoire.want(), [source?.repertoire]);
  // Reading the turn draws this again when the list is there.
  const macro = source && source.repertoire.macros.turn.value >= 0 ? source.repertoire.macros.get(id) : undefined;
  return (
    <div class={styles.chip}>
      <Icon name="zap" size="small" />
      <div class={styles.text}>
        <p class={styles.name}>{macro ? t('macro.whenSent', { name: macro.name }) : t('macro.whenSentAny')}</p>
        {macro && <MacroStepList steps={{ ...macro.steps, reply: null }} />}
      </div>
      <IconButton icon="x" label={t('macro.drop')} onClick={onDrop} />
    </div>
  );
}
