import { useRef, useState } from 'preact/hooks';
import type { SlaPolicy } from '../../shared/sla.ts';
import type { TicketCategory } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { categoryName, inTree } from '../tickets/choice-shelf.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { PolicyEditor } from './policy-editor.tsx';
import { PolicyList } from './policy-list.tsx';
import type { Named } from './sla-parts.ts';

/** What is promised to customers: the policies in their order, or one of them being changed. */
export function SlaScreen({ http }: { http: Http }) {
  const [open, setOpen] = useState<SlaPolicy | 'new' | null>(null);
  const hasEdited = useRef(false);
  if (open !== null) hasEdited.current = true;
  const { value, error, reload, put } = useRemote(async () => {
    const [policies, teams, inboxes, categories] = await Promise.all([
      http.get<{ items: SlaPolicy[] }>('/sla-policies'),
      http.get<{ items: Named[] }>('/teams'),
      http.get<{ items: Named[] }>('/inboxes'),
      http.get<{ items: TicketCategory[] }>('/ticket-categories'),
    ]);
    if (!policies.ok) return policies;
    if (!teams.ok) return teams;
    if (!inboxes.ok) return inboxes;
    // Who may not see tickets makes promises for chats all the same.
    const known = categories.ok ? categories.data.items : [];
    const ticketCategories = inTree(known).map(({ id }) => ({ id, name: categoryName(known, id) }));
    return {
      ok: true as const,
      data: { policies: policies.data.items, teams: teams.data.items, inboxes: inboxes.data.items, ticketCategories },
    };
  }, []);
  if (error && !value) {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
        <Button onClick={reload}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (!value) return <Skeleton rows={4} label={t('state.loading')} />;
  const { policies, ...places } = value;
  const show = (next: readonly SlaPolicy[]) => put({ ...value, policies: [...next] });
  if (open !== null) {
    return (
      <PolicyEditor
        key={open === 'new' ? 'new' : `${open.id}:${open.version}`}
        http={http}
        places={places}
        policy={open === 'new' ? null : open}
        onSaved={(saved) => {
          show(
            policies.some(({ id }) => id === saved.id) ? policies.map((one) => (one.id === saved.id ? saved : one)) : [...policies, saved],
          );
          setOpen(null);
        }}
        onRemoved={(id) => {
          show(policies.filter((one) => one.id !== id));
          setOpen(null);
        }}
        onTheirs={(theirs) => {
          show(policies.map((one) => (one.id === theirs.id ? theirs : one)));
          setOpen(theirs);
        }}
        onCancel={() => setOpen(null)}
      />
    );
  }
  return (
    <PolicyList
      http={http}
      places={places}
      policies={policies}
      onChanged={show}
      onReload={reload}
      onOpen={setOpen}
      isBack={hasEdited.current}
    />
  );
}
