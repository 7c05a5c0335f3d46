import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckList } from '../ui/check-list.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { weekdayName, weekOrder } from './clock-words.ts';

interface CopyDayDialogProps {
  day: number;
  onCopy: (days: number[]) => void;
  onClose: () => void;
}

/** To which days the hours of one are given. */
export function CopyDayDialog({ day, onCopy, onClose }: CopyDayDialogProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const others = weekOrder().filter((one) => one !== day);
  return (
    <Dialog
      title={t('hours.copyTitle', { day: weekdayName(day) })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={chosen.length === 0} onClick={() => onCopy(chosen.map(Number))}>
            {t('hours.copyNow')}
          </Button>
        </>
      }
    >
      <CheckList
        label={t('hours.copyTo')}
        options={others.map((one) => ({ value: String(one), label: weekdayName(one) }))}
        chosen={chosen}
        emptyText=""
        onChoose={setChosen}
      />
    </Dialog>
  );
}
