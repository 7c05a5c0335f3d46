import { useState } from 'preact/hooks';
import { type CustomField, type FieldEntity, fieldEntities } from '../../shared/custom-fields.ts';
import type { CustomerRules } from '../../shared/purchase.ts';
import type { Role } from '../../shared/role.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { ArchivedFields } from './archived-fields.tsx';
import { FieldDialog } from './field-dialog.tsx';
import { FieldList } from './field-list.tsx';
import { replaced } from './field-shelf.ts';

/** The fields that files have beyond the fixed ones, by what they are of. */
export function FieldSettings({ http }: { http: Http }) {
  const [entity, setEntity] = useState<FieldEntity>('contact');
  const [open, setOpen] = useState<'new' | CustomField | null>(null);
  const { value, error, reload, put } = useRemote(() => http.get<{ items: CustomField[] }>('/fields', { include: 'all' }), []);
  // Who may not see the roles names none.
  const roles = useRemote(() => http.get<{ items: Role[] }>('/roles'), []);
  const rules = useRemote(() => http.get<CustomerRules>('/customer-rules'), []);
  const own = (value?.items ?? []).filter((field) => field.entity === entity);
  const live = own.filter(({ archivedAt }) => archivedAt === null);
  const take = (field: CustomField) => value && put({ items: replaced(value.items, field) });
  const archive = async (field: CustomField, isArchived: boolean) => {
    const reply = await http.patch<CustomField>(`/fields/${field.id}`, { isArchived });
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    take(reply.data);
    if (!isArchived) return undefined;
    const undo = { label: t('action.undo'), run: () => void archive(reply.data, false) };
    return showToast({ text: t('fields.archiveDone', { name: field.name }), action: undo });
  };
  const add = (
    <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
      {t('fields.add')}
    </Button>
  );
  return (
    <Card title={t('fields.title')} text={t('fields.hint')} action={add}>
      <Segmented
        label={t('fields.entityLabel')}
        value={entity}
        options={fieldEntities.map((one) => ({ value: one, label: t(`fields.entity.${one}`) }))}
        onChoose={setEntity}
      />
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!value && !error && <Skeleton rows={4} label={t('state.loading')} />}
      {value && live.length === 0 && <EmptyState icon="clipboard-list" title={t('fields.none')} text={t('fields.noneHint')} />}
      {value && live.length > 0 && (
        <FieldList
          http={http}
          entity={entity}
          fields={live}
          roles={roles.value?.items ?? []}
          onOpen={setOpen}
          onOrder={(ordered) => put({ items: [...value.items.filter((field) => !ordered.includes(field)), ...ordered] })}
          onReload={reload}
        />
      )}
      <ArchivedFields fields={own.filter(({ archivedAt }) => archivedAt !== null)} onRestore={(field) => void archive(field, false)} />
      {open && (rules.value ?? rules.error) && (
        <FieldDialog
          http={http}
          entity={entity}
          field={open === 'new' ? null : open}
          roles={roles.value?.items ?? []}
          currency={rules.value?.currency ?? ''}
          onArchive={(field) => {
            setOpen(null);
            void archive(field, true);
          }}
          onSaved={(field) => {
            setOpen(null);
            take(field);
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}
