import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { rulesOf } from './hours-draft.ts';
import type { HoursEdits } from './hours-edits.ts';
import styles from './hours-list.module.css';
import { hoursPath } from './hours-path.ts';
import { hoursSentence, rulesSentence } from './hours-summary.ts';
import type { HoursPlace } from './places-section.tsx';

interface HoursRowProps {
  edits: HoursEdits;
  inboxes: readonly HoursPlace[];
  teams: readonly HoursPlace[];
}

/** Hours in a sentence, and where they apply. */
export function HoursRow({ edits, inboxes, teams }: HoursRowProps) {
  const saved = edits.saved.value;
  const shown = saved ?? edits.draft.value;
  const now = screenClock.value;
  const applies = [
    ...inboxes.filter(({ id }) => shown.inboxIds.includes(id)).map((place) => ({ ...place, icon: 'code' as const })),
    ...teams.filter(({ id }) => shown.teamIds.includes(id)).map((place) => ({ ...place, icon: 'users' as const })),
  ];
  return (
    <li class={styles.row}>
      <a class={styles.choice} href={hoursPath(saved?.id ?? edits.id)}>
        <span class={styles.line}>
          <OneLine class={styles.name} text={shown.name} />
          {saved && <Badge tone={saved.now.isOpen ? 'green' : 'neutral'}>{t(saved.now.isOpen ? 'hours.isOpen' : 'hours.isClosed')}</Badge>}
          {edits.changed.value.length > 0 && <Badge tone="amber">{t('inbox.unsaved')}</Badge>}
        </span>
        <span class={styles.sentence}>{saved ? hoursSentence(saved, saved.now, now) : rulesSentence(rulesOf(edits.draft.value), now)}</span>
        <span class={styles.applies}>
          {applies.map(({ id, name, icon }) => (
            <span key={id} class={styles.place}>
              <Icon name={icon} size="small" />
              <bdi>{name}</bdi>
            </span>
          ))}
          {applies.length === 0 && <span class={styles.soft}>{t('hours.nowhere')}</span>}
        </span>
      </a>
    </li>
  );
}
