import { t } from '../texts/texts.ts';
import { weekdayName } from './clock-words.ts';
import { monthName, shortDates, wholeDate } from './date-words.ts';
import styles from './hours-preview.module.css';
import type { NamedDays, ShownDay, ShownMonth } from './preview-days.ts';

/** A month as on the wall: each day with its hours, darker the longer it is open; days that have a name are told below. */
export function PreviewMonth({ month, week }: { month: ShownMonth; week: readonly number[] }) {
  return (
    <div class={styles.month}>
      <table class={styles.table}>
        <caption>{monthName(month.date)}</caption>
        <thead>
          <tr>
            {week.map((day) => (
              <th key={day} scope="col" abbr={weekdayName(day)}>
                {weekdayName(day, 'short').replace(/^יום /, '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {month.weeks.map((days) => (
            <tr key={days.find((day) => day)?.date}>
              {days.map((day, place) => (day ? <Day key={day.date} day={day} /> : <td key={week[place]} />))}
            </tr>
          ))}
        </tbody>
      </table>
      {month.named.length > 0 && (
        <ul class={styles.named} aria-label={t('hours.namedDays', { month: monthName(month.date) })}>
          {month.named.map((named) => (
            <Named key={named.from} named={named} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Day({ day: { date, hours, lines, level, marks } }: { day: ShownDay }) {
  const names = marks.map(({ name }) => name).join(', ');
  const named = marks.filter(({ isShabbat }) => !isShabbat);
  return (
    <td class={styles.day} data-level={level} data-date={date} title={`${wholeDate(date)}: ${hours}${names && ` (${names})`}`}>
      <span class={styles.number}>
        {Number(date.slice(8))}
        {named.length > 0 && <span class={styles.dot} data-deciding={named.some(({ isDeciding }) => isDeciding) || undefined} />}
      </span>
      <span class={styles.hours} aria-hidden="true">
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </span>
      <span class="visually-hidden">
        {hours} {names}
      </span>
    </td>
  );
}

function Named({ named: { from, to, name, hours, isDeciding } }: { named: NamedDays }) {
  return (
    <li>
      <span class={styles.date}>{shortDates(from, to)}</span>
      <bdi class={styles.name}>{name}</bdi>
      <span class={styles.soft}>{isDeciding ? hours : t('hours.asUsual')}</span>
    </li>
  );
}
