import { useEffect, useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ConversationList } from './conversation-list.tsx';
import styles from './conversations-page.module.css';
import { countText } from './count-text.ts';
import type { Desk } from './desk.ts';
import { FilterBar } from './filter-bar.tsx';
import type { ViewName } from './list-views.ts';
import { NewsMark } from './news-mark.tsx';
import { hasNext, TakeNext } from './take-next.tsx';
import { ViewMenu } from './view-menu.tsx';
import { viewTitle } from './view-title.ts';

interface ListColumnProps {
  desk: Desk;
  view: ViewName;
  openId: string | null;
  mayReply: boolean;
  mayAssign: boolean;
}

/** One view with its heading, its filters, and what is done with the chosen ones. */
export function ListColumn({ desk, view, openId, mayReply, mayAssign }: ListColumnProps) {
  const { bulk, views } = desk;
  const [isFiltering, setIsFiltering] = useState(false);
  useEffect(() => () => bulk.clear(), [bulk, view]);
  const Title = openId ? 'h2' : 'h1';
  const title = viewTitle(views, view);
  const count = view === 'resolved' ? null : views.count(view);
  // Where there is one to take, it needs the room; the way here says how many wait.
  const hasTake = view === 'unassigned' && mayReply && hasNext(desk);
  const isBusy = bulk.isChoosing.value || bulk.chosen.value.size > 0 || bulk.run.value !== null;

  return (
    <section class={styles.list} aria-label={title} data-region>
      {isBusy && <BulkBar desk={desk} view={view} mayReply={mayReply} mayAssign={mayAssign} />}
      <header class={isBusy ? 'visually-hidden' : styles.listHeader}>
        <ViewMenu desk={desk} view={view} onManage={() => views.manage(true)} />
        <Title class={styles.listTitle}>
          <bdi>{title}</bdi>
        </Title>
        {count && count.count > 0 && !hasTake && <span class={styles.count}>{countText(count)}</span>}
        {!isBusy && <NewsMark desk={desk} />}
        {hasTake && !isBusy && <TakeNext desk={desk} view={view} size="small" />}
        <span class={styles.listTools}>
          <IconButton icon="list-checks" label={t('bulk.start')} onClick={() => (bulk.isChoosing.value = true)} />
          <IconButton
            icon="list-filter"
            label={t('views.filter')}
            isPressed={isFiltering}
            aria-expanded={isFiltering}
            onClick={() => setIsFiltering(!isFiltering)}
          />
        </span>
      </header>
      <div class={styles.rows}>
        {!isBusy && <FilterBar desk={desk} view={view} isOpen={isFiltering} onClose={() => setIsFiltering(false)} />}
        <ConversationList key={view} desk={desk} view={view} openId={openId} />
      </div>
    </section>
  );
}
