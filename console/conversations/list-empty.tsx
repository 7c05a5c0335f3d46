import { useLocation } from 'preact-iso';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Desk } from './desk.ts';
import { FirstAnswers } from './first-answers.tsx';
import { isReadyMade, type ReadyMadeView, type ViewName } from './list-views.ts';
import { viewPath } from './paths.ts';
import { TakeNext } from './take-next.tsx';
import { viewIcon } from './view-icons.ts';

/** Where somebody with an empty view probably wants to go next. */
const next: Partial<Record<ReadyMadeView, ReadyMadeView>> = {
  mine: 'unassigned',
  teams: 'open',
  unassigned: 'mine',
  mentions: 'mine',
  snoozed: 'open',
  resolved: 'open',
};

export function ListEmpty({ desk, view }: { desk: Desk; view: ViewName }) {
  const { route } = useLocation();
  if (!isReadyMade(view)) {
    return (
      <EmptyState icon={viewIcon(view)} title={t('views.empty')} text={t('views.emptyHint')}>
        <Button onClick={() => route(viewPath('open'))}>{t('views.toAll')}</Button>
      </EmptyState>
    );
  }
  const other = next[view];
  const count = other ? (desk.views.count(other)?.count ?? 0) : 0;
  return (
    <EmptyState
      icon={view === 'snoozed' || view === 'mentions' ? viewIcon(view) : 'circle-check'}
      title={t(`list.empty.${view}`)}
      text={t(`list.emptyHint.${view}`)}
    >
      {view === 'mine' && <TakeNext desk={desk} view={view} />}
      {(view === 'mine' || view === 'open') && <FirstAnswers desk={desk} />}
      {other && count > 0 && <Button onClick={() => route(viewPath(other))}>{t('views.goTo', { name: t(`view.${other}`), count })}</Button>}
    </EmptyState>
  );
}
