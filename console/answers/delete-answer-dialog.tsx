import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { questionIn } from './answer-draft.ts';
import styles from './answer-form.module.css';

interface DeleteAnswerDialogProps {
  http: Http;
  answer: Answer;
  onDeleted: () => void;
  onClose: () => void;
}

export function DeleteAnswerDialog({ http, answer, onDeleted, onClose }: DeleteAnswerDialogProps) {
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const remove = async () => {
    setIsBusy(true);
    const reply = await http.delete(`/answers/${answer.id}`);
    setIsBusy(false);
    if (reply.ok || reply.error.code === 'not-found') onDeleted();
    else setError(reply.error);
  };
  return (
    <Dialog
      title={t('answers.deleteTitle', { name: questionIn(answer.question, language.value) })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="danger" isBusy={isBusy} onClick={remove}>
            {t('answers.delete')}
          </Button>
        </>
      }
    >
      <p>{t('answers.deleteText')}</p>
      {error && (
        <p class={styles.error} role="alert">
          {errorText(error)}
        </p>
      )}
    </Dialog>
  );
}
