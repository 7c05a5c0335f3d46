import { type DoneOutcome, doneOutcomes } from '../../shared/task.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';

/** Marks a call as done, and asks how it ended: Enter, and the first letter or Enter again. */
export function DoneMenu({ onDone }: { onDone: (outcome: DoneOutcome) => void }) {
  return (
    <Menu
      label={t('calls.howEnded')}
      align="end"
      items={doneOutcomes.map((outcome) => ({ key: outcome, label: t(`calls.${outcome}`), onSelect: () => onDone(outcome) }))}
      trigger={(props) => (
        <Button {...props} size="small" icon="check">
          {t('tasks.markDone')}
        </Button>
      )}
    />
  );
}
