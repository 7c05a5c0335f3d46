import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Inbox } from '../../shared/inbox.ts';
import type { ViewFilter, ViewSort } from '../../shared/view.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.tsx';
import { useRemote } from '../ui/use-remote.ts';
import type { Desk } from './desk.ts';
import { showProblem } from './desk-actions.ts';
import styles from './filter-bar.module.css';
import { filterChips } from './filter-words.ts';
import { type AskedView, isReadyMade, type ViewName, writeView } from './list-views.ts';
import { viewPath } from './paths.ts';

const FilterFields = late(async () => (await import('./filter-fields.tsx')).FilterFields);
const SaveViewDialog = late(async () => (await import('./save-view-dialog.tsx')).SaveViewDialog);

interface FilterBarProps {
  desk: Desk;
  view: ViewName;
  isOpen: boolean;
  onClose: () => void;
}

/** What the view asks for. A change makes a view of its own, in the address, until it is saved under a name. */
export function FilterBar({ desk, view, isOpen, onClose }: FilterBarProps) {
  const { route } = useLocation();
  const [isSaving, setIsSaving] = useState(false);
  const asked = desk.views.asked(view);
  const isWritten = view.startsWith('~');
  const saved = desk.views.find(asked?.from ?? view);
  const names = useRemote(() => desk.http.get<{ items: Pick<Inbox, 'id' | 'name'>[] }>('/views/inboxes'), [desk.http]);
  const inboxes = names.value?.items ?? [];
  if (!asked || (!isOpen && !isWritten)) return null;

  const { from: _, ...own } = asked;
  const show = (change: { filter?: ViewFilter; sort?: ViewSort }) => {
    const next: AskedView = { ...own, ...change, ...(saved && { from: saved.id }) };
    route(viewPath(writeView(next)), true);
  };
  const drop = (key: keyof ViewFilter, at: number) => {
    const { [key]: dropped, ...left } = asked.filter;
    const others = Array.isArray(dropped) && key === 'fields' ? dropped.filter((_one, place) => place !== at) : [];
    show({ filter: others.length > 0 ? { ...left, fields: others as NonNullable<ViewFilter['fields']> } : left });
  };
  const update = async () => {
    if (!saved) return;
    const reply = await desk.views.change(saved.id, { filter: asked.filter, sort: asked.sort });
    if (reply.ok) route(viewPath(saved.id), true);
    else showProblem(reply.error);
  };
  const chips = filterChips(desk, asked.filter, inboxes);
  let fieldsAt = 0;
  return (
    <div class={styles.bar}>
      {isOpen && <FilterFields desk={desk} asked={asked} inboxes={inboxes} onChange={show} />}
      {chips.length > 0 && (
        <ul class={styles.chips} aria-label={t('views.conditions')}>
          {chips.map(({ key, text }) => {
            const at = key === 'fields' ? fieldsAt++ : 0;
            return (
              <li key={`${key} ${at}`} class={styles.chip}>
                <bdi class={styles.words}>{text}</bdi>
                <button type="button" class={styles.drop} aria-label={t('views.drop', { text })} onClick={() => drop(key, at)}>
                  <Icon name="x" size="small" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div class={styles.actions}>
        {isWritten && saved?.isMineToChange && (
          <Button size="small" look="primary" onClick={() => void update()}>
            {t('views.update', { name: saved.name })}
          </Button>
        )}
        {!isReadyMade(view) && isWritten && (
          <Button size="small" look={saved?.isMineToChange ? 'secondary' : 'primary'} icon="bookmark" onClick={() => setIsSaving(true)}>
            {t('views.save')}
          </Button>
        )}
        {isWritten && (
          <Button size="small" look="quiet" onClick={() => route(viewPath(saved?.id ?? 'open'))}>
            {t('views.clear')}
          </Button>
        )}
        {isOpen && (
          <Button size="small" look="quiet" onClick={onClose}>
            {t('views.hideFilters')}
          </Button>
        )}
      </div>
      {isSaving && (
        <SaveViewDialog
          desk={desk}
          view={own}
          onClose={() => setIsSaving(false)}
          onSaved={({ id }) => {
            setIsSaving(false);
            onClose();
            route(viewPath(id));
          }}
        />
      )}
    </div>
  );
}
