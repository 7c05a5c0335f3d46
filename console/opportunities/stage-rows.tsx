import type { Stage } from '../../shared/opportunity.ts';
import { sortingWords } from '../inboxes/sorting-words.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import styles from './pipeline-settings.module.css';

interface StageRowsProps {
  stages: readonly Stage[];
  isTried: boolean;
  onChange: (stages: readonly Stage[]) => void;
}

/** The columns of a board, in their order. */
export function StageRows({ stages, isTried, onChange }: StageRowsProps) {
  const change = (id: string, some: Partial<Stage>) => onChange(stages.map((stage) => (stage.id === id ? { ...stage, ...some } : stage)));
  return (
    <SortableList
      items={stages}
      keyOf={({ id }) => id}
      words={sortingWords()}
      onMove={(from, to) => onChange(moved(stages, from, to))}
      title={(_, place) => <span class={styles.soft}>{t('pipelines.stage', { number: place + 1 })}</span>}
      actions={(stage) =>
        stages.length > 1 && (
          <IconButton
            icon="trash-2"
            label={t('pipelines.removeStage', { name: stage.name })}
            onClick={() => onChange(stages.filter(({ id }) => id !== stage.id))}
          />
        )
      }
    >
      {(stage) => (
        <div class={styles.stageFields}>
          <TextField
            label={t('pipelines.stageName')}
            maxLength={60}
            autoComplete="off"
            value={stage.name}
            error={isTried && stage.name.trim() === '' ? t('field.nameInvalid') : undefined}
            onInput={(name) => change(stage.id, { name })}
          />
          <NumberField
            label={t('pipelines.probability')}
            value={stage.probability}
            min={0}
            max={100}
            wrong={t('opportunities.probabilityWrong')}
            onChange={(probability) => change(stage.id, { probability: probability ?? 0 })}
          />
        </div>
      )}
    </SortableList>
  );
}
