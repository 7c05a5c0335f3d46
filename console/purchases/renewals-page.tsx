import type { ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Agent } from '../../shared/agent.ts';
import type { Renewal, RenewalPage } from '../../shared/purchase.ts';
import type { Connection } from '../connection.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SelectField } from '../ui/field.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { RenewalRow } from './renewal-row.tsx';
import { type RenewalView, readRenewalView, renewalPath, renewalSpan, renewalSpans } from './renewal-view.ts';
import styles from './renewals-page.module.css';
import { useSoldNews } from './use-sold-news.ts';

const PAGE = 50;
const HOUR_MS = 60 * 60 * 1_000;

interface RenewalsPageProps {
  http: Http;
  agents: ReadonlySignal<ReadonlyMap<string, Agent>>;
  connection: Connection;
}

/** What ends before long and was not renewed: whom to talk to next, and who does. */
export function RenewalsPage({ http, agents: known, connection }: RenewalsPageProps) {
  const agents = known.value;
  const { query, route } = useLocation();
  const view = readRenewalView(query);
  // By the hour, so that the question is the same while it is looked at.
  const hour = Math.floor(screenClock.value / HOUR_MS) * HOUR_MS;
  const pages = useRemotePages<Renewal>(
    (cursor) =>
      http.get<RenewalPage>('/renewals', {
        ...renewalSpan(view, hour),
        owner: view.owner || undefined,
        renewed: view.hidesRenewed ? 'false' : undefined,
        limit: PAGE,
        cursor: cursor ?? undefined,
      }),
    [http, JSON.stringify(view), hour],
  );
  const change = (some: Partial<RenewalView>) => route(renewalPath({ ...view, ...some }), true);
  const { items, phase, error, hasMore } = pages;
  useSoldNews({ connection, shows: (contactId) => items.some(({ contact }) => contact.id === contactId), read: pages.reload });
  // The server looks for so long and no longer: a page that is not full goes on by itself.
  useEffect(() => {
    if (phase === 'idle' && !error && hasMore && items.length < PAGE) pages.loadMore();
  }, [phase, error, hasMore, items.length]);
  const isLooking = phase === 'loading' || (hasMore && items.length < PAGE && !error);
  return (
    <PageFrame title={t('renewals.title')} back={{ href: '/console/contacts', label: t('contacts.title') }} width="table">
      <div class={styles.filters}>
        <SelectField
          label={t('renewals.when')}
          value={view.span}
          options={renewalSpans.map((value) => ({ value, label: t(`renewals.span.${value}`) }))}
          onChoose={(span) => change({ span })}
        />
        <SelectField
          label={t('renewals.whose')}
          value={view.owner}
          options={[
            { value: '', label: t('renewals.everybodys') },
            { value: 'me', label: t('renewals.mine') },
            { value: 'nobody', label: t('renewals.nobodys') },
            ...[...agents.values()].map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChoose={(owner) => change({ owner })}
        />
        <div class={styles.check}>
          <CheckField
            label={t('renewals.hideRenewed')}
            isChecked={view.hidesRenewed}
            onChange={(hidesRenewed) => change({ hidesRenewed })}
          />
        </div>
      </div>
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {isLooking && items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {!isLooking && !error && items.length === 0 && <EmptyState icon="clock" title={t('renewals.none')} text={t('renewals.noneHint')} />}
      {items.length > 0 && (
        <ul class={styles.rows}>
          {items.map((one) => (
            <RenewalRow key={one.id} renewal={one} owner={one.contact.ownerId === null ? null : agents.get(one.contact.ownerId)} />
          ))}
        </ul>
      )}
      {items.length >= PAGE && hasMore && (
        <Button isBusy={phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </PageFrame>
  );
}
