import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { RemotePages } from '../ui/use-remote.ts';
import styles from './pages-end.module.css';

type Pages = Pick<RemotePages<unknown>, 'phase' | 'error' | 'hasMore' | 'loadMore'>;

/** What stands below a list that comes page by page: the next page, or why it does not come. */
export function PagesEnd({ pages: { phase, error, hasMore, loadMore } }: { pages: Pages }) {
  if (error) {
    return (
      <p class={styles.problem} role="alert">
        <Icon name="circle-alert" size="small" />
        {errorText(error)}
        <Button size="small" onClick={loadMore}>
          {t('action.retry')}
        </Button>
      </p>
    );
  }
  if (!hasMore) return null;
  return (
    <div>
      <Button isBusy={phase === 'loading'} onClick={loadMore}>
        {t('action.more')}
      </Button>
    </div>
  );
}
