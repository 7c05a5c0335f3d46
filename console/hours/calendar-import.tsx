import { useRef, useState } from 'preact/hooks';
import type { CalendarReading, ImportedCalendar } from '../../shared/business-hours.ts';
import { newId } from '../editing/new-id.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import rows from '../ui/rows.module.css';
import { useFileDrop } from '../ui/use-file-drop.ts';
import styles from './calendar-import.module.css';
import { useHoursForm } from './hours-form.ts';
import { ReadCalendarDialog } from './read-calendar-dialog.tsx';

const CALENDARS_MAX = 10;
const CHARACTERS_MAX = 200_000;

interface CalendarRead extends CalendarReading {
  name: string;
}

/** Days from a calendar file (iCal), as other programs write them. What was read is shown before it is kept. */
export function CalendarImport() {
  const { http, draft, set } = useHoursForm();
  const [read, setRead] = useState<CalendarRead | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    setIsBusy(true);
    const text = await file.text().catch(() => null);
    if (text === null || text.length > CHARACTERS_MAX) {
      setIsBusy(false);
      return setProblem(t(text === null ? 'hours.calendarUnread' : 'hours.calendarLong'));
    }
    const reply = await http.post<CalendarReading>('/business-hours/calendar', {
      text,
      timeZone: draft.timeZone,
    });
    setIsBusy(false);
    if (!reply.ok) return setProblem(reply.error.code === 'invalid' ? t('hours.calendarUnread') : errorText(reply.error));
    setRead({ ...reply.data, name: file.name.replace(/\.[^.]*$/, '').slice(0, 80) });
  };
  const keep = (calendar: Omit<ImportedCalendar, 'id'>) => {
    set('calendars', [...draft.calendars, { ...calendar, id: newId() }]);
    setRead(null);
  };
  const isFull = draft.calendars.length >= CALENDARS_MAX;
  const drop = useFileDrop((file) => void take(file));

  return (
    <Card title={t('hours.calendars')} text={t('hours.calendarsHint')}>
      <ul class={rows.rows}>
        {draft.calendars.map(({ id, name, days }) => (
          <li key={id} class={rows.row}>
            <span class={rows.glyph}>
              <Icon name="calendar" />
            </span>
            <span class={rows.main}>
              <OneLine class={rows.strong} text={name} />
              <span class={rows.soft}>{t('hours.days', { count: days.length })}</span>
            </span>
            <IconButton
              icon="trash-2"
              label={t('hours.removeCalendar', { name })}
              onClick={() => {
                picker.current?.focus();
                set(
                  'calendars',
                  draft.calendars.filter((one) => one.id !== id),
                );
              }}
            />
          </li>
        ))}
      </ul>
      {!isFull && (
        <label class={styles.drop} data-over={drop.isOver || undefined} aria-busy={isBusy || undefined} {...drop.target}>
          <input
            ref={picker}
            class="visually-hidden"
            type="file"
            accept=".ics,.ical,text/calendar"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
          <Icon name="calendar" />
          <span>{t(isBusy ? 'hours.calendarReading' : 'hours.calendarDrop')}</span>
        </label>
      )}
      {problem && (
        <p class={rows.error} role="alert">
          {problem}{' '}
          <Button look="quiet" size="small" onClick={() => picker.current?.click()}>
            {t('hours.calendarOther')}
          </Button>
        </p>
      )}
      {read && <ReadCalendarDialog {...read} onKeep={keep} onClose={() => setRead(null)} />}
    </Card>
  );
}
