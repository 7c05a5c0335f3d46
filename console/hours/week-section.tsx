import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { weekdayName, weekOrder } from './clock-words.ts';
import { CopyDayDialog } from './copy-day-dialog.tsx';
import styles from './hours-form.module.css';
import { useHoursForm } from './hours-form.ts';
import { SpansField } from './spans-field.tsx';
import { TimeZoneField } from './time-zone-field.tsx';

/** What it is called, whose clock it goes by, and an ordinary week. */
export function WeekSection() {
  const { draft, set, errorAt } = useHoursForm();
  const [copied, setCopied] = useState<number | null>(null);
  const setDays = (days: readonly number[], spans: (typeof draft.week)[number]) =>
    set(
      'week',
      draft.week.map((one, day) => (days.includes(day) ? spans : one)),
    );
  const spansOf = (day: number) => draft.week[day] ?? [];
  return (
    <div class={styles.section}>
      <Card title={t('hours.basics')}>
        <div class={styles.grid}>
          <TextField
            label={t('hours.name')}
            hint={t('hours.nameHint')}
            isRequired
            maxLength={80}
            autoComplete="off"
            value={draft.name}
            error={errorAt('name')}
            onInput={(name) => set('name', name)}
          />
          <TimeZoneField value={draft.timeZone} error={errorAt('timeZone')} onChange={(zone) => set('timeZone', zone)} />
        </div>
      </Card>
      <Card title={t('hours.week')} text={t('hours.weekHint')}>
        <ul class={styles.days}>
          {weekOrder().map((day) => {
            const name = weekdayName(day);
            return (
              <li key={day} class={styles.day} data-closed={spansOf(day).length === 0 || undefined}>
                <h3 class={styles.dayName}>{name}</h3>
                <SpansField of={name} spans={spansOf(day)} error={errorAt(`week.${day}`)} onChange={(spans) => setDays([day], spans)} />
                <Menu
                  label={t('hours.dayActions', { day: name })}
                  align="end"
                  items={[
                    {
                      key: 'every',
                      icon: 'copy',
                      label: t('hours.copyToAll'),
                      onSelect: () => setDays([0, 1, 2, 3, 4, 5, 6], spansOf(day)),
                    },
                    { key: 'some', label: t('hours.copyToSome'), onSelect: () => setCopied(day) },
                    {
                      key: 'all',
                      label: t('hours.openAllDay'),
                      hasLineBefore: true,
                      onSelect: () => setDays([day], [{ from: 0, to: 1_440 }]),
                    },
                    { key: 'closed', label: t('hours.closeDay'), onSelect: () => setDays([day], []) },
                  ]}
                  trigger={({ ref, ...props }) => (
                    <IconButton {...props} ref={ref} icon="copy" label={t('hours.dayActions', { day: name })} />
                  )}
                />
              </li>
            );
          })}
        </ul>
      </Card>
      {copied !== null && (
        <CopyDayDialog
          day={copied}
          onCopy={(days) => {
            setDays(days, spansOf(copied));
            setCopied(null);
          }}
          onClose={() => setCopied(null)}
        />
      )}
    </div>
  );
}
