import { useState } from 'preact/hooks';
import type { CalendarReading, ImportedCalendar } from '../../shared/business-hours.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import styles from './calendar-import.module.css';
import { briefSpans } from './clock-words.ts';
import { dateRange } from './date-words.ts';

interface ReadCalendarDialogProps extends CalendarReading {
  name: string;
  onKeep: (calendar: Omit<ImportedCalendar, 'id'>) => void;
  onClose: () => void;
}

/** What a calendar file says, before it counts. */
export function ReadCalendarDialog({ name: known, days, skipped, cut, onKeep, onClose }: ReadCalendarDialogProps) {
  const [name, setName] = useState(known);
  return (
    <Dialog
      title={t('hours.calendarTitle')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={days.length === 0 || name.trim() === ''} onClick={() => onKeep({ name: name.trim(), days })}>
            {t('hours.calendarKeep')}
          </Button>
        </>
      }
    >
      <div class={rows.form}>
        <TextField label={t('hours.calendarName')} maxLength={80} autoComplete="off" value={name} onInput={setName} />
        <p>
          {t('hours.calendarRead', { count: days.length })} {skipped > 0 && t('hours.calendarSkipped', { count: skipped })}
        </p>
        {cut > 0 && <p role="alert">{t('hours.calendarCut', { count: cut })}</p>}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is scrolled by keyboard, too */}
        <ul class={styles.read} tabIndex={0} aria-label={t('hours.calendarRead', { count: days.length })}>
          {days.map((day) => (
            <li key={day.id} class={styles.day}>
              <bdi>{day.name}</bdi>
              <span>
                {dateRange(day.from, day.to)} · {day.spans.length === 0 ? t('hours.closed') : briefSpans(day.spans)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
