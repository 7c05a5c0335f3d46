import { lifecycleNames } from '../../shared/lifecycle.ts';
import { priorities } from '../../shared/routing.ts';
import type { SlaConditions, SlaSubject } from '../../shared/sla.ts';
import { FieldPairs } from '../routing/field-pairs.tsx';
import styles from '../routing/routing.module.css';
import { t } from '../texts/texts.ts';
import { CheckList } from '../ui/check-list.tsx';
import own from './sla.module.css';
import type { SlaPlaces } from './sla-parts.ts';

interface PolicyWhenProps {
  when: SlaConditions;
  appliesTo: readonly SlaSubject[] | undefined;
  places: SlaPlaces;
  error: string | undefined;
  onChange: (when: SlaConditions) => void;
}

/** For which chats a policy is. What is left open does not matter. */
export function PolicyWhen({ when, appliesTo = ['chats'], places, error, onChange }: PolicyWhenProps) {
  const { inboxIds = [], teamIds = [], lifecycles = [], ticketCategoryIds = [], fields = [] } = when;
  const { inboxes, teams, ticketCategories } = places;
  const isForTickets = appliesTo.includes('tickets');
  const change = (next: SlaConditions) => {
    const said = Object.entries({ ...when, ...next }).filter(([, value]) => value.length > 0);
    onChange(Object.fromEntries(said));
  };
  const optionsOf = (named: SlaPlaces['teams'], chosen: readonly string[]) => [
    ...named.map(({ id, name }) => ({ value: id, label: name })),
    ...chosen.filter((id) => !named.some((one) => one.id === id)).map((id) => ({ value: id, label: t('sla.gone') })),
  ];
  return (
    <div class={styles.stack}>
      <p class={styles.soft}>{t('sla.whenHint')}</p>
      <div class={own.lists}>
        {(inboxes.length > 1 || inboxIds.length > 0) && (
          <CheckList
            label={t('routing.inboxes')}
            options={optionsOf(inboxes, inboxIds)}
            chosen={inboxIds}
            emptyText=""
            onChoose={(chosen) => change({ inboxIds: chosen })}
          />
        )}
        <CheckList
          label={t('settings.teams')}
          options={optionsOf(teams, teamIds)}
          chosen={teamIds}
          emptyText={t('sla.noTeams')}
          onChoose={(chosen) => change({ teamIds: chosen })}
        />
        <CheckList
          label={t('priority.change')}
          options={priorities.toReversed().map((value) => ({ value, label: t(`priority.${value}`) }))}
          chosen={when.priorities ?? []}
          emptyText=""
          onChoose={(chosen) => change({ priorities: priorities.filter((one) => chosen.includes(one)) })}
        />
        <CheckList
          label={t('routing.lifecycles')}
          options={lifecycleNames.map((name) => ({ value: name, label: t(`contact.lifecycle.${name}`) }))}
          chosen={lifecycles}
          emptyText=""
          onChoose={(chosen) => change({ lifecycles: chosen })}
        />
        {((isForTickets && ticketCategories.length > 0) || ticketCategoryIds.length > 0) && (
          <div>
            <CheckList
              label={t('sla.ticketCategories')}
              options={optionsOf(ticketCategories, ticketCategoryIds)}
              chosen={ticketCategoryIds}
              emptyText=""
              onChoose={(chosen) => change({ ticketCategoryIds: chosen })}
            />
            {ticketCategoryIds.length > 0 && appliesTo.includes('chats') && (
              <p class={styles.soft} role="status">
                {t('sla.noChats')}
              </p>
            )}
          </div>
        )}
      </div>
      <FieldPairs pairs={fields} error={error} onChange={(pairs) => change({ fields: pairs })} />
    </div>
  );
}
