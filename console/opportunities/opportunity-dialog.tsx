import { nanoid } from 'nanoid';
import { useRef, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { LostReasonList, Opportunity, Pipeline } from '../../shared/opportunity.ts';
import { ContactField } from '../contacts/contact-field.tsx';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { DialogActions } from '../people/dialog-actions.tsx';
import { errorText } from '../texts/error-text.ts';
import { fetchShelf, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CurrencyField } from '../ui/currency-field.tsx';
import { DateField } from '../ui/date-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { late } from '../ui/late.tsx';
import { MoneyField } from '../ui/money-field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import rows from '../ui/rows.module.css';
import { showToast } from '../ui/toast.tsx';
import styles from './opportunity-dialog.module.css';
import { draftOf, isRight, newDraft, type OpportunityDraft, patchOf } from './opportunity-draft.ts';
import { OpportunityEnding } from './opportunity-ending.tsx';

const DocumentShelf = late(async () => {
  const [{ DocumentShelf }] = await Promise.all([import('../documents/document-shelf.tsx'), fetchShelf('timeline')]);
  return DocumentShelf;
});

export interface Seller {
  id: string;
  name: string;
}

interface OpportunityDialogProps {
  http: Http;
  pipelines: readonly Pipeline[];
  sellers: readonly Seller[];
  /** Null: a new one. */
  opportunity: Opportunity | null;
  /** Where a new one begins, and of whom it is, where that is known. */
  begun?: { pipelineId?: string; contact?: { id: string; name: string | null } };
  reasons: LostReasonList['items'];
  mayEdit: boolean;
  /** Documents are shown to whoever may see customer files. */
  maySeeDocuments: boolean;
  onChanged: () => void;
  /** Won: a purchase may follow. */
  onWon?: ((opportunity: Opportunity) => void) | undefined;
  onClose: () => void;
}

/** All that is known of an opportunity. What is typed stays until the server has it. */
export function OpportunityDialog(props: OpportunityDialogProps) {
  const { http, pipelines, sellers, opportunity, begun = {}, mayEdit, maySeeDocuments, onChanged, onClose } = props;
  const id = useRef(opportunity?.id ?? nanoid());
  const [draft, setDraft] = useState(() => (opportunity ? draftOf(opportunity) : newDraft(pipelines, begun)));
  const [isTried, setTried] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setBusy] = useState(false);
  const change = (some: Partial<OpportunityDraft>) => setDraft((held) => ({ ...held, ...some }));
  const pipeline = pipelines.find((one) => one.id === draft.pipelineId);
  const stage = pipeline?.stages.find((one) => one.id === draft.stageId);

  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (!isRight(draft) || isBusy) return;
    setBusy(true);
    const reply = opportunity
      ? await http.patch<Opportunity>(`/opportunities/${opportunity.id}`, { version: opportunity.version, ...patchOf(draft) })
      : await http.post<Opportunity>('/opportunities', {
          id: id.current,
          pipelineId: draft.pipelineId,
          stageId: draft.stageId,
          ...patchOf(draft),
        });
    const isMoved = reply.ok && opportunity !== null && draft.stageId !== opportunity.stageId;
    const moved = isMoved
      ? await http.post<Opportunity>(`/opportunities/${opportunity.id}/move`, {
          from: { stageId: opportunity.stageId, status: opportunity.status },
          stageId: draft.stageId,
          afterId: null,
        })
      : reply;
    setBusy(false);
    setError(moved.ok ? null : moved.error);
    if (!moved.ok) return;
    showToast({ text: t('opportunities.saved') });
    onChanged();
    onClose();
  };

  return (
    <Dialog
      title={t(opportunity ? 'opportunities.edit' : 'opportunities.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        mayEdit ? (
          <DialogActions form="opportunity" submit={t('action.save')} isBusy={isBusy} onCancel={onClose} />
        ) : (
          <Button onClick={onClose}>{t('action.close')}</Button>
        )
      }
    >
      <form id="opportunity" class={rows.form} noValidate onSubmit={submit}>
        <fieldset class={styles.fields} disabled={!mayEdit}>
          <TextField
            label={t('opportunities.name')}
            maxLength={200}
            autoComplete="off"
            value={draft.name}
            error={isTried && draft.name.trim() === '' ? t('opportunities.nameMissing') : undefined}
            onInput={(name) => change({ name })}
          />
          {opportunity || begun.contact ? (
            <p class={styles.contact}>
              <span>{t('opportunities.contact')}</span>
              <a href={`/console/contacts/${draft.contact?.id}`}>
                <bdi>{draft.contact && contactName(draft.contact)}</bdi>
              </a>
            </p>
          ) : (
            <ContactField
              http={http}
              chosen={draft.contact}
              error={isTried && !draft.contact ? t('opportunities.contactMissing') : undefined}
              words={{
                label: t('opportunities.contact'),
                placeholder: t('opportunities.contactFind'),
                hint: t('opportunities.contactHint'),
                nothing: t('opportunities.contactNothing'),
                clear: (name) => t('opportunities.contactClear', { name }),
              }}
              onChoose={(contact) => change({ contact })}
            />
          )}
          <div class={styles.pair}>
            {!opportunity && pipelines.length > 1 && (
              <SelectField
                label={t('opportunities.pipeline')}
                value={draft.pipelineId}
                options={pipelines.map(({ id: value, name: label }) => ({ value, label }))}
                onChoose={(pipelineId) => change(newDraft(pipelines, { pipelineId, held: draft }))}
              />
            )}
            <SelectField
              label={t('opportunities.stage')}
              value={draft.stageId}
              options={(pipeline?.stages ?? []).map(({ id: value, name: label }) => ({ value, label }))}
              onChoose={(stageId) => change({ stageId })}
            />
            <SelectField
              label={t('opportunities.owner')}
              value={draft.ownerId ?? ''}
              options={[
                { value: '', label: t('opportunities.nobody') },
                ...sellers.map(({ id: value, name: label }) => ({ value, label })),
              ]}
              onChoose={(ownerId) => change({ ownerId: ownerId || null })}
            />
          </div>
          <div class={styles.pair}>
            <MoneyField
              label={t('opportunities.amount')}
              currency={draft.currency}
              amount={draft.amount}
              error={isTried && (Number.isNaN(draft.amount) || (draft.amount ?? 0) < 0) ? t('purchases.amountWrong') : undefined}
              onChange={(amount) => change({ amount })}
            />
            <CurrencyField label={t('purchases.currency')} value={draft.currency} onChoose={(currency) => change({ currency })} />
          </div>
          <div class={styles.pair}>
            <DateField
              label={t('opportunities.expected')}
              value={draft.expectedCloseOn}
              onChange={(expectedCloseOn) => change({ expectedCloseOn })}
            />
            <NumberField
              label={t('opportunities.probability')}
              value={draft.probability}
              min={0}
              max={100}
              placeholder={t('opportunities.ofStage', { percent: stage?.probability ?? 0 })}
              wrong={t('opportunities.probabilityWrong')}
              onChange={(probability) => change({ probability })}
            />
          </div>
          <TextAreaField label={t('purchases.note')} rows={2} maxLength={4_000} value={draft.note} onInput={(note) => change({ note })} />
        </fieldset>
        {error && (
          <p class={rows.error} role="alert">
            {error.code === 'stale' ? t('opportunities.stale') : errorText(error)}
          </p>
        )}
        {opportunity && <OpportunityEnding {...props} opportunity={opportunity} />}
      </form>
      {opportunity && maySeeDocuments && (
        <div class={styles.documents}>
          <DocumentShelf
            http={http}
            place={{ entity: 'opportunity', entityId: opportunity.id, contactId: opportunity.contact.id }}
            mayAdd={mayEdit}
            mayChange={() => mayEdit}
            look="dialog"
          />
        </div>
      )}
    </Dialog>
  );
}
