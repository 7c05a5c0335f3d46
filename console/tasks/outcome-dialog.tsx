import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField } from '../ui/field.tsx';

interface OutcomeDialogProps {
  title: string;
  /** False where it was refused: what was typed stays. */
  onDone: (outcomeText: string) => Promise<boolean>;
  onClose: () => void;
}

/** What came of it, in words. */
export function OutcomeDialog({ title, onDone, onClose }: OutcomeDialogProps) {
  const [text, setText] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const isDone = await onDone(text);
    setIsBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      title={t('todo.outcomeTitle', { title })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" form="todo-outcome" icon="check" isBusy={isBusy}>
            {t('todo.finish')}
          </Button>
        </>
      }
    >
      <form id="todo-outcome" onSubmit={submit}>
        <TextAreaField label={t('todo.outcome')} rows={3} value={text} maxLength={2_000} onInput={setText} />
      </form>
    </Dialog>
  );
}
