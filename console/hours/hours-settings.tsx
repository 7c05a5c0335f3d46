import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { Team } from '../../shared/team.ts';
import { LeaveDialog } from '../editing/leave-dialog.tsx';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { DeleteHoursDialog } from './delete-hours-dialog.tsx';
import type { HoursDraft } from './hours-draft.ts';
import { HoursEditor } from './hours-editor.tsx';
import type { HoursEdits } from './hours-edits.ts';
import { HoursHeader } from './hours-header.tsx';
import { HoursList } from './hours-list.tsx';
import { hoursPath } from './hours-path.ts';
import { hoursShelf } from './hours-shelf.ts';
import { copyOf } from './hours-templates.ts';

/** All business hours: which there are, and one of them to set up. */
export function HoursSettings({ http, agentId }: { http: Http; agentId: string }) {
  const { query, route } = useLocation();
  const hours = useRemote(() => http.get<{ items: BusinessHours[] }>('/business-hours'), []);
  const inboxes = useRemote(() => http.get<{ items: Inbox[] }>('/inboxes'), []);
  const teams = useRemote(() => http.get<{ items: Team[] }>('/teams'), []);
  const [isDeleting, setIsDeleting] = useState(false);
  const error = hours.error ?? inboxes.error ?? teams.error;
  if (error) {
    const retry = () => {
      for (const one of [hours, inboxes, teams]) one.reload();
    };
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
        <Button onClick={retry}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (!hours.value || !inboxes.value || !teams.value) return <Skeleton rows={5} label={t('state.loading')} />;
  const places = { inboxes: inboxes.value.items, teams: teams.value.items };
  const shelf = hoursShelf(http, agentId);
  const kept = hours.value.items.map((one) => shelf.editsOf(one));
  // What was saved a moment ago is in the list with its next reading.
  const isShown = ({ id, saved }: HoursEdits) => !saved.value || [id, saved.value.id].includes(query.id ?? '');
  const begun = shelf.begun.value.filter((edits) => !kept.includes(edits) && isShown(edits));
  const all = [...kept, ...begun];
  const chosen = all.find(({ id, saved }) => id === query.id || (query.id !== undefined && saved.value?.id === query.id));
  const begin = (draft: HoursDraft) => route(hoursPath(shelf.begin(draft).id));
  const back = () => route(hoursPath());
  const discard = (edits: HoursEdits) => () => {
    if (edits.saved.value) return edits.discard();
    const takeBack = shelf.drop(edits);
    back();
    return () => {
      takeBack();
      route(hoursPath(edits.id));
    };
  };
  return (
    <>
      {!chosen && <HoursList {...places} all={all} onBegin={begin} />}
      {chosen && (
        <>
          <HoursHeader
            edits={chosen}
            onCopy={() => begin(copyOf(chosen.draft.value))}
            onDelete={chosen.saved.value ? () => setIsDeleting(true) : undefined}
          />
          <HoursEditor
            key={chosen.id}
            {...places}
            http={http}
            edits={{ ...chosen, discard: discard(chosen) }}
            all={hours.value.items}
            onSaved={(fresh) => {
              hours.reload();
              route(hoursPath(fresh.id), true);
            }}
          />
        </>
      )}
      {chosen?.saved.value && isDeleting && (
        <DeleteHoursDialog
          {...places}
          http={http}
          hours={chosen.saved.value}
          onDeleted={(gone) => {
            setIsDeleting(false);
            chosen.discard();
            shelf.drop(chosen);
            hours.put({ items: hours.value?.items.filter(({ id }) => id !== gone.id) ?? [] });
            back();
            showToast({ text: t('hours.deleted', { name: gone.name }) });
          }}
          onClose={() => setIsDeleting(false)}
        />
      )}
      <LeaveDialog
        all={all.map((edits) => ({ changed: edits.changed, discard: () => (edits.saved.value ? edits.discard() : shelf.drop(edits)) }))}
        text={t('hours.leaveText')}
        keptText={t('hours.kept')}
      />
    </>
  );
}
