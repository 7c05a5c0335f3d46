import type { ComponentChildren } from 'preact';
import type { Agent } from '../../shared/agent.ts';
import type { Company, CompanyPatch } from '../../shared/company.ts';
import type { CustomField } from '../../shared/custom-fields.ts';
import styles from '../contacts/contact-card.module.css';
import { DetailRow } from '../contacts/detail-row.tsx';
import { FieldInPlace } from '../contacts/field-in-place.tsx';
import { Editable, Pickable } from '../contacts/in-place.tsx';
import { refusalText } from '../contacts/refusal-text.tsx';
import { useKnown } from '../contacts/use-known.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';

interface CompanyDetailsProps {
  http: Http;
  company: Company;
  mayEdit: boolean;
  onChanged: (company: Company) => void;
}

const lines = [
  { key: 'name', icon: 'building', label: 'fields.name', edit: 'company.editName', invalid: 'contact.invalidName', type: 'text' },
  { key: 'domain', icon: 'mail', label: 'company.domain', edit: 'company.editDomain', invalid: 'company.invalidDomain', type: 'url' },
  { key: 'phone', icon: 'phone', label: 'contact.phone', edit: 'company.editPhone', invalid: 'company.invalidPhone', type: 'tel' },
  { key: 'website', icon: 'globe', label: 'company.website', edit: 'company.editWebsite', invalid: 'card.invalid.link', type: 'url' },
  {
    key: 'externalId',
    icon: 'key-round',
    label: 'company.externalId',
    edit: 'company.editExternalId',
    invalid: 'contact.invalidName',
    type: 'text',
  },
] as const;

/** What is known of a company, edited in place. */
export function CompanyDetails({ http, company, mayEdit, onChanged }: CompanyDetailsProps) {
  const agents = useKnown<{ items: Agent[] }>(http, '/agents')?.items ?? null;
  const fields = useKnown<{ items: CustomField[] }>(http, '/fields?entity=company')?.items ?? [];
  const at = `/companies/${company.id}`;
  const send = async (patch: CompanyPatch, invalid?: string): Promise<ComponentChildren> => {
    const reply = await http.patch<Company>(at, patch);
    if (reply.ok) {
      onChanged(reply.data);
      return null;
    }
    if (reply.error.code === 'stale') {
      const fresh = await http.get<Company>(at);
      if (fresh.ok) onChanged(fresh.data);
    }
    return reply.error.code === 'conflict' && reply.error.field === 'externalId' ? t('company.idTaken') : refusalText(reply.error, invalid);
  };
  const owner = agents?.find(({ id }) => id === company.ownerId);
  return (
    <dl class={styles.details}>
      {lines.map(({ key, icon, label, edit, invalid, type }) => (
        <DetailRow key={key} icon={icon} label={t(label)}>
          <Editable
            mayEdit={mayEdit}
            label={t(label)}
            editLabel={t(edit)}
            value={company[key] ?? ''}
            placeholder={t('contact.add')}
            type={type}
            maxLength={key === 'website' ? 2_048 : key === 'domain' ? 253 : 120}
            onSave={async (value) => {
              if (key === 'name' && value === '') return t(invalid);
              const typed = key === 'website' && value !== '' && !/^https?:/i.test(value) ? `https://${value}` : value;
              return send({ [key]: typed === '' ? null : typed, was: { [key]: company[key] } }, t(invalid));
            }}
          />
        </DetailRow>
      ))}
      <DetailRow icon="user-round" label={t('card.owner')}>
        <Pickable
          mayEdit={mayEdit}
          label={t('card.owner')}
          editLabel={t('card.editOwner')}
          value={company.ownerId === null ? '' : (owner?.name ?? (agents ? t('card.formerOwner') : '…'))}
          placeholder={t('card.noOwner')}
          chosen={company.ownerId}
          options={agents?.map(({ id, name }) => ({ key: id, label: name })) ?? null}
          clearLabel={t('card.noOwner')}
          emptyLabel={t('card.nobodyFound')}
          onPick={(ownerId) => send({ ownerId, was: { ownerId: company.ownerId } }, t('card.ownerGone'))}
        />
      </DetailRow>
      {fields.map((field) => (
        <DetailRow key={field.id} icon="tag" label={field.name}>
          <FieldInPlace
            field={field}
            value={company.values[field.key]}
            mayEdit={mayEdit && field.mayEdit}
            onSet={(value, invalid) =>
              send({ values: { [field.key]: value }, was: { values: { [field.key]: company.values[field.key] ?? null } } }, invalid)
            }
          />
        </DetailRow>
      ))}
    </dl>
  );
}
