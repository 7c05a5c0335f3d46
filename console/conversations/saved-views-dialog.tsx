import { useState } from 'preact/hooks';
import type { SavedView } from '../../shared/view.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import type { Desk } from './desk.ts';
import { showProblem } from './desk-actions.ts';
import { viewPath } from './paths.ts';
import styles from './save-view.module.css';

/** The saved views: their order, their names, with whom they are shared, and the way out of being. */
export function SavedViewsDialog({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const [deleted, setDeleted] = useState<SavedView | null>(null);
  const saved = desk.views.saved.value ?? [];
  const mayShare = desk.me.value?.permissions.includes('views:share') ?? false;
  const groups = [
    { name: t('views.shared'), views: saved.filter(({ isShared }) => isShared) },
    { name: t('views.own'), views: saved.filter(({ isShared }) => !isShared) },
  ].filter(({ views }) => views.length > 0);
  return (
    <Dialog
      title={t('views.manage')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          {t('action.done')}
        </Button>
      }
    >
      <div role="status">
        {deleted && (
          <p class={styles.fixed}>
            {t('views.deleted', { name: deleted.name })}
            <Button
              size="small"
              onClick={() => {
                setDeleted(null);
                void restore(desk, deleted);
              }}
            >
              {t('action.undo')}
            </Button>
          </p>
        )}
      </div>
      {groups.length === 0 && <p>{t('views.none')}</p>}
      {groups.map(({ name, views }) => (
        <section key={name}>
          <h3 class={styles.group}>{name}</h3>
          {views.every(({ isMineToChange }) => isMineToChange) ? (
            <SortableList
              items={views}
              keyOf={({ id }) => id}
              words={{
                handle: t('views.move'),
                up: t('views.up'),
                down: t('views.down'),
                moved: (place, count) => t('views.moved', { place, count }),
              }}
              onMove={(from, to) => void order(desk, moved(views, from, to))}
              title={(view) => <ViewNameField desk={desk} view={view} />}
              actions={(view) => <ViewButtons desk={desk} view={view} onDeleted={() => setDeleted(view)} />}
            >
              {(view) =>
                mayShare && (
                  <CheckField
                    label={t('views.share')}
                    isChecked={view.isShared}
                    onChange={(isShared) => void change(desk, view, isShared)}
                  />
                )
              }
            </SortableList>
          ) : (
            views.map((view) => (
              <p key={view.id} class={styles.fixed}>
                <bdi>{view.name}</bdi>
                <LinkButton view={view} />
              </p>
            ))
          )}
        </section>
      ))}
    </Dialog>
  );
}

function ViewNameField({ desk, view }: { desk: Desk; view: SavedView }) {
  return (
    <EditInPlace
      label={t('views.name')}
      editLabel={t('views.rename', { name: view.name })}
      value={view.name}
      placeholder={t('views.name')}
      maxLength={60}
      onSave={async (name) => {
        if (name === '') return t('views.nameMissing');
        const reply = await desk.views.change(view.id, { name });
        return reply.ok ? null : errorText(reply.error);
      }}
    />
  );
}

function ViewButtons({ desk, view, onDeleted }: { desk: Desk; view: SavedView; onDeleted: () => void }) {
  const remove = async () => {
    const reply = await desk.views.remove(view.id);
    if (reply.ok) onDeleted();
    else showProblem(reply.error);
  };
  return (
    <>
      <LinkButton view={view} />
      <IconButton icon="x" label={t('views.delete', { name: view.name })} onClick={() => void remove()} />
    </>
  );
}

async function order(desk: Desk, views: readonly SavedView[]): Promise<void> {
  const reply = await desk.views.order(views.map(({ id }) => id));
  if (!reply.ok) showProblem(reply.error);
}

async function change(desk: Desk, { id }: SavedView, isShared: boolean): Promise<void> {
  const reply = await desk.views.change(id, { isShared });
  if (!reply.ok) showProblem(reply.error);
}

/** It comes back under its old address. */
async function restore(desk: Desk, { isMineToChange: _, ownerId: __, ...view }: SavedView): Promise<void> {
  const reply = await desk.views.save(view);
  if (!reply.ok) showProblem(reply.error);
}

function LinkButton({ view }: { view: SavedView }) {
  return <CopyButton text={location.origin + viewPath(view.id)} label={t('views.copyLink')} copiedLabel={t('action.copied')} />;
}
