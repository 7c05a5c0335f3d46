import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { Company } from '../../shared/company.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { useRemote } from '../ui/use-remote.ts';
import type { CardRowProps } from './card-row.ts';
import styles from './contact-card.module.css';
import { DetailRow } from './detail-row.tsx';
import { Pickable } from './in-place.tsx';
import { refusalText } from './refusal-text.tsx';

/** The company that this person is of: one with a file of its own, or words. */
export function CompanyRow({ edits, mayEdit }: CardRowProps) {
  const { http, contact } = edits;
  const [asked, setAsked] = useState<string | null>(null);
  const found = useRemote(
    async () => (asked === null ? noCompanies : http.get<{ items: Company[] }>('/companies', { q: asked, limit: 20 })),
    [asked],
  );
  const create = async (name: string) => {
    const reply = await http.post<Company>('/companies', { id: nanoid(), name });
    if (!reply.ok) return refusalText(reply.error, t('contact.invalidName'));
    return edits.patch({ companyId: reply.data.id });
  };
  return (
    <DetailRow isPlain={contact.company !== null} icon="building" label={t('contact.company')}>
      <div class={styles.linked}>
        <Pickable
          mayEdit={mayEdit}
          label={t('contact.company')}
          editLabel={t('contact.editCompany')}
          value={contact.company ?? ''}
          placeholder={t('contact.add')}
          chosen={contact.companyId}
          options={
            asked === null
              ? null
              : (found.value?.items.map(({ id, name, domain }) => ({ key: id, label: name, hint: domain ?? '' })) ?? null)
          }
          onSearch={setAsked}
          clearLabel={t('card.noCompany')}
          createLabel={(name) => t('card.createCompany', { name })}
          emptyLabel={t('card.noCompanyFound')}
          onPick={(id) => edits.patch({ companyId: id, ...(id === null && { company: null }) })}
          onCreate={create}
        />
        {contact.companyId && (
          <a
            class={styles.open}
            href={`/console/companies/${contact.companyId}`}
            title={t('card.openCompany')}
            aria-label={t('card.openCompany')}
          >
            <Icon name="chevron-right" size="small" />
          </a>
        )}
      </div>
    </DetailRow>
  );
}

const noCompanies = { ok: true, data: { items: [] } } as const satisfies { ok: true; data: { items: Company[] } };
