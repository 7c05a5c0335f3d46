import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { CustomerFilter } from '../../shared/customer-filter.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Segment } from '../../shared/segment.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import type { CustomerList } from './customer-list.ts';
import type { CustomerHouse } from './customer-room.ts';

interface SegmentDialogProps {
  house: CustomerHouse;
  list: CustomerList;
  /** One that is there already; otherwise a new one of this filter. */
  segment?: Segment;
  filter?: CustomerFilter;
  onClose: () => void;
  onSaved: (segment: Segment) => void;
}

export function SegmentDialog({ house, list, segment, filter, onClose, onSaved }: SegmentDialogProps) {
  // One id for life: sent twice, there is one segment.
  const [id] = useState(() => segment?.id ?? nanoid());
  const [name, setName] = useState(segment?.name ?? '');
  const [isShared, setIsShared] = useState(segment?.isShared ?? false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const save = async () => {
    if (name.trim() === '') return;
    setIsBusy(true);
    const reply = segment
      ? await house.http.patch<Segment>(`/segments/${id}`, { name: name.trim(), isShared })
      : await house.http.post<Segment>('/segments', { id, name: name.trim(), isShared, filter });
    setIsBusy(false);
    if (!reply.ok) return setError(reply.error);
    await list.readSegments();
    onSaved(reply.data);
  };
  return (
    <Dialog
      title={t(segment ? 'customers.renameSegment' : 'customers.saveSegment')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isBusy={isBusy} onClick={() => void save()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t('customers.segmentName')}
          value={name}
          maxLength={60}
          isRequired
          error={error ? errorText(error) : undefined}
          onInput={setName}
        />
        {house.may('segments:share') && (
          <CheckField
            label={t('customers.shareSegment')}
            hint={t('customers.shareSegmentHint')}
            isChecked={isShared}
            onChange={setIsShared}
          />
        )}
      </form>
    </Dialog>
  );
}
