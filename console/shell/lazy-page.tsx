import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** A page that few open at the start of their day: fetched when somebody goes there. */
export function lazyPage<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return lazy<ComponentType<Props>>(() => load().catch(() => NotFetched));
}

/** The network is gone, or the server has a newer console than this one: a fresh start has both. */
function NotFetched() {
  return (
    <EmptyState icon="circle-alert" tone="problem" title={t('error.unavailable')}>
      <Button onClick={() => location.reload()}>{t('action.retry')}</Button>
    </EmptyState>
  );
}
