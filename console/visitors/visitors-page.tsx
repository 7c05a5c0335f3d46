import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { LiveVisitor } from '../../shared/live-visitor.ts';
import type { Desk } from '../conversations/desk.ts';
import type { ViewName } from '../conversations/list-views.ts';
import { conversationPath } from '../conversations/paths.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { useSecondClock } from '../ui/second-clock.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { GreetDialog } from './greet-dialog.tsx';
import { type LiveVisitors, liveVisitorsOf } from './live-visitors.ts';
import { VisitorRow } from './visitor-row.tsx';
import styles from './visitors-page.module.css';

/** A search begins when the typing pauses. */
const PAUSE_MS = 250;

interface VisitorsPageProps {
  desk: Desk;
  view: ViewName;
  mayReply: boolean;
  maySet: boolean;
}

/** Who is on the site now, and the way to speak first. */
export function VisitorsPage({ desk, view, mayReply, maySet }: VisitorsPageProps) {
  const live = liveVisitorsOf(desk.connection);
  const [typed, setTyped] = useState('');
  const [greeted, setGreeted] = useState<LiveVisitor | null>(null);
  const { route } = useLocation();
  useSecondClock();
  useEffect(() => {
    const timer = setTimeout(() => live.watch(typed.trim()), typed === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [live, typed]);
  useEffect(() => () => live.unwatch(), [live]);

  const { total, found } = live.count.value;
  const visitors = live.visitors.value;
  return (
    <PageFrame
      title={t('visitors.title')}
      width="wide"
      actions={live.phase.value === 'live' && <span class={styles.total}>{t('visitors.total', { count: total })}</span>}
    >
      <TextField
        label={t('visitors.search')}
        isLabelHidden
        type="search"
        placeholder={t('visitors.search')}
        maxLength={200}
        value={typed}
        onInput={setTyped}
      />
      <Content live={live} sought={typed.trim()} maySet={maySet} onClear={() => setTyped('')} />
      <ul class={styles.list} aria-label={t('visitors.title')}>
        {visitors.map((visitor) => (
          <VisitorRow
            key={visitor.id}
            visitor={visitor}
            aheadMs={live.aheadMs}
            openHref={visitor.conversationId && conversationPath(visitor.conversationId, view)}
            onGreet={mayReply ? () => setGreeted(visitor) : null}
          />
        ))}
      </ul>
      {found > visitors.length && visitors.length > 0 && (
        <p class={styles.rest}>{t('visitors.rest', { count: found - visitors.length })}</p>
      )}
      {greeted && (
        <GreetDialog
          agentId={desk.agentId}
          live={live}
          visitor={visitors.find(({ id }) => id === greeted.id) ?? greeted}
          hasLeft={!visitors.some(({ id }) => id === greeted.id)}
          onClose={() => setGreeted(null)}
          onGreeted={(conversation) => {
            desk.list.learn(conversation);
            route(conversationPath(conversation.id, view));
          }}
        />
      )}
    </PageFrame>
  );
}

interface ContentProps {
  live: LiveVisitors;
  sought: string;
  maySet: boolean;
  onClear: () => void;
}

/** What stands there instead of visitors. */
function Content({ live, sought, maySet, onClear }: ContentProps) {
  if (live.phase.value === 'loading') return <Skeleton rows={5} hasAvatar label={t('state.loading')} />;
  if (live.phase.value === 'failed') {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(live.error.value ?? { code: 'internal' })}>
        <Button onClick={() => live.watch(sought)}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (live.visitors.value.length > 0) return null;
  if (sought !== '' && live.count.value.total > 0) {
    return (
      <EmptyState icon="search" title={t('visitors.nothingFound')}>
        <Button onClick={onClear}>{t('contacts.clearSearch')}</Button>
      </EmptyState>
    );
  }
  if (live.isOn.value) return <EmptyState icon="globe" title={t('visitors.empty')} text={t('visitors.emptyHint')} />;
  return (
    <EmptyState icon="globe" title={t('visitors.off')} text={t(maySet ? 'visitors.offHint' : 'visitors.offAsk')}>
      {maySet && <a href="/console/settings/inbox">{t('visitors.toSettings')}</a>}
    </EmptyState>
  );
}
