import { useEffect, useRef, useState } from 'preact/hooks';
import type { CustomerValue, Purchase, PurchasePage, RenewalPage } from '../../shared/purchase.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { SectionHead } from '../contacts/section-head.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { useRemote, useRemotePages } from '../ui/use-remote.ts';
import { CustomerWorth } from './customer-worth.tsx';
import { PurchaseDialog } from './purchase-dialog.tsx';
import { PurchaseRow } from './purchase-row.tsx';
import styles from './purchase-section.module.css';

const SHOWN_BESIDE_CHAT = 3;
const PAGE = 20;
const HOUR_MS = 60 * 60 * 1_000;

const nothing = { ok: true as const, data: { items: [], next: null } };

/** What a person has bought and is worth; in the panel beside a chat the latest few. */
export function PurchaseSection({ http, contact, isPage, may }: FileSectionProps) {
  const [span, setSpan] = useState<{ from: number; to: number } | null>(null);
  const [isWhole, setWhole] = useState(isPage);
  const [open, setOpen] = useState<'new' | Purchase | null>(null);
  const contactId = contact.id;
  // A purchase that somebody else writes down changes the file.
  const [turn, setTurn] = useState(0);
  const reload = () => setTurn((held) => held + 1);
  const seen = useRef(contact);
  useEffect(() => {
    if (seen.current !== contact) reload();
    seen.current = contact;
  }, [contact]);
  const value = useRemote(() => http.get<CustomerValue>(`/contacts/${contactId}/value`), [contactId]);
  // By the hour, so that the question is the same while it is looked at.
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const hasBought = (value.value?.count ?? 0) > 0;
  const running = useRemote(
    async () => (hasBought ? http.get<RenewalPage>('/renewals', { contactId, from: now, limit: 5 }) : nothing),
    [contactId, hasBought],
  );
  const pages = useRemotePages<Purchase>(
    (cursor) =>
      http.get<PurchasePage>('/purchases', {
        contactId,
        ...(span && { ...span, status: 'paid', currency: value.value?.currency }),
        limit: isWhole ? PAGE : SHOWN_BESIDE_CHAT,
        cursor: cursor ?? undefined,
      }),
    [contactId, span, isWhole, turn],
  );
  useEffect(() => {
    if (turn === 0) return;
    value.reload();
    running.reload();
  }, [turn]);
  const mayEdit = may('purchases:edit') && contact.erasedAt === undefined;
  const hasNone = pages.phase === 'idle' && pages.items.length === 0 && span === null;
  const worth = value.value;
  return (
    <section class={[styles.section, !isPage && styles.beside].filter(Boolean).join(' ')} aria-label={t('purchases.title')}>
      <SectionHead
        title={t('purchases.title')}
        add={mayEdit ? { label: t('purchases.add'), onClick: () => setOpen('new'), disabled: !worth } : null}
        isPage={isPage}
      />
      {worth && worth.count > 0 && (
        <CustomerWorth value={worth} running={running.value?.items ?? []} isPage={isPage} span={span} onSpan={setSpan} />
      )}
      {(pages.error ?? value.error) && (
        <p class={styles.problem} role="alert">
          {errorText(pages.error ?? value.error ?? { code: 'internal' })}{' '}
          <Button size="small" onClick={pages.error ? pages.loadMore : value.reload}>
            {t('action.retry')}
          </Button>
        </p>
      )}
      {hasNone && !pages.error && <p class={styles.soft}>{t('purchases.none')}</p>}
      {pages.items.length > 0 && (
        <ul class={styles.rows}>
          {pages.items.map((purchase) => (
            <PurchaseRow key={purchase.id} purchase={purchase} isShort={!isPage} onOpen={() => setOpen(purchase)} />
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button size="small" look="quiet" isBusy={pages.phase === 'loading'} onClick={isWhole ? pages.loadMore : () => setWhole(true)}>
          {t('action.more')}
        </Button>
      )}
      {open && worth && (
        <PurchaseDialog
          key={open === 'new' ? 'new' : open.id}
          http={http}
          contactId={contactId}
          purchase={open === 'new' ? null : open}
          currency={worth.currency}
          mayEdit={mayEdit}
          onChanged={reload}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
