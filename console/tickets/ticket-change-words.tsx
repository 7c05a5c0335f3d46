import type { ComponentChildren } from 'preact';
import type { CustomField } from '../../shared/custom-fields.ts';
import { priorities } from '../../shared/routing.ts';
import type { TicketChange } from '../../shared/ticket.ts';
import { ticketStatuses } from '../../shared/ticket-moves.ts';
import { fieldWords } from '../contacts/field-words.ts';
import { t } from '../texts/texts.ts';
import { formatSpan } from '../ui/format.ts';
import { FromTo as Became } from '../ui/from-to.tsx';
import styles from './ticket-page.module.css';

const MINUTE_MS = 60_000;
const named = ['contactId', 'companyId', 'categoryId', 'assigneeId', 'teamId', 'reasonId', 'parentId'] as const;
const plain = ['subject', 'status', 'priority', 'externalId', 'isHidden'] as const;
const paths = {
  contactId: '/console/contacts/',
  companyId: '/console/companies/',
  parentId: '/console/tickets/',
  related: '/console/tickets/',
  conversation: '/console/conversations/',
} as const;

/** One change in words: what was, and what is. */
export function ChangeWords({ change, fields }: { change: TicketChange; fields: readonly CustomField[] }) {
  const { field, before, after, beforeName, afterName } = change;
  if (field === 'created') return <>{t('tickets.change.created')}</>;
  if (field === 'update') return <Told label={t('tickets.change.told')} text={after} />;
  if (field === 'description') return <Told label={t('tickets.change.description')} text={before} />;
  const ids = named.find((one) => one === field);
  if (ids) {
    return (
      <FromTo
        label={t(`tickets.change.${ids}`)}
        before={before && <Called field={ids} id={before} name={beforeName} />}
        after={after && <Called field={ids} id={after} name={afterName} />}
      />
    );
  }
  const words = plain.find((one) => one === field);
  if (words) return <FromTo label={t(`tickets.change.${words}`)} before={wordOf(words, before)} after={wordOf(words, after)} />;
  if (field === 'conversation' || field === 'related') {
    const id = after ?? before ?? '';
    return (
      <>
        {t(`tickets.change.${field}.${after === null ? 'off' : 'on'}`)} <Called field={field} id={id} name={afterName ?? beforeName} />
      </>
    );
  }
  if (field === 'document') return <DocumentWords before={before} after={after} />;
  if (field === 'work') return <>{workWords(before, after)}</>;
  const own = fields.find(({ key }) => field === `values.${key}`);
  if (!own || (before === null && after === null)) return <>{t('tickets.change.field', { name: own?.name ?? '–' })}</>;
  const read = (value: string | null) => value && fieldWords(own, JSON.parse(value));
  return <FromTo label={own.name} before={read(before)} after={read(after)} />;
}

function FromTo(said: { label: string; before: ComponentChildren; after: ComponentChildren }) {
  return <Became {...said} becomes={t('tickets.change.becomes')} none={t('tickets.none')} />;
}

function Called({ field, id, name }: { field: string; id: string; name: string | null }) {
  // What the reader may not see, or what is gone, has no name.
  if (name === null) return <span>{t('tickets.change.unnamed')}</span>;
  const path = paths[field as keyof typeof paths];
  return path ? (
    <a href={path + id}>
      <bdi>{name}</bdi>
    </a>
  ) : (
    <bdi>{name}</bdi>
  );
}

/** Long words open where they stand. */
function Told({ label, text }: { label: string; text: string | null }) {
  if (!text) return <>{label}</>;
  return (
    <details class={styles.more}>
      <summary>{label}</summary>
      <p class={styles.prose} dir="auto">
        {text}
      </p>
    </details>
  );
}

function DocumentWords({ before, after }: Pick<TicketChange, 'before' | 'after'>) {
  if (before !== null && after !== null) return <FromTo label={t('tickets.change.documentName')} before={before} after={after} />;
  return (
    <>
      {t(after === null ? 'tickets.change.document.off' : 'tickets.change.document.on')} <bdi>{after ?? before}</bdi>
    </>
  );
}

function workWords(before: string | null, after: string | null): string {
  const time = (minutes: string | null) => formatSpan(Number(minutes ?? 0) * MINUTE_MS);
  if (after === null) return before === '0' ? t('tickets.change.workGone') : t('tickets.change.workGoneOf', { time: time(before) });
  return before === after ? t('tickets.change.work') : t('tickets.change.workFrom', { before: time(before), after: time(after) });
}

function wordOf(field: (typeof plain)[number], value: string | null): string | null {
  if (value === null || value === '') return null;
  if (field === 'status') return t(`tickets.status.${ticketStatuses.find((one) => one === value) ?? 'open'}`);
  if (field === 'priority') return t(`priority.${priorities[Number(value)] ?? 'normal'}`);
  return field === 'isHidden' ? t(value === '1' ? 'tickets.yes' : 'tickets.no') : value;
}
