import { useEffect, useState } from 'preact/hooks';
import type { BulkChange } from '../../shared/bulk.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { late } from '../ui/late.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { assignChoices } from './assign-choices.tsx';
import { changeChosen, refusedText, UNASKED_MAX } from './bulk-actions.ts';
import styles from './bulk-bar.module.css';
import { BulkProgress } from './bulk-progress.tsx';
import { countText } from './count-text.ts';
import type { Desk } from './desk.ts';
import type { ViewName } from './list-views.ts';
import { snoozeChoices } from './snooze-choices.ts';

const BulkConfirm = late(async () => (await import('./bulk-confirm.tsx')).BulkConfirm);
const BulkTagForm = late(async () => (await import('./bulk-tag-form.tsx')).BulkTagForm);

interface BulkBarProps {
  desk: Desk;
  view: ViewName;
  mayReply: boolean;
  mayAssign: boolean;
}

/** Takes the heading's place while conversations are chosen: how many, and what can be done with them. */
export function BulkBar({ desk, view, mayReply, mayAssign }: BulkBarProps) {
  const { bulk } = desk;
  const [isTagging, setIsTagging] = useState(false);
  const count = bulk.chosen.value.size;
  const asked = bulk.wished.value;
  const mustAsk = count > UNASKED_MAX;
  const run = (change: BulkChange) => bulk.wish(change);
  useEffect(() => {
    if (!asked || mustAsk) return;
    bulk.wish(null);
    void changeChosen(desk, asked);
  }, [asked, mustAsk, bulk, desk]);
  if (bulk.run.value) return <BulkProgress bulk={bulk} run={bulk.run.value} />;

  const moreItems: MenuItem[] = [
    ...(mayReply
      ? [{ key: 'reopen', label: t('conversation.reopen'), icon: 'rotate-ccw', onSelect: () => run({ kind: 'reopen' }) } as const]
      : []),
    { key: 'read', label: t('bulk.markRead'), icon: 'mail-open', onSelect: () => run({ kind: 'read' }) },
  ];
  return (
    <div class={styles.bar} role="toolbar" aria-label={t('bulk.label')}>
      <IconButton icon="x" label={t('bulk.clear')} onClick={() => bulk.clear()} />
      <div class={styles.what}>
        <p class={styles.count} role="status">
          {t('bulk.chosen', { count })}
        </p>
        <AllInView desk={desk} view={view} />
      </div>
      {count > 0 && (
        <div class={styles.actions}>
          {mayAssign && (
            <Menu
              label={t('assign.label')}
              align="end"
              items={assignChoices(desk, {
                onAgent: (agentId) => run({ kind: 'assign', agentId }),
                onTeam: ({ id }) => run({ kind: 'assign', teamId: id, agentId: null }),
              })}
              trigger={({ ref, ...props }) => <IconButton {...props} ref={ref} icon="user-plus" label={t('assign.label')} />}
            />
          )}
          {mayReply && <IconButton icon="tag" label={t('tags.label')} isPressed={isTagging} onClick={() => setIsTagging(!isTagging)} />}
          {mayReply && (
            <Menu
              label={t('snooze.label')}
              align="end"
              items={snoozeChoices((until) => run({ kind: 'snooze', until }))}
              trigger={({ ref, ...props }) => <IconButton {...props} ref={ref} icon="alarm-clock" label={t('snooze.label')} />}
            />
          )}
          {mayReply && (
            <IconButton icon="check" label={t('conversation.resolve')} look="secondary" onClick={() => run({ kind: 'resolve' })} />
          )}
          <Menu
            label={t('bulk.more')}
            align="end"
            items={moreItems}
            trigger={({ ref, ...props }) => <IconButton {...props} ref={ref} icon="chevron-down" label={t('bulk.more')} />}
          />
        </div>
      )}
      {bulk.refused.value.size > 0 && (
        <p class={styles.refused} role="alert">
          {refusedText(bulk.refused.value)}
        </p>
      )}
      {isTagging && count > 0 && (
        <BulkTagForm
          desk={desk}
          onClose={() => setIsTagging(false)}
          onChange={(change) => {
            setIsTagging(false);
            run(change);
          }}
        />
      )}
      {asked && mustAsk && (
        <BulkConfirm
          change={asked}
          count={count}
          onClose={() => bulk.wish(null)}
          onConfirm={() => {
            bulk.wish(null);
            void changeChosen(desk, asked);
          }}
        />
      )}
    </div>
  );
}

/** Everything that is on screen is chosen, and there is more. */
function AllInView({ desk, view }: { desk: Desk; view: ViewName }) {
  const asked = desk.views.asked(view);
  if (!asked) return null;
  const shown = desk.list.shown(asked);
  const ids = shown.ids.value;
  const chosen = desk.bulk.chosen.value;
  if (ids.length === 0) return null;
  if (!ids.every((id) => chosen.has(id))) {
    return (
      <button type="button" class={styles.all} onClick={() => desk.bulk.choose(ids)}>
        {t('bulk.chooseShown', { count: ids.length })}
      </button>
    );
  }
  if (shown.isComplete.value || chosen.size > ids.length) return null;
  const count = desk.views.count(view);
  return (
    <button type="button" class={styles.all} onClick={() => void desk.bulk.chooseAll(asked)}>
      {count ? t('bulk.chooseCounted', { number: countText(count) }) : t('bulk.chooseAll')}
    </button>
  );
}
