import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Company } from '../../shared/company.ts';
import type { Contact } from '../../shared/contact.ts';
import type { TicketFile, TicketPatch } from '../../shared/ticket.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { PickInPlace, type PickOption } from '../ui/pick-in-place.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './ticket-page.module.css';
import { ticketProblem } from './ticket-words.ts';
import type { TicketAtHand } from './use-ticket.ts';

const FOUND_MAX = 20;
/** A search begins when the typing pauses. */
const PAUSE_MS = 200;

interface WhoseTicketProps {
  http: Http;
  file: TicketFile;
  /** Also needs the right to see customers: they are found here. */
  mayEdit: boolean;
  change: TicketAtHand['change'];
}

/** The customer and the company of a ticket. Given to another one its documents go along, so that is said, and taken back with one press. */
export function WhoseTicket({ http, file: { contact, company }, mayEdit, change }: WhoseTicketProps) {
  const people = useFound<Contact>(http, '/contacts', (one) => ({ key: one.id, label: contactName(one), hint: one.company ?? '' }));
  const companies = useFound<Company>(http, '/companies', ({ id, name, domain }) => ({ key: id, label: name, hint: domain ?? '' }));
  const give = async (patch: Omit<TicketPatch, 'version'>, said: string) => {
    const before = { contactId: contact?.id ?? null, companyId: company?.id ?? null };
    const reply = await change(patch);
    if (!reply.ok) return ticketProblem(reply.error);
    const takeBack = async () => {
      const back = await change(before);
      if (!back.ok) showToast({ text: ticketProblem(back.error), tone: 'problem' });
    };
    showToast({ text: said, action: { label: t('action.undo'), run: () => void takeBack() } });
    return null;
  };
  return (
    <>
      {(contact || mayEdit) && (
        <Whose label={t('tickets.customer')} href={contact && `/console/contacts/${contact.id}`} openLabel={t('tickets.openCustomer')}>
          {mayEdit ? (
            <PickInPlace
              label={t('tickets.customer')}
              editLabel={t('tickets.changeCustomer')}
              value={contact ? contactName(contact) : ''}
              placeholder={t('tickets.noCustomer')}
              chosen={contact?.id ?? null}
              options={people.options}
              onSearch={people.search}
              clearLabel={t('tickets.noCustomer')}
              emptyLabel={t('tickets.nobodyFound')}
              onPick={(id) => give({ contactId: id }, t(id === null ? 'tickets.customerTaken' : 'tickets.customerChanged'))}
            />
          ) : (
            contact && <bdi>{contactName(contact)}</bdi>
          )}
        </Whose>
      )}
      {(company || mayEdit) && (
        <Whose label={t('tickets.company')} href={company && `/console/companies/${company.id}`} openLabel={t('tickets.openCompany')}>
          {mayEdit ? (
            <PickInPlace
              label={t('tickets.company')}
              editLabel={t('tickets.changeCompany')}
              value={company?.name ?? ''}
              placeholder={t('tickets.noCompany')}
              chosen={company?.id ?? null}
              options={companies.options}
              onSearch={companies.search}
              clearLabel={t('tickets.noCompany')}
              emptyLabel={t('tickets.noCompanyFound')}
              onPick={(id) => give({ companyId: id }, t('tickets.companyChanged'))}
            />
          ) : (
            company && <bdi>{company.name}</bdi>
          )}
        </Whose>
      )}
    </>
  );
}

interface WhoseProps {
  label: string;
  href: string | null;
  openLabel: string;
  children: ComponentChildren;
}

function Whose({ label, href, openLabel, children }: WhoseProps) {
  return (
    <div class={styles.fact}>
      <span class={styles.soft}>{label}</span>
      <span class={styles.whose}>
        {children}
        {href && (
          <a class={styles.openWhose} href={href} title={openLabel} aria-label={openLabel}>
            <Icon name="chevron-right" size="small" />
          </a>
        )}
      </span>
    </div>
  );
}

/** Found by what is typed, once the typing pauses; nothing is asked before somebody wants to choose. */
function useFound<Item>(http: Http, path: string, toOption: (item: Item) => PickOption) {
  const [typed, setTyped] = useState<string | null>(null);
  const [q, setQ] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return undefined;
    const timer = setTimeout(() => setQ(typed), typed === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { value } = useRemote(
    async () => (q === null ? nothing<Item>() : http.get<{ items: Item[] }>(path, { q, limit: FOUND_MAX })),
    [http, path, q],
  );
  return { options: q === null ? null : (value?.items.map(toOption) ?? null), search: setTyped };
}

function nothing<Item>() {
  return { ok: true as const, data: { items: [] as Item[] } };
}
