import { useState } from 'preact/hooks';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { Role, RolePatch } from '../../shared/role.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { RoleDialog } from './role-dialog.tsx';
import { RoleMatrix } from './role-matrix.tsx';

/** What each role allows, by clicking. A click is stored at once, and takes effect at once. */
export function RoleSettings({ http, me }: { http: Http; me: SignedInAgent }) {
  const { value, error, reload, put } = useRemote(() => http.get<{ items: Role[] }>('/roles'), []);
  const [open, setOpen] = useState<'new' | Role | null>(null);
  const change = async (role: Role, patch: RolePatch) => {
    const reply = await http.patch<Role>(`/roles/${role.id}`, patch);
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    if (value) put({ items: value.items.map((held) => (held.id === role.id ? reply.data : held)) });
  };
  return (
    <Card
      title={t('settings.roles')}
      text={t('roles.hint')}
      action={
        <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
          {t('roles.add')}
        </Button>
      }
    >
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!value && !error && <Skeleton rows={6} label={t('state.loading')} />}
      {value && <RoleMatrix roles={value.items} me={me} onChange={(role, patch) => void change(role, patch)} onEdit={setOpen} />}
      {open && value && (
        <RoleDialog
          http={http}
          role={open === 'new' ? null : open}
          roles={value.items}
          me={me}
          onClose={() => setOpen(null)}
          onChanged={() => {
            setOpen(null);
            reload();
          }}
        />
      )}
    </Card>
  );
}
