import { useState } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { PickInPlace } from '../ui/pick-in-place.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './todo-dialog.module.css';

type Customer = Pick<Contact, 'id' | 'name'>;

interface CustomerPickerProps {
  http: Http;
  customer: Customer | null;
  onPick: (customer: Customer | null) => void;
}

const OFFERED = 8;

/** For whom it is, found by name, phone or e-mail; without any words those who were here last. */
export function CustomerPicker({ http, customer, onPick }: CustomerPickerProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const found = useRemote(
    async () => (asked === null ? nobody : http.get<{ items: Contact[] }>('/contacts', { q: asked || undefined, limit: OFFERED })),
    [asked],
  );
  const items = found.value?.items ?? [];
  const pick = async (id: string | null) => {
    onPick(items.find((contact) => contact.id === id) ?? null);
    return null;
  };
  return (
    <div class={styles.customer}>
      <span class={styles.label}>{t('todo.customer')}</span>
      <PickInPlace
        label={t('todo.customer')}
        editLabel={t('todo.pickCustomer')}
        value={customer ? contactName(customer) : ''}
        placeholder={t('todo.noCustomer')}
        chosen={customer?.id ?? null}
        options={asked === null || (found.isLoading && !found.value) ? null : items.map(toOption)}
        onSearch={setAsked}
        clearLabel={t('todo.forNobody')}
        emptyLabel={t('todo.customerNotFound')}
        onPick={pick}
      />
    </div>
  );
}

const nobody = { ok: true, data: { items: [] } } as const satisfies { ok: true; data: { items: Contact[] } };

function toOption(contact: Contact) {
  const { identities, company } = contact;
  const reach = identities.find(({ kind }) => kind === 'phone') ?? identities.find(({ kind }) => kind === 'email');
  return { key: contact.id, label: contactName(contact), hint: reach?.value ?? company ?? '' };
}
