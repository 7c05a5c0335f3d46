import type { BusinessHours } from '../../shared/business-hours.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { CheckField } from '../ui/check-field.tsx';
import styles from './hours-form.module.css';
import { useHoursForm } from './hours-form.ts';

/** A widget or a team: somebody's hours apply there. */
export interface HoursPlace {
  id: string;
  name: string;
}

interface PlacesSectionProps {
  /** All hours that there are, to say from which ones a place would move. */
  all: readonly BusinessHours[];
  ownId: string;
  inboxes: readonly HoursPlace[];
  teams: readonly HoursPlace[];
}

/** Where these hours apply. */
export function PlacesSection({ all, ownId, inboxes, teams }: PlacesSectionProps) {
  const { draft, set, errorAt } = useHoursForm();
  const part = (key: 'inboxIds' | 'teamIds', title: string, choices: readonly HoursPlace[]) => (
    <fieldset class={styles.places}>
      <legend>{title}</legend>
      {choices.length === 0 && <p class={styles.soft}>{t('hours.noTeams')}</p>}
      {choices.map(({ id, name }) => {
        const isHere = draft[key].includes(id);
        const elsewhere = all.find((one) => one.id !== ownId && one[key].includes(id));
        return (
          <CheckField
            key={id}
            label={name}
            hint={elsewhere && t(isHere ? 'hours.movesFrom' : 'hours.hasOthers', { name: elsewhere.name })}
            isChecked={isHere}
            onChange={(isChecked) => set(key, isChecked ? [...draft[key], id] : draft[key].filter((one) => one !== id))}
          />
        );
      })}
      {errorAt(key) && <p class={styles.error}>{errorAt(key)}</p>}
    </fieldset>
  );
  return (
    <div class={styles.section}>
      <Card title={t('hours.places')} text={t('hours.placesHint')}>
        {part('inboxIds', t('hours.inboxes'), inboxes)}
        {part('teamIds', t('hours.teams'), teams)}
      </Card>
    </div>
  );
}
