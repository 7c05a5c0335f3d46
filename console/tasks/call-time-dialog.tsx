import { useMemo, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Task } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CallTimeField } from './call-time-field.tsx';
import { CallTime } from './call-time-state.ts';
import styles from './promise-call.module.css';

interface CallTimeDialogProps {
  http: Http;
  task: Task;
  title: string;
  /** Nobody answered: the inbox's rule may decide. */
  hasRule?: boolean;
  /** Null once it is done; what is wrong keeps the dialog open. */
  onChoose: (at: number | 'rule') => Promise<ErrorReply | null>;
  onClose: () => void;
}

/** Another time for a call. */
export function CallTimeDialog({ http, task, title, hasRule = false, onChoose, onClose }: CallTimeDialogProps) {
  const time = useMemo(() => new CallTime({ http, about: { taskId: task.id }, hasRule }), [http, task.id, hasRule]);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    const at = isBusy ? null : time.decide(Date.now());
    if (at === null) return;
    setIsBusy(true);
    const problem = await onChoose(at);
    setIsBusy(false);
    setError(problem);
    if (problem === null) onClose();
  };
  return (
    <Dialog
      title={title}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" form="call-time" isBusy={isBusy}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form id="call-time" class={styles.form} noValidate onSubmit={submit}>
        <CallTimeField time={time} label={t(hasRule ? 'calls.at.again' : 'calls.at.when')} takesFocus />
        {error && (
          <p class={styles.error} role="alert">
            {errorText(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
