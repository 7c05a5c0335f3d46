import { useState } from 'preact/hooks';
import { lifecycleNames } from '../../shared/lifecycle.ts';
import type { ViewFilter, ViewPromise, ViewSort } from '../../shared/view.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import type { Desk } from './desk.ts';
import styles from './filter-bar.module.css';
import { assigneeName, type InboxNames, languageName, teamName } from './filter-words.ts';
import { knownTags } from './known-tags.ts';
import { type AskedView, sorts } from './list-views.ts';

interface FilterFieldsProps {
  desk: Desk;
  asked: AskedView;
  inboxes: InboxNames;
  onChange: (change: { filter?: ViewFilter; sort?: ViewSort }) => void;
}

const minutes = [5, 15, 60, 240, 1_440] as const;
const languageTags = ['he', 'en', 'ar', 'ru', 'fr', 'es', 'de', 'pt'] as const;
const ANY = '';

/** Each choice is applied at once: the rows below show what it comes to. */
export function FilterFields({ desk, asked: { filter, sort }, inboxes, onChange }: FilterFieldsProps) {
  const permissions = desk.me.value?.permissions ?? [];
  const set = (change: { [Key in keyof ViewFilter]: ViewFilter[Key] | undefined }) => {
    const next = Object.entries({ ...filter, ...change }).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    );
    onChange({ filter: Object.fromEntries(next) });
  };
  const any = { value: ANY, label: t('search.any') };
  const one = <Value extends string>(value: Value | ''): Value[] => (value === ANY ? [] : [value as Value]);
  const option = (value: string, label: string) => ({ value, label });
  const statuses = (filter.statuses ?? []).join('+');
  return (
    <div class={styles.fields}>
      <div class={styles.wide}>
        <SelectField
          label={t('views.sort')}
          value={sort}
          options={sorts.map((value) => ({ value, label: t(`views.sort.${value}`) }))}
          onChoose={(value) => onChange({ sort: value })}
        />
      </div>
      <SelectField
        label={t('search.status')}
        value={statuses}
        options={[
          option('', t('views.status.open')),
          option('snoozed', t('views.status.snoozed')),
          option('resolved', t('views.status.resolved')),
          option('open+snoozed', t('views.status.unresolved')),
          option('open+snoozed+resolved', t('search.any')),
        ]}
        onChoose={(value) => set({ statuses: value === '' ? [] : (value.split('+') as NonNullable<ViewFilter['statuses']>) })}
      />
      <SelectField
        label={t('conversation.assignee')}
        value={filter.assignees?.[0] ?? ANY}
        options={[
          any,
          ...['me', 'none', ...[...desk.colleagues.agents.value.keys()].filter((id) => id !== desk.agentId)].map((id) =>
            option(id, assigneeName(desk, id)),
          ),
        ]}
        onChoose={(value) => set({ assignees: one(value) })}
      />
      <SelectField
        label={t('conversation.team')}
        value={filter.teams?.[0] ?? ANY}
        options={[any, ...['mine', 'none', ...desk.colleagues.teams.value.map(({ id }) => id)].map((id) => option(id, teamName(desk, id)))]}
        onChoose={(value) => set({ teams: one(value) })}
      />
      <SelectField
        label={t('search.tag')}
        value={filter.tags?.[0] ?? ANY}
        options={[any, ...[...new Set([...knownTags(desk), ...(filter.tags ?? [])])].map((tag) => option(tag, tag))]}
        onChoose={(value) => set({ tags: one(value) })}
      />
      <SelectField
        label={t('views.waiting')}
        value={filter.waitingMs === undefined ? ANY : String(filter.waitingMs / 60_000)}
        options={[any, ...minutes.map((count) => option(String(count), t('views.atLeast', { count })))]}
        onChoose={(value) => set({ waitingMs: value === ANY ? undefined : Number(value) * 60_000 })}
      />
      <SelectField
        label={t('views.promise')}
        value={(filter.promises ?? []).join('+')}
        options={[
          any,
          ...['breached', 'soon'].map((value) => option(value, t(`views.promise.${value as ViewPromise}`))),
          option('breached+soon', t('views.promise.either')),
        ]}
        onChoose={(value) => set({ promises: value === ANY ? [] : (value.split('+') as ViewPromise[]) })}
      />
      {inboxes.length > 1 && (
        <SelectField
          label={t('search.inbox')}
          value={filter.inboxIds?.[0] ?? ANY}
          options={[any, ...inboxes.map(({ id, name }) => option(id, name))]}
          onChoose={(value) => set({ inboxIds: one(value) })}
        />
      )}
      {permissions.includes('contacts:view') && (
        <>
          <SelectField
            label={t('views.language')}
            value={filter.languages?.[0] ?? ANY}
            options={[any, ...languageTags.map((tag) => option(tag, languageName(tag)))]}
            onChoose={(value) => set({ languages: one(value) })}
          />
          <SelectField
            label={t('views.lifecycle')}
            value={filter.lifecycles?.[0] ?? ANY}
            options={[any, ...lifecycleNames.map((name) => option(name, t(`contact.lifecycle.${name}`)))]}
            onChoose={(value) => set({ lifecycles: one(value as (typeof lifecycleNames)[number]) })}
          />
          <SelectField
            label={t('views.identity')}
            value={filter.isVerified === undefined ? ANY : String(filter.isVerified)}
            options={[any, option('true', t('views.verified')), option('false', t('views.unverified'))]}
            onChoose={(value) => set({ isVerified: value === ANY ? undefined : value === 'true' })}
          />
        </>
      )}
      <div class={styles.wide}>
        <CheckField
          label={t('views.unread')}
          isChecked={filter.isUnread ?? false}
          onChange={(isOn) => set({ isUnread: isOn || undefined })}
        />
        <CheckField
          label={t('views.mentioned')}
          isChecked={filter.isMentioned ?? false}
          onChange={(isOn) => set({ isMentioned: isOn || undefined })}
        />
      </div>
      {permissions.includes('contacts:view-details') && (
        <FieldCondition onAdd={(field) => set({ fields: [...(filter.fields ?? []), field].slice(-5) })} />
      )}
    </div>
  );
}

/** A field of the customer file and the value that it must have. */
function FieldCondition({ onAdd }: { onAdd: (field: { name: string; value: string }) => void }) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  return (
    <form
      class={`${styles.fieldForm} ${styles.wide}`}
      onSubmit={(event) => {
        event.preventDefault();
        onAdd({ name: name.trim(), value: value.trim() });
        setName('');
        setValue('');
      }}
    >
      <TextField label={t('views.field')} value={name} onInput={setName} maxLength={60} isRequired autoComplete="off" />
      <TextField label={t('views.fieldValue')} value={value} onInput={setValue} maxLength={200} isRequired autoComplete="off" />
      <Button type="submit" icon="plus" size="small" aria-label={t('views.addField')} title={t('views.addField')} />
    </form>
  );
}
