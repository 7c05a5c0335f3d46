import { useState } from 'preact/hooks';
import type { HolidayCountry, PublicHoliday, PublicHolidays } from '../../shared/business-hours.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SelectField } from '../ui/field.tsx';
import { formatCountry } from '../ui/format.ts';
import { screenClock } from '../ui/screen-clock.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { localDate } from './clock-words.ts';
import { dateRange } from './date-words.ts';
import styles from './hours-form.module.css';
import { useHoursForm } from './hours-form.ts';

interface CountryCardProps {
  holidays: PublicHolidays;
  regions: HolidayCountry['regions'];
  onChange: (holidays: PublicHolidays) => void;
  onRemove: () => void;
}

/** The holidays of one country in one year, each with its switch, which holds for every year. */
export function CountryCard({ holidays, regions, onChange, onRemove }: CountryCardProps) {
  const { http, draft } = useHoursForm();
  const { country, region, off } = holidays;
  const [year, setYear] = useState(() => Number(localDate(screenClock.value, draft.timeZone).slice(0, 4)));
  const { value, error, reload } = useRemote(
    () => http.get<{ items: PublicHoliday[] }>('/business-hours/holidays', { country, region: region ?? undefined, year }),
    [country, region, year],
  );
  const nameOf = ({ name }: PublicHoliday) => name[language.value] ?? name.en ?? Object.values(name)[0] ?? '';
  const turn = (id: string, isClosed: boolean) => onChange({ ...holidays, off: isClosed ? off.filter((one) => one !== id) : [...off, id] });
  return (
    <Card
      title={formatCountry(country)}
      action={<IconButton icon="trash-2" label={t('hours.removeCountry', { country: formatCountry(country) })} onClick={onRemove} />}
    >
      {regions.length > 0 && (
        <SelectField
          label={t('hours.region')}
          value={region ?? ''}
          options={[{ value: '', label: t('hours.wholeCountry') }, ...regions.map(({ code, name }) => ({ value: code, label: name }))]}
          onChoose={(code) => onChange({ ...holidays, region: code || null })}
        />
      )}
      <div class={styles.years}>
        <IconButton icon="chevron-left" label={t('hours.previousYear')} onClick={() => setYear(year - 1)} />
        <h3 aria-live="polite">{year}</h3>
        <IconButton icon="chevron-right" label={t('hours.nextYear')} onClick={() => setYear(year + 1)} />
      </div>
      {error && (
        <p class={styles.error} role="alert">
          {errorText(error)} <Button onClick={reload}>{t('action.retry')}</Button>
        </p>
      )}
      {!value && !error && <Skeleton rows={4} label={t('state.loading')} />}
      {value?.items.length === 0 && <p class={styles.soft}>{t('hours.noHolidays')}</p>}
      <ul class={styles.holidays}>
        {value?.items.map((holiday) => (
          <li key={`${holiday.id} ${holiday.from}`}>
            <SwitchField
              label={nameOf(holiday)}
              hint={`${dateRange(holiday.from, holiday.to)} · ${t(off.includes(holiday.id) ? 'hours.asUsual' : 'hours.closed')}`}
              isOn={!off.includes(holiday.id)}
              onChange={(isClosed) => turn(holiday.id, isClosed)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
