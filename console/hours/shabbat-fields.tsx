import type { JewishCalendar, ShabbatCity } from '../../shared/business-hours.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SelectField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import type { useRemote } from '../ui/use-remote.ts';
import styles from './hours-form.module.css';

interface ShabbatFieldsProps {
  cities: ReturnType<typeof useRemote<{ items: ShabbatCity[] }>>;
  calendar: JewishCalendar;
  onChange: (shabbat: JewishCalendar['shabbat']) => void;
}

/** From candle lighting to its end, by the sun of a city. */
export function ShabbatFields({ cities, calendar: { shabbat }, onChange }: ShabbatFieldsProps) {
  const all = cities.value?.items ?? [];
  const nameOf = ({ id, name }: ShabbatCity) => name[language.value] ?? name.en ?? id;
  const go = (id: string) => {
    const city = all.find((one) => one.id === id) ?? all[0];
    if (city) onChange({ city: city.id, beginsBefore: city.beginsBefore, endsAfter: city.endsAfter });
  };
  const minutes = (key: 'beginsBefore' | 'endsAfter') =>
    shabbat && (
      <NumberField
        label={t(`hours.${key}`)}
        value={shabbat[key]}
        min={0}
        max={120}
        wrong={t('hours.error.minutes')}
        onChange={(value) => onChange({ ...shabbat, [key]: value ?? 0 })}
      />
    );
  return (
    <Card title={t('hours.shabbat')} text={t('hours.shabbatHint')}>
      {cities.error && (
        <p class={styles.error} role="alert">
          {errorText(cities.error)} <Button onClick={cities.reload}>{t('action.retry')}</Button>
        </p>
      )}
      <SwitchField label={t('hours.shabbatOn')} isOn={shabbat !== null} onChange={(isOn) => (isOn ? go('tel-aviv') : onChange(null))} />
      {shabbat && all.length > 0 && (
        <div class={styles.grid}>
          <SelectField
            label={t('hours.city')}
            value={shabbat.city}
            options={all.map((city) => ({ value: city.id, label: nameOf(city) }))}
            onChoose={go}
          />
          {minutes('beginsBefore')}
          {minutes('endsAfter')}
        </div>
      )}
    </Card>
  );
}
