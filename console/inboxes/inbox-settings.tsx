import { useState } from 'preact/hooks';
import type { Inbox } from '../../shared/inbox.ts';
import { LeaveDialog } from '../editing/leave-dialog.tsx';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { DeleteInboxDialog } from './delete-inbox-dialog.tsx';
import { InboxEditor } from './inbox-editor.tsx';
import { editsOf } from './inbox-edits.ts';
import { InboxList } from './inbox-list.tsx';
import { NewInboxDialog } from './new-inbox-dialog.tsx';

interface InboxSettingsProps {
  http: Http;
  agentId: string;
  serverUrl: string;
}

/** Every inbox: which there are, and one of them to set up. */
export function InboxSettings({ http, agentId, serverUrl }: InboxSettingsProps) {
  const { value, error, reload, put } = useRemote(() => http.get<{ items: Inbox[] }>('/inboxes'), []);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'new' | 'delete' | null>(null);
  if (error) {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
        <Button onClick={reload}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (!value) return <Skeleton rows={5} label={t('state.loading')} />;
  const all = value.items.map((inbox) => editsOf(http, agentId, inbox));
  const chosen = all.find(({ id }) => id === chosenId) ?? all[0];
  if (!chosen) return null;
  const added = (inbox: Inbox) => {
    setDialog(null);
    put({ items: [...value.items, inbox] });
    setChosenId(inbox.id);
    showToast({ text: t('inbox.added', { name: inbox.name }) });
  };
  const deleted = () => {
    setDialog(null);
    chosen.discard();
    put({ items: value.items.filter(({ id }) => id !== chosen.id) });
    setChosenId(null);
    showToast({ text: t('inbox.deleted', { name: chosen.saved.value.name }) });
  };
  return (
    <>
      <InboxList all={all} chosenId={chosen.id} serverUrl={serverUrl} onChoose={setChosenId} onAdd={() => setDialog('new')} />
      <InboxEditor
        key={chosen.id}
        http={http}
        edits={chosen}
        serverUrl={serverUrl}
        onDelete={all.length > 1 ? () => setDialog('delete') : undefined}
      />
      {dialog === 'new' && <NewInboxDialog http={http} onAdded={added} onClose={() => setDialog(null)} />}
      {dialog === 'delete' && (
        <DeleteInboxDialog http={http} inbox={chosen.saved.value} onDeleted={deleted} onClose={() => setDialog(null)} />
      )}
      <LeaveDialog all={all} text={t('inbox.leaveText')} keptText={t('inbox.kept')} />
    </>
  );
}
