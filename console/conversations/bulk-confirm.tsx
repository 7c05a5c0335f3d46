import type { BulkChange } from '../../shared/bulk.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

interface BulkConfirmProps {
  change: BulkChange;
  count: number;
  onConfirm: () => void;
  onClose: () => void;
}

/** Before very many are changed: what, and how many. */
export function BulkConfirm({ change, count, onConfirm, onClose }: BulkConfirmProps) {
  return (
    <Dialog
      title={t(`bulk.ask.${change.kind}`, { count })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" onClick={onConfirm}>
            {t('bulk.goOn')}
          </Button>
        </>
      }
    >
      <p>{t('bulk.askHint')}</p>
    </Dialog>
  );
}
