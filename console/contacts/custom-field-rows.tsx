import { useState } from 'preact/hooks';
import type { CustomField } from '../../shared/custom-fields.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import type { CardRowProps } from './card-row.ts';
import styles from './contact-card.module.css';
import { ActionRow, DetailRow } from './detail-row.tsx';
import { FieldInPlace } from './field-in-place.tsx';
import { useKnown } from './use-known.ts';

const icons: Record<CustomField['kind'], IconName> = {
  text: 'tag',
  number: 'tag',
  date: 'calendar',
  choice: 'list-checks',
  'yes-no': 'circle-check',
  money: 'tag',
  link: 'external-link',
};
/** So many empty ones are no burden. */
const EMPTY_SHOWN = 3;

/** What administrators want to know of everybody, and what this person has told besides. */
export function CustomFieldRows({ edits, mayEdit }: CardRowProps) {
  const { http, contact } = edits;
  const [isWhole, setWhole] = useState(false);
  const fields = useKnown<{ items: CustomField[] }>(http, '/fields?entity=contact')?.items ?? [];
  const empty = fields.filter(({ key }) => contact.values[key] === undefined);
  const hidden = isWhole || empty.length <= EMPTY_SHOWN ? [] : empty;
  const shown = fields.filter((field) => !hidden.includes(field) && (mayEdit || contact.values[field.key] !== undefined));
  const told = Object.entries(contact.fields).filter(([key]) => contact.values[key] === undefined);
  return (
    <>
      {shown.map((field) => {
        const value = contact.values[field.key];
        return (
          <DetailRow key={field.id} icon={icons[field.kind]} label={field.name}>
            <div class={styles.linked}>
              <FieldInPlace
                field={field}
                value={value}
                mayEdit={mayEdit && field.mayEdit}
                onSet={(next, invalid) => edits.setValue(field.key, next, invalid)}
              />
              {field.kind === 'link' && typeof value === 'string' && (
                <a
                  class={styles.open}
                  href={value}
                  target="_blank"
                  rel="noopener noreferrer nofollow"
                  title={t('card.openLink')}
                  aria-label={`${t('card.openLink')}: ${field.name}`}
                >
                  <Icon name="external-link" size="small" />
                </a>
              )}
            </div>
          </DetailRow>
        );
      })}
      {told.map(([key, value]) => (
        <DetailRow key={key} icon="tag" label={key}>
          <bdi class={styles.value}>{value}</bdi>
        </DetailRow>
      ))}
      {mayEdit && hidden.length > 0 && (
        <ActionRow label={t('fields.title')}>
          <Button look="quiet" size="small" icon="chevron-down" onClick={() => setWhole(true)}>
            {t('card.emptyFields', { count: hidden.length })}
          </Button>
        </ActionRow>
      )}
    </>
  );
}
