import type { ComponentChildren } from 'preact';
import type { Agent } from '../../shared/agent.ts';
import type { CustomField, FieldValue } from '../../shared/custom-fields.ts';
import type { Customer, CustomerColumn, PlainColumn } from '../../shared/customer.ts';
import { formatMoney } from '../../shared/money.ts';
import { wasSeen } from '../../shared/was-seen.ts';
import { TagChip } from '../canned/tag-chip.tsx';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { Badge } from '../ui/badge.tsx';
import { formatDate, formatNumber, locale } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import styles from './customer-cell.module.css';

const TAGS_SHOWN = 3;

export interface CellWords {
  /** The business's, in which sums are. */
  currency: string;
  fields: readonly CustomField[];
  agents: ReadonlyMap<string, Agent>;
}

export function columnName(column: CustomerColumn, fields: readonly CustomField[]): string {
  return fieldOf(column, fields)?.name ?? t(`customers.column.${column as PlainColumn}`);
}

/** What stands under a column; null where nothing does. */
export function customerCell(column: CustomerColumn, customer: Customer, { fields, agents, currency }: CellWords): ComponentChildren {
  if (column.startsWith('field:')) {
    const field = fieldOf(column, fields);
    return field ? fieldCell(field, customer.values[field.key]) : null;
  }
  const plain = column as PlainColumn;
  switch (plain) {
    case 'name':
      return null;
    case 'company':
      return customer.company && <OneLine text={customer.company} />;
    case 'phone':
    case 'email':
    case 'external': {
      const own = customer.identities.filter(({ kind }) => kind === plain);
      const [first] = own;
      return (
        first && (
          <span class={styles.reach} title={own.map(({ value }) => value).join('\n')}>
            <bdi dir="ltr">{first.value}</bdi>
            {own.length > 1 && <span class={styles.more}>+{formatNumber(own.length - 1)}</span>}
          </span>
        )
      );
    }
    case 'lifecycle':
      return (
        <Badge tone={customer.lifecycle === 'customer' ? 'green' : customer.lifecycle === 'lead' ? 'accent' : 'neutral'}>
          {t(`contact.lifecycle.${customer.lifecycle}`)}
        </Badge>
      );
    case 'owner': {
      if (customer.ownerId === null) return null;
      const name = agents.get(customer.ownerId)?.name;
      return name ? <OneLine text={name} /> : <span class={styles.soft}>{t('customers.formerAgent')}</span>;
    }
    case 'tags':
      return (
        customer.tags.length > 0 && (
          <span class={styles.tags} title={customer.tags.join('\n')}>
            {customer.tags.slice(0, TAGS_SHOWN).map((tag) => (
              <TagChip key={tag} name={tag} colour="neutral" />
            ))}
            {customer.tags.length > TAGS_SHOWN && <span class={styles.more}>+{formatNumber(customer.tags.length - TAGS_SHOWN)}</span>}
          </span>
        )
      );
    case 'language':
      return customer.locale && languageName(customer.locale);
    case 'value':
      return sums(customer, currency);
    case 'purchases':
      return customer.purchaseCount ? formatNumber(customer.purchaseCount) : null;
    case 'purchased':
      return customer.lastPurchaseAt ? <RelativeTime at={customer.lastPurchaseAt} /> : null;
    case 'created':
      return <RelativeTime at={customer.createdAt} />;
    case 'seen':
      return wasSeen(customer) ? <RelativeTime at={customer.lastSeenAt} /> : null;
  }
}

/** Of each currency its own sum: the business's first. */
function sums({ purchaseTotal = 0, otherTotals = [] }: Customer, currency: string): ComponentChildren {
  const others = otherTotals.map((one) => amountText({ amount: one.total, currency: one.currency }));
  if (purchaseTotal === 0 && others.length === 0) return null;
  return (
    <span class={styles.sums}>
      {purchaseTotal !== 0 && <span>{amountText({ amount: purchaseTotal, currency })}</span>}
      {others.length > 0 && (
        <span class={styles.more} title={t('customers.otherCurrencies')}>
          {others.join(' · ')}
        </span>
      )}
    </span>
  );
}

function fieldOf(column: CustomerColumn, fields: readonly CustomField[]): CustomField | undefined {
  return column.startsWith('field:') ? fields.find(({ id }) => column === `field:${id}`) : undefined;
}

function fieldCell({ kind, choices, currency }: CustomField, value: FieldValue | undefined): ComponentChildren {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return t(value ? 'customers.yes' : 'customers.no');
  if (kind === 'choice') return <OneLine text={choices.find(({ id }) => id === value)?.label ?? ''} />;
  if (kind === 'money') return formatMoney({ amount: Number(value), currency: currency ?? 'ILS' }, locale.value);
  if (kind === 'date') return formatDate(Date.parse(`${value}T12:00:00Z`));
  return typeof value === 'number' ? formatNumber(value) : <OneLine text={value} />;
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([locale.value], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
