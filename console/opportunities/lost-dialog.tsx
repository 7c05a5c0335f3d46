import type { LostReasonList, Opportunity } from '../../shared/opportunity.ts';
import { t } from '../texts/texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { LostForm } from './lost-form.tsx';
import { opportunityName } from './opportunity-words.ts';

interface LostDialogProps {
  opportunity: Opportunity;
  reasons: LostReasonList['items'];
  onLost: (why: { lostReasonId: string | null; lostNote: string | null }) => void;
  onClose: () => void;
}

/** Asked when a card is dropped among the lost ones. */
export function LostDialog({ opportunity, reasons, onLost, onClose }: LostDialogProps) {
  return (
    <Dialog title={t('opportunities.lostTitle', { name: opportunityName(opportunity) })} closeLabel={t('action.close')} onClose={onClose}>
      <LostForm reasons={reasons} onLost={onLost} onCancel={onClose} />
    </Dialog>
  );
}
