import type { HolidayCountry, PublicHolidays } from '../../shared/business-hours.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SelectField } from '../ui/field.tsx';
import { formatCountry } from '../ui/format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { CountryCard } from './country-card.tsx';
import styles from './hours-form.module.css';
import { useHoursForm } from './hours-form.ts';

const COUNTRIES_MAX = 5;

/** The public holidays of countries and their regions. */
export function HolidaysSection() {
  const { http, draft, set, errorAt } = useHoursForm();
  const { holidays } = draft;
  const { value, error, reload } = useRemote(() => http.get<{ items: HolidayCountry[] }>('/business-hours/countries'), []);
  if (error) {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
        <Button onClick={reload}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (!value) return <Skeleton rows={4} label={t('state.loading')} />;
  const chosen = new Set(holidays.map(({ country }) => country));
  const free = value.items
    .filter(({ code }) => !chosen.has(code))
    .map(({ code }) => ({ value: code, label: formatCountry(code) }))
    .sort((one, other) => one.label.localeCompare(other.label, language.value));
  const add = (country: string) => country && set('holidays', [...holidays, { country, region: null, off: [] }]);
  const change = (place: number, next: PublicHolidays) =>
    set(
      'holidays',
      holidays.map((one, at) => (at === place ? next : one)),
    );
  const isFull = holidays.length >= COUNTRIES_MAX;
  return (
    <div class={styles.section}>
      <Card title={t('hours.holidays')} text={t('hours.holidaysHint')}>
        {errorAt('holidays') && <p class={styles.error}>{errorAt('holidays')}</p>}
        <div class={styles.actions}>
          {!isFull &&
            likelyCountries()
              .filter((code) => free.some((one) => one.value === code))
              .map((code) => (
                <Button key={code} icon="plus" onClick={() => add(code)}>
                  {formatCountry(code)}
                </Button>
              ))}
        </div>
        {isFull ? (
          <p class={styles.soft}>{t('hours.countriesFull', { max: COUNTRIES_MAX })}</p>
        ) : (
          <SelectField
            label={t('hours.addCountry')}
            value=""
            options={[{ value: '', label: t('hours.chooseCountry') }, ...free]}
            onChoose={add}
          />
        )}
      </Card>
      {holidays.map((one, place) => (
        <CountryCard
          key={one.country}
          holidays={one}
          regions={value.items.find(({ code }) => code === one.country)?.regions ?? []}
          onChange={(next) => change(place, next)}
          onRemove={() =>
            set(
              'holidays',
              holidays.filter((_, at) => at !== place),
            )
          }
        />
      ))}
    </div>
  );
}

/** Where the browser's person seems to live: one click each. */
function likelyCountries(): string[] {
  const regions = navigator.languages.map((tag) => new Intl.Locale(tag).maximize().region);
  return [...new Set(['IL', ...regions])].filter((code) => code !== undefined).slice(0, 3);
}
