import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { CustomerChange, CustomerJob } from '../../shared/customer-job.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import { readFieldText } from '../../shared/field-judge.ts';
import { lifecycleNames } from '../../shared/lifecycle.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { formatNumber } from '../ui/format.ts';
import { CompanyChooser } from './company-chooser.tsx';
import type { ConditionWords } from './condition-words.ts';
import type { CustomerList } from './customer-list.ts';
import type { CustomerHouse } from './customer-room.ts';

interface ChangeDialogProps {
  house: CustomerHouse;
  list: CustomerList;
  words: ConditionWords;
  onClose: () => void;
  onStarted: (job: CustomerJob) => void;
}

/** One thing that is done to all the chosen ones; it goes on in the background, and can be taken back. */
export function ChangeDialog({ house, list, words, onClose, onStarted }: ChangeDialogProps) {
  const [id] = useState(nanoid);
  const [kind, setKind] = useState('tags+');
  const [text, setText] = useState('');
  const [value, setValue] = useState('');
  const [companyIds, setCompanyIds] = useState<string[]>([]);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const fields = words.fields.filter(({ mayEdit }) => mayEdit);
  const field = fields.find(({ key }) => kind === `field:${key}`);
  const change = changeOf({ kind, text, value, companyId: companyIds.at(-1) ?? null, field });
  const count = list.chosenCount.value;
  const kinds = [
    { value: 'tags+', label: t('customers.addTags') },
    { value: 'tags-', label: t('customers.removeTags') },
    { value: 'owner', label: t('customers.setOwner') },
    { value: 'lifecycle', label: t('customers.setLifecycle') },
    { value: 'company', label: t('customers.setCompany') },
    ...fields.map(({ key, name }) => ({ value: `field:${key}`, label: name })),
  ];
  const start = async () => {
    if (!change) return;
    setIsBusy(true);
    const whom = list.isAllChosen.value ? { search: list.search() } : { contactIds: [...list.chosen.value] };
    const reply = await house.http.post<CustomerJob>('/customers/changes', { id, change, ...whom });
    setIsBusy(false);
    if (reply.ok) onStarted(reply.data);
    else setError(reply.error);
  };
  const choose = (next: string) => {
    setKind(next);
    setText('');
    setValue('');
  };
  return (
    <Dialog
      title={t('customers.changeTitle', { count, number: formatNumber(count) })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isBusy={isBusy} disabled={change === null} onClick={() => void start()}>
            {t('customers.change')}
          </Button>
        </>
      }
    >
      <SelectField label={t('customers.changeWhat')} value={kind} options={kinds} onChoose={choose} />
      {kind.startsWith('tags') && (
        <TextField
          label={t('customers.tagsHint')}
          value={text}
          maxLength={400}
          onInput={setText}
          error={error ? errorText(error) : undefined}
        />
      )}
      {kind === 'owner' && (
        <SelectField
          label={t('customers.column.owner')}
          value={value}
          options={[
            { value: '', label: t('customers.filter.nobody') },
            ...[...words.agents.values()].map((agent) => ({ value: agent.id, label: agent.name })),
          ]}
          onChoose={setValue}
        />
      )}
      {kind === 'lifecycle' && (
        <SelectField
          label={t('customers.column.lifecycle')}
          value={value}
          options={[
            { value: '', label: t('customers.byRule') },
            ...lifecycleNames.map((name) => ({ value: name, label: t(`contact.lifecycle.${name}`) })),
          ]}
          onChoose={setValue}
        />
      )}
      {kind === 'company' && (
        <CompanyChooser
          http={house.http}
          condition={{ on: 'company', op: 'any', values: companyIds }}
          onChange={(next) => setCompanyIds(next.on === 'company' && 'values' in next ? next.values.slice(-1) : [])}
        />
      )}
      {field &&
        (field.kind === 'choice' || field.kind === 'yes-no' ? (
          <SelectField
            label={field.name}
            value={value}
            options={[
              { value: '', label: t('customers.emptyField') },
              ...(field.kind === 'choice'
                ? field.choices.filter(({ isArchived }) => !isArchived).map((choice) => ({ value: choice.id, label: choice.label }))
                : [
                    { value: 'yes', label: t('customers.yes') },
                    { value: 'no', label: t('customers.no') },
                  ]),
            ]}
            onChoose={setValue}
          />
        ) : (
          <TextField
            label={field.name}
            type={field.kind === 'date' ? 'date' : 'text'}
            hint={t('customers.emptyFieldHint')}
            value={text}
            error={text.trim() !== '' && change === null ? t('customers.wrongValue') : undefined}
            onInput={setText}
          />
        ))}
      {error && !kind.startsWith('tags') && <p role="alert">{errorText(error)}</p>}
      <p>{t('customers.changeHint')}</p>
    </Dialog>
  );
}

interface Wish {
  kind: string;
  text: string;
  value: string;
  companyId: string | null;
  field: ConditionWords['fields'][number] | undefined;
}

/** Null while it says too little. */
function changeOf({ kind, text, value, companyId, field }: Wish): CustomerChange | null {
  if (kind.startsWith('tags')) {
    const tags = text
      .split(/[,;]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
    if (tags.length === 0) return null;
    return kind === 'tags+' ? { kind: 'tags', add: tags, remove: [] } : { kind: 'tags', add: [], remove: tags };
  }
  if (kind === 'owner') return { kind, ownerId: value === '' ? null : value };
  if (kind === 'lifecycle') return { kind, lifecycle: lifecycleNames.find((name) => name === value) ?? null };
  if (kind === 'company') return { kind, companyId };
  if (!field) return null;
  const written = field.kind === 'choice' || field.kind === 'yes-no' ? value : text;
  if (written.trim() === '') return { kind: 'field', key: field.key, value: null };
  const read = readFieldText(field, written);
  return read === null ? null : { kind: 'field', key: field.key, value: read };
}
