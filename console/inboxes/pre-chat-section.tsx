import { useState } from 'preact/hooks';
import type { PreChat, PreChatField } from '../../shared/inbox.ts';
import { PRE_CHAT_FIELDS_MAX } from '../../shared/inbox-limits.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { CustomField } from './custom-field.tsx';
import { DemandRow } from './demand-row.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { SaidField } from './said-field.tsx';
import { sortingWords } from './sorting-words.ts';
import { useOpenRows } from './use-open-rows.ts';

const details = ['name', 'phone', 'email', 'consent'] as const;

export function PreChatSection() {
  const { draft, set, textLanguage, errorAt } = useInboxForm();
  const { preChat } = draft;
  const [newest, setNewest] = useState<number | null>(null);
  const rows = useOpenRows(preChat.fields.length);
  const change = (next: Partial<PreChat>) => set('preChat', { ...preChat, ...next });
  const setField = (place: number, field: PreChatField) =>
    change({ fields: preChat.fields.map((one, at) => (at === place ? field : one)) });
  const add = () => {
    change({ fields: [...preChat.fields, { key: freeKey(preChat.fields), label: {}, kind: 'text', demand: 'optional', options: [] }] });
    rows.open(preChat.fields.length);
    setNewest(preChat.fields.length);
  };
  const nameOf = (field: PreChatField) => field.label[textLanguage] || Object.values(field.label)[0] || field.key;

  return (
    <div class={styles.section}>
      <Card title={t('inbox.asked')} text={t('inbox.askedHint')}>
        {details.map((detail) => (
          <DemandRow
            key={detail}
            label={t(`inbox.ask.${detail}`)}
            value={preChat[detail]}
            onChoose={(demand) => change({ [detail]: demand })}
          />
        ))}
        {preChat.consent !== 'hidden' && (
          <SaidField
            label={t('inbox.consentText')}
            hint={t('inbox.consentTextHint')}
            rows={3}
            texts={preChat.consentText}
            path="preChat.consentText"
            maxLength={500}
            onChange={(consentText) => change({ consentText })}
          />
        )}
      </Card>
      <Card title={t('inbox.fields')} text={t('inbox.fieldsHint')}>
        <SortableList
          items={preChat.fields}
          keyOf={(_, place) => rows.keyOf(place)}
          words={sortingWords()}
          onMove={(from, to) => {
            rows.move(from, to);
            change({ fields: moved(preChat.fields, from, to) });
          }}
          title={(field, place) => (
            <>
              <button type="button" class={styles.rowName} aria-expanded={isOpen(place)} onClick={() => rows.toggle(place)}>
                <bdi>{nameOf(field)}</bdi>
              </button>
              <Badge tone={field.demand === 'required' ? 'accent' : 'neutral'}>{t(`inbox.demand.${field.demand}`)}</Badge>
            </>
          )}
          actions={(field, place) => (
            <IconButton
              icon="trash-2"
              label={t('inbox.removeField', { name: nameOf(field) })}
              onClick={() => {
                rows.remove(place);
                change({ fields: preChat.fields.filter((_, at) => at !== place) });
              }}
            />
          )}
        >
          {(field, place) =>
            isOpen(place) && <CustomField field={field} place={place} isNew={place === newest} onChange={(next) => setField(place, next)} />
          }
        </SortableList>
        {errorAt('preChat.fields') && <p class={styles.error}>{t('inbox.error.listed')}</p>}
        <div>
          <Button icon="plus" disabled={preChat.fields.length >= PRE_CHAT_FIELDS_MAX} onClick={add}>
            {t('inbox.addField')}
          </Button>
        </div>
      </Card>
    </div>
  );

  function isOpen(place: number): boolean {
    return rows.isOpen(place) || errorAt(`preChat.fields.${place}`) !== undefined;
  }
}

/** Stands in the customer file; nobody has to invent one. */
function freeKey(fields: readonly PreChatField[]): string {
  const taken = new Set(fields.map(({ key }) => key));
  for (let number = fields.length + 1; ; number += 1) if (!taken.has(`field ${number}`)) return `field ${number}`;
}
