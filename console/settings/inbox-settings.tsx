import { Fragment } from 'preact';
import type { Inbox } from '../../shared/inbox.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { InboxForm } from './inbox-form.tsx';
import { InboxInstall } from './inbox-install.tsx';

/** Every inbox: how to install it, who may open it, how it looks. */
export function InboxSettings({ http, serverUrl }: { http: Http; serverUrl: string }) {
  const { value, error, reload, put } = useRemote(() => http.get<{ items: Inbox[] }>('/inboxes'), []);
  if (error) {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
        <Button onClick={reload}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (!value) return <Skeleton rows={5} label={t('state.loading')} />;
  const replace = (changed: Inbox) => put({ items: value.items.map((inbox) => (inbox.id === changed.id ? changed : inbox)) });
  return value.items.map((inbox) => (
    <Fragment key={inbox.id}>
      <InboxInstall inbox={inbox} serverUrl={serverUrl} />
      <InboxForm http={http} inbox={inbox} onSaved={replace} />
    </Fragment>
  ));
}
