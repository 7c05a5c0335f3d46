import { type DayRule, firstDayRules, type JewishCalendar, type JewishDay, jewishDays } from '../../shared/business-hours.ts';
import { t } from '../texts/texts.ts';
import { Segmented } from '../ui/segmented.tsx';
import styles from './hours-form.module.css';

const groups = {
  festivals: [
    'rosh-hashana-eve',
    'rosh-hashana',
    'yom-kippur-eve',
    'yom-kippur',
    'sukkot-eve',
    'sukkot',
    'sukkot-intermediate',
    'hoshana-raba',
    'simchat-torah',
    'pesach-eve',
    'pesach',
    'pesach-intermediate',
    'pesach-last-eve',
    'pesach-last',
    'shavuot-eve',
    'shavuot',
  ],
  national: ['holocaust-day', 'memorial-day', 'independence-day', 'jerusalem-day'],
  fasts: ['fast-of-gedaliah', 'fast-of-tevet', 'fast-of-esther', 'fast-of-tammuz', 'tisha-bav'],
  others: ['hanukkah', 'tu-bishvat', 'purim', 'shushan-purim', 'lag-baomer'],
} as const satisfies Record<string, readonly JewishDay[]>;

const rules: readonly DayRule[] = ['usual', 'short', 'closed'];

interface JewishDayListProps {
  calendar: JewishCalendar;
  onChange: (days: JewishCalendar['days']) => void;
}

/** Each day of the Jewish year: as usual, short, or closed. Only what differs from the custom is kept. */
export function JewishDayList({ calendar: { days }, onChange }: JewishDayListProps) {
  const choose = (day: JewishDay, rule: DayRule) => {
    const { [day]: _, ...others } = days;
    onChange(rule === firstDayRules[day] ? others : { ...others, [day]: rule });
  };
  const isKnown = (day: JewishDay) => jewishDays.includes(day);
  return (
    <>
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
        <section key={group} class={styles.group} aria-label={t(`hours.group.${group}`)}>
          <h3>{t(`hours.group.${group}`)}</h3>
          <ul class={styles.jewishDays}>
            {groups[group].filter(isKnown).map((day) => (
              <li key={day} class={styles.jewishDay}>
                <span aria-hidden="true">{t(`hours.jewish.${day}`)}</span>
                <Segmented
                  label={t(`hours.jewish.${day}`)}
                  value={days[day] ?? firstDayRules[day]}
                  options={rules.map((rule) => ({ value: rule, label: t(`hours.rule.${rule}`) }))}
                  onChoose={(rule) => choose(day, rule)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
