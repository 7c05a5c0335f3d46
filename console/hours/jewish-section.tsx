import type { JewishCalendar, ShabbatCity } from '../../shared/business-hours.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { SwitchField } from '../ui/switch-field.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './hours-form.module.css';
import { type HoursForm, useHoursForm } from './hours-form.ts';
import { JewishDayList } from './jewish-day-list.tsx';
import { ShabbatFields } from './shabbat-fields.tsx';
import { TimeField } from './time-field.tsx';

const firstCalendar: JewishCalendar = { isDiaspora: false, days: {}, shortUntil: 13 * 60, shabbat: null };

/** What was chosen before it was switched off, by the form: switched on again, it is there. */
const chosenBefore = new WeakMap<HoursForm['set'], JewishCalendar>();

/** Shabbat, festivals, their eves, fasts and memorial days. */
export function JewishSection() {
  const { http, draft, set } = useHoursForm();
  const { jewish } = draft;
  const cities = useRemote(() => http.get<{ items: ShabbatCity[] }>('/business-hours/cities'), []);
  const change = (next: Partial<JewishCalendar>) => jewish && set('jewish', { ...jewish, ...next });
  const turn = (isOn: boolean) => {
    if (jewish) chosenBefore.set(set, jewish);
    set('jewish', isOn ? (chosenBefore.get(set) ?? firstCalendar) : null);
  };
  return (
    <div class={styles.section}>
      <Card title={t('hours.jewish')} text={t('hours.jewishHint')}>
        <SwitchField label={t('hours.jewishOn')} isOn={jewish !== null} onChange={turn} />
        {jewish && (
          <div class={styles.line}>
            <Segmented
              label={t('hours.whereKept')}
              value={jewish.isDiaspora ? 'diaspora' : 'israel'}
              options={[
                { value: 'israel', label: t('hours.inIsrael') },
                { value: 'diaspora', label: t('hours.inDiaspora') },
              ]}
              onChoose={(where) => change({ isDiaspora: where === 'diaspora' })}
            />
            <span class={styles.soft}>{t(jewish.isDiaspora ? 'hours.inDiasporaHint' : 'hours.inIsraelHint')}</span>
          </div>
        )}
      </Card>
      {jewish && (
        <>
          <ShabbatFields cities={cities} calendar={jewish} onChange={(shabbat) => change({ shabbat })} />
          <Card title={t('hours.jewishDays')} text={t('hours.jewishDaysHint')}>
            <div class={styles.inline}>
              <span aria-hidden="true">{t('hours.shortUntil')}</span>
              <TimeField label={t('hours.shortUntil')} value={jewish.shortUntil} onChange={(shortUntil) => change({ shortUntil })} />
            </div>
            <JewishDayList calendar={jewish} onChange={(days) => change({ days })} />
          </Card>
        </>
      )}
    </div>
  );
}
