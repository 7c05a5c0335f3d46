import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import { type Consent, type ConsentKind, type ConsentWay, consentKinds, consentWays } from '../../shared/consent.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SelectField, TextAreaField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import type { CardRowProps } from './card-row.ts';
import { ConsentRecord } from './consent-record.tsx';

/** Everything that the person has agreed to or taken back, and another record. Nothing here is ever overwritten. */
export function ConsentDialog({ edits, mayEdit, onClose }: CardRowProps & { onClose: () => void }) {
  const { http, contact } = edits;
  const at = `/contacts/${contact.id}/consents`;
  const records = useRemotePages<Consent>((cursor) => http.get(at, { cursor: cursor ?? undefined }), [at]);
  const [draft, setDraft] = useState(() => ({ id: nanoid(), ...first }));
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const reply = await http.post<Consent>(at, { ...draft, text: draft.text.trim() || null });
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    records.patch((items) => [reply.data, ...items.filter(({ id }) => id !== reply.data.id)]);
    setDraft({ id: nanoid(), ...first, kind: draft.kind });
    // The card tells what holds for the chat's own form.
    void edits.send(http.get<Contact>(`/contacts/${contact.id}`));
  };
  return (
    <Dialog
      title={t('consent.title')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.close')}</Button>
          {mayEdit && (
            <Button type="submit" form="consent" look="primary" isBusy={isBusy}>
              {t('consent.save')}
            </Button>
          )}
        </>
      }
    >
      {mayEdit && (
        <form id="consent" class={rows.form} onSubmit={save}>
          <SelectField
            label={t('consent.kind')}
            value={draft.kind}
            options={consentKinds.map((kind) => ({ value: kind, label: t(`consent.kind.${kind}`) }))}
            onChoose={(kind) => setDraft({ ...draft, kind })}
          />
          <Segmented
            label={t('consent.isGiven')}
            value={draft.isGiven ? 'given' : 'withdrawn'}
            options={[
              { value: 'given', label: t('consent.given'), icon: 'check' },
              { value: 'withdrawn', label: t('consent.withdrawn'), icon: 'x' },
            ]}
            onChoose={(value) => setDraft({ ...draft, isGiven: value === 'given' })}
          />
          <SelectField
            label={t('consent.how')}
            value={draft.how}
            options={consentWays.filter((way) => way !== 'form').map((way) => ({ value: way, label: t(`consent.how.${way}`) }))}
            onChoose={(how) => setDraft({ ...draft, how })}
          />
          <TextAreaField
            label={t('consent.text')}
            hint={t('consent.textHint')}
            rows={2}
            maxLength={1_000}
            value={draft.text}
            onInput={(text) => setDraft({ ...draft, text })}
          />
          {error && (
            <p class={rows.error} role="alert">
              {errorText(error)}
            </p>
          )}
        </form>
      )}
      {records.phase === 'loading' && records.items.length === 0 && <Skeleton rows={2} label={t('state.loading')} />}
      {records.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(records.error)}>
          <Button onClick={records.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {records.phase === 'idle' && !records.error && records.items.length === 0 && <p class={rows.soft}>{t('consent.none')}</p>}
      <ul class={rows.rows} aria-label={t('consent.title')}>
        {records.items.map((record) => (
          <ConsentRecord key={record.id} record={record} />
        ))}
      </ul>
      {records.hasMore && <Button onClick={records.loadMore}>{t('action.more')}</Button>}
    </Dialog>
  );
}

const first = { kind: 'email' as ConsentKind, isGiven: true, how: 'phone' as Exclude<ConsentWay, 'form'>, text: '' };
