import { useState } from 'preact/hooks';
import type { LostReasonList } from '../../shared/opportunity.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextAreaField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';

interface LostFormProps {
  reasons: LostReasonList['items'];
  onCancel: () => void;
  onLost: (why: { lostReasonId: string | null; lostNote: string | null }) => void;
}

/** Why it was lost: of the list, and in one's own words. Both may be left out. */
export function LostForm({ reasons, onCancel, onLost }: LostFormProps) {
  const [reasonId, setReasonId] = useState('');
  const [note, setNote] = useState('');
  const offered = reasons.filter(({ isArchived }) => !isArchived);
  return (
    <div class={rows.form}>
      {offered.length > 0 && (
        <SelectField
          label={t('opportunities.why')}
          value={reasonId}
          options={[{ value: '', label: t('opportunities.whyNone') }, ...offered.map(({ id: value, name: label }) => ({ value, label }))]}
          onChoose={setReasonId}
        />
      )}
      <TextAreaField label={t('opportunities.whyNote')} rows={2} maxLength={1_000} value={note} onInput={setNote} />
      <div class={rows.actions}>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
        <Button look="primary" onClick={() => onLost({ lostReasonId: reasonId || null, lostNote: note.trim() || null })}>
          {t('opportunities.markLost')}
        </Button>
      </div>
    </div>
  );
}
