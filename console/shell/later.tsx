import { type ComponentType, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/**
 * A page that is fetched when somebody first goes there. Where that fails (no network, or a new version of the server whose
 * pages have other names) the whole console is to be loaded anew: what was typed is kept.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let fetched: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [page, setPage] = useState(() => fetched);
    const [hasFailed, setHasFailed] = useState(false);
    useEffect(() => {
      if (page) return undefined;
      let isGone = false;
      load().then(
        (loaded) => {
          fetched = loaded;
          if (!isGone) setPage(() => loaded);
        },
        () => !isGone && setHasFailed(true),
      );
      return () => {
        isGone = true;
      };
    }, [page]);
    if (page) return h(page, props);
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
  };
}
