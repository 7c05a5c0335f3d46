import { useState } from 'preact/hooks';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import styles from '../ui/rows.module.css';
import type { HoursPlace } from './places-section.tsx';

interface DeleteHoursDialogProps {
  http: Http;
  hours: BusinessHours;
  inboxes: readonly HoursPlace[];
  teams: readonly HoursPlace[];
  onDeleted: (hours: BusinessHours) => void;
  onClose: () => void;
}

export function DeleteHoursDialog({ http, hours, inboxes, teams, onDeleted, onClose }: DeleteHoursDialogProps) {
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const names = [...inboxes.filter(({ id }) => hours.inboxIds.includes(id)), ...teams.filter(({ id }) => hours.teamIds.includes(id))].map(
    ({ name }) => `\u2068${name}\u2069`,
  );
  const remove = async () => {
    setIsBusy(true);
    const reply = await http.delete(`/business-hours/${hours.id}`);
    setIsBusy(false);
    if (reply.ok || reply.error.code === 'not-found') onDeleted(hours);
    else setError(reply.error);
  };
  return (
    <Dialog
      title={t('hours.deleteTitle', { name: hours.name })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="danger" isBusy={isBusy} onClick={remove}>
            {t('hours.delete')}
          </Button>
        </>
      }
    >
      <p>
        {names.length === 0 ? t('hours.deleteUnused') : t('hours.deleteText', { names: new Intl.ListFormat(language.value).format(names) })}
      </p>
      {error && (
        <p class={styles.error} role="alert">
          {errorText(error)}
        </p>
      )}
    </Dialog>
  );
}
