import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { HoursException } from '../../shared/business-hours.ts';
import { newId } from '../editing/new-id.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { CalendarImport } from './calendar-import.tsx';
import { localDate } from './clock-words.ts';
import { ExceptionRow } from './exception-row.tsx';
import styles from './hours-form.module.css';
import { useHoursForm } from './hours-form.ts';

const EXCEPTIONS_MAX = 400;

/** Days that are not as the week says, written by hand or read from a calendar. */
export function ExceptionsSection() {
  const { draft, set, errorAt } = useHoursForm();
  const { exceptions } = draft;
  const [showsPast, setShowsPast] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const added = useRef<string | null>(null);
  const today = localDate(screenClock.value, draft.timeZone);
  const isPast = ({ from, to }: HoursException) => to !== '' && to < today && from !== '';
  const past = exceptions.filter(isPast).length;
  useLayoutEffect(() => {
    const name = added.current && list.current?.querySelector<HTMLInputElement>(`[data-exception="${added.current}"] input`);
    added.current = null;
    if (!name) return;
    name.focus();
    name.select();
  }, [exceptions.length]);
  const add = () => {
    const id = newId();
    added.current = id;
    set('exceptions', [...exceptions, { id, name: t('hours.newException'), from: today, to: today, spans: [] }]);
  };
  return (
    <div class={styles.section}>
      <Card title={t('hours.exceptions')} text={t('hours.exceptionsHint')}>
        {exceptions.length - past === 0 && <p class={styles.soft}>{t('hours.noExceptions')}</p>}
        <ul ref={list} class={styles.rows}>
          {exceptions.map(
            (exception, place) =>
              (showsPast || !isPast(exception) || errorAt(`exceptions.${place}`)) && (
                <ExceptionRow
                  key={exception.id}
                  exception={exception}
                  path={`exceptions.${place}`}
                  onChange={(next) =>
                    set(
                      'exceptions',
                      exceptions.map((one) => (one.id === exception.id ? next : one)),
                    )
                  }
                  onRemove={() => {
                    list.current?.closest('section')?.querySelector<HTMLElement>('[data-add-exception]')?.focus();
                    set(
                      'exceptions',
                      exceptions.filter(({ id }) => id !== exception.id),
                    );
                  }}
                />
              ),
          )}
        </ul>
        <div class={styles.actions}>
          <Button icon="plus" data-add-exception disabled={exceptions.length >= EXCEPTIONS_MAX} onClick={add}>
            {t('hours.addException')}
          </Button>
          {past > 0 && !showsPast && (
            <Button look="quiet" onClick={() => setShowsPast(true)}>
              {t('hours.showPast', { count: past })}
            </Button>
          )}
        </div>
      </Card>
      <CalendarImport />
    </div>
  );
}
