import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import { type SlaPolicy, type SlaRules, slaSubjects } from '../../shared/sla.ts';
import type { Http } from '../http.ts';
import styles from '../routing/routing.module.css';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { RemoveSection } from '../toolbox/remove-section.tsx';
import toolbox from '../toolbox/toolbox.module.css';
import { useKeptEdit } from '../toolbox/use-kept-edit.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CheckList } from '../ui/check-list.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { formatPercent } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import rows from '../ui/rows.module.css';
import { SwitchField } from '../ui/switch-field.tsx';
import { showToast } from '../ui/toast.tsx';
import { PolicyPreview } from './policy-preview.tsx';
import { policySentence } from './policy-sentence.ts';
import { PolicyWhen } from './policy-when.tsx';
import { PromiseField } from './promise-field.tsx';
import { firstRules, type SlaPlaces } from './sla-parts.ts';

interface PolicyEditorProps {
  http: Http;
  places: SlaPlaces;
  /** Null: a new one. */
  policy: SlaPolicy | null;
  onSaved: (policy: SlaPolicy) => void;
  onRemoved: (id: string) => void;
  /** A colleague's version, instead of what is being edited. */
  onTheirs: (policy: SlaPolicy) => void;
  onCancel: () => void;
}

const shares = [0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95];

/** One policy: for which chats, what is promised, in which time, and when it would run out. What was begun is kept in this tab. */
export function PolicyEditor({ http, places, policy, onSaved, onRemoved, onTheirs, onCancel }: PolicyEditorProps) {
  const [edit, setEdit, forget] = useKeptEdit<{ id: string; version: number; rules: SlaRules }>(`sla:${policy?.id ?? 'new'}`, {
    id: policy?.id ?? nanoid(),
    version: policy?.version ?? 0,
    rules: policy ? rulesOf(policy) : firstRules,
  });
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { rules } = edit;
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const change = (values: Partial<SlaRules>) => {
    setError(null);
    setEdit({ ...edit, rules: { ...rules, ...values } });
  };
  const errorAt = (field: string) => (error?.field?.startsWith(field) ? sentenceOf(error) : undefined);
  const isUnnamed = error?.code === 'conflict' || (error !== null && !known.some((field) => error.field?.startsWith(field)));
  const save = async (event: Event) => {
    event.preventDefault();
    if (isSaving) return;
    setIsSaving(true);
    const reply = policy
      ? await http.patch<SlaPolicy>(`/sla-policies/${policy.id}`, { ...rules, version: edit.version })
      : await http.post<SlaPolicy>('/sla-policies', { ...rules, id: edit.id });
    setIsSaving(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    forget();
    showToast({ text: t('toast.saved') });
    onSaved(reply.data);
  };
  const readTheirs = async (): Promise<SlaPolicy | null> => {
    const reply = await http.get<{ items: SlaPolicy[] }>('/sla-policies');
    return (reply.ok && reply.data.items.find(({ id }) => id === policy?.id)) || null;
  };
  const takeTheirs = async () => {
    const theirs = await readTheirs();
    if (!theirs) return;
    forget();
    onTheirs(theirs);
  };
  const keepMine = async () => {
    const theirs = await readTheirs();
    if (!theirs) return;
    setError(null);
    setEdit({ ...edit, version: theirs.version });
  };
  return (
    <form ref={form} class={styles.stack} noValidate onSubmit={save}>
      <Card title={policy ? t('sla.edit') : t('sla.add')}>
        <p class={styles.sentence} role="status">
          {policySentence(rules, places)}
        </p>
        <div class={styles.grid}>
          <TextField
            label={t('sla.name')}
            value={rules.name}
            maxLength={80}
            autoComplete="off"
            error={errorAt('name')}
            onInput={(name) => change({ name })}
          />
          <SwitchField label={t('sla.isOn')} isOn={rules.isOn} onChange={(isOn) => change({ isOn })} />
        </div>
        <fieldset class={styles.group}>
          <legend>{t('sla.promises')}</legend>
          {(['firstResponseMs', 'nextResponseMs', 'resolutionMs'] as const).map((name) => (
            <PromiseField key={name} name={name} ms={rules[name]} error={errorAt(name)} onChange={(ms) => change({ [name]: ms })} />
          ))}
          <div class={styles.grid}>
            <SelectField
              label={t('sla.time')}
              value={rules.isBusinessTime ? 'open' : 'calendar'}
              hint={t(rules.isBusinessTime ? 'sla.time.openHint' : 'sla.time.calendarHint')}
              options={(['open', 'calendar'] as const).map((value) => ({ value, label: t(`sla.time.${value}`) }))}
              onChoose={(value) => change({ isBusinessTime: value === 'open' })}
            />
            <SelectField
              label={t('sla.warnAfter')}
              value={String(rules.warnAfter)}
              hint={t('sla.warnAfterHint')}
              options={[...new Set([...shares, rules.warnAfter])]
                .sort((one, other) => one - other)
                .map((share) => ({ value: String(share), label: formatPercent(share) }))}
              onChoose={(share) => change({ warnAfter: Number(share) })}
            />
          </div>
        </fieldset>
        <fieldset class={styles.group}>
          <legend>{t('sla.when')}</legend>
          <CheckList
            label={t('sla.for')}
            options={slaSubjects.map((value) => ({ value, label: t(`sla.for.${value}`) }))}
            chosen={rules.appliesTo ?? ['chats']}
            emptyText=""
            onChoose={(chosen) => chosen.length > 0 && change({ appliesTo: slaSubjects.filter((one) => chosen.includes(one)) })}
          />
          <PolicyWhen
            when={rules.when}
            appliesTo={rules.appliesTo}
            places={places}
            error={errorAt('when')}
            onChange={(when) => change({ when })}
          />
        </fieldset>
        <PolicyPreview http={http} rules={rules} places={places} />
        {isUnnamed && error && (
          <p class={styles.error} role="alert">
            <Icon name="circle-alert" size="small" />
            {error.code === 'conflict' ? t('sla.changedMeanwhile') : errorText(error)}
          </p>
        )}
        {error?.code === 'conflict' && (
          <div class={rows.actions}>
            <Button onClick={() => void takeTheirs()}>{t('toolbox.takeTheirs')}</Button>
            <Button onClick={() => void keepMine()}>{t('toolbox.keepMine')}</Button>
          </div>
        )}
        <div class={toolbox.foot}>
          <Button type="submit" look="primary" isBusy={isSaving}>
            {t('action.save')}
          </Button>
          <Button
            onClick={() => {
              forget();
              onCancel();
            }}
          >
            {t('action.cancel')}
          </Button>
          <span class={toolbox.space} />
          {policy && (
            <RemoveSection
              name={policy.name}
              text={t('sla.removeText')}
              onRemove={async () => {
                const reply = await http.delete(`/sla-policies/${policy.id}`);
                if (!reply.ok) return setError(reply.error);
                forget();
                showToast({ text: t('sla.removed') });
                onRemoved(policy.id);
              }}
            />
          )}
        </div>
      </Card>
    </form>
  );
}

const known = ['name', 'when', 'firstResponseMs', 'nextResponseMs', 'resolutionMs'];

function sentenceOf(error: ErrorReply): string {
  if (error.code !== 'invalid') return errorText(error);
  if (error.field === 'name') return t('sla.error.name');
  if (error.field?.startsWith('when')) return t('routing.error.field');
  return error.field === 'firstResponseMs' ? t('sla.error.nothing') : errorText(error);
}

function rulesOf({ id: _, place: __, version: ___, ...rules }: SlaPolicy): SlaRules {
  return rules;
}
