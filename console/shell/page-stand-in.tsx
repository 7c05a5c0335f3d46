import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/**
 * In the place of a page that is being fetched. Where that fails the page comes by itself once the network is back; a new version of the
 * server, whose pages have other names, needs the whole console loaded anew: what was typed is kept.
 */
export function PageStandIn({ hasFailed }: { hasFailed: boolean }) {
  return (
    <main>
      {hasFailed ? (
        <EmptyState icon="circle-alert" tone="problem" title={t('page.notLoaded')}>
          <Button onClick={() => location.reload()}>{t('page.reload')}</Button>
        </EmptyState>
      ) : (
        <Skeleton rows={5} label={t('state.loading')} />
      )}
    </main>
  );
}
