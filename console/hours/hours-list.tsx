import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Menu } from '../ui/menu.tsx';
import type { HoursDraft } from './hours-draft.ts';
import type { HoursEdits } from './hours-edits.ts';
import styles from './hours-list.module.css';
import { HoursRow } from './hours-row.tsx';
import { fromTemplate, hoursTemplates } from './hours-templates.ts';
import type { HoursPlace } from './places-section.tsx';

interface HoursListProps {
  all: readonly HoursEdits[];
  inboxes: readonly HoursPlace[];
  teams: readonly HoursPlace[];
  onBegin: (draft: HoursDraft) => void;
}

export function HoursList({ all, inboxes, teams, onBegin }: HoursListProps) {
  const items = hoursTemplates.map((template) => ({
    key: template,
    label: t(`hours.template.${template}.name`),
    hint: t(`hours.template.${template}.hint`),
    onSelect: () => onBegin(fromTemplate(template)),
  }));
  const taken = new Set(all.flatMap(({ draft }) => [...draft.value.inboxIds, ...draft.value.teamIds]));
  const without = inboxes.filter(({ id }) => !taken.has(id));
  return (
    <Card
      title={t('settings.hours')}
      text={t('hours.hint')}
      action={
        all.length > 0 && (
          <Menu
            label={t('hours.add')}
            align="end"
            items={items}
            trigger={(props) => (
              <Button {...props} look="primary" icon="plus">
                {t('hours.add')}
              </Button>
            )}
          />
        )
      }
    >
      {all.length === 0 && (
        <EmptyState icon="clock" title={t('hours.none')} text={t('hours.noneHint')}>
          <div class={styles.templates}>
            {items.map(({ key, label, hint, onSelect }) => (
              <button key={key} type="button" class={styles.template} onClick={onSelect}>
                <strong>{label}</strong>
                <span>{hint}</span>
              </button>
            ))}
          </div>
        </EmptyState>
      )}
      <ul class={styles.rows}>
        {all.map((edits) => (
          <HoursRow key={edits.id} edits={edits} inboxes={inboxes} teams={teams} />
        ))}
      </ul>
      {all.length > 0 && without.length > 0 && (
        <p class={styles.soft}>{t('hours.withoutHours', { names: without.map(({ name }) => name).join(', ') })}</p>
      )}
    </Card>
  );
}
