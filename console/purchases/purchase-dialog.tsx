import { nanoid } from 'nanoid';
import { useRef, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import { type Purchase, purchaseStatuses } from '../../shared/purchase.ts';
import type { Http } from '../http.ts';
import { DialogActions } from '../people/dialog-actions.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { Button } from '../ui/button.tsx';
import { CurrencyField } from '../ui/currency-field.tsx';
import { DateField } from '../ui/date-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { MoneyField } from '../ui/money-field.tsx';
import rows from '../ui/rows.module.css';
import { showToast } from '../ui/toast.tsx';
import styles from './purchase-dialog.module.css';
import { contentOf, draftOf, faultOf, newDraft, newLine, type PurchaseDraft, sumOf } from './purchase-draft.ts';
import { PurchaseHistory } from './purchase-history-list.tsx';
import { PurchaseLines } from './purchase-lines.tsx';
import { RemovePurchase } from './remove-purchase.tsx';

interface PurchaseDialogProps {
  http: Http;
  contactId: string;
  /** Null: a new one. */
  purchase: Purchase | null;
  /** Of a new one. */
  currency: string;
  /** What a new one begins with. */
  begun?: Partial<PurchaseDraft> & { opportunityId?: string };
  mayEdit: boolean;
  onChanged: () => void;
  onClose: () => void;
}

/** A purchase with its lines. What is typed stays until the server has it. */
export function PurchaseDialog({ http, contactId, purchase, currency, begun = {}, mayEdit, onChanged, onClose }: PurchaseDialogProps) {
  const { opportunityId, ...first } = begun;
  const id = useRef(purchase?.id ?? nanoid());
  const [draft, setDraft] = useState(() => (purchase ? draftOf(purchase) : newDraft(currency, Date.now(), first)));
  const [isTried, setTried] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setBusy] = useState(false);
  const fault = faultOf(draft);
  const sum = sumOf(draft);
  const change = (some: Partial<PurchaseDraft>) => setDraft((held) => ({ ...held, ...some }));

  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (fault !== null || isBusy) return;
    setBusy(true);
    const content = contentOf(draft);
    const reply = purchase
      ? await http.patch<Purchase>(`/purchases/${purchase.id}`, { version: purchase.version, ...content })
      : await http.post<Purchase>('/purchases', { id: id.current, contactId, ...(opportunityId && { opportunityId }), ...content });
    setBusy(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    showToast({ text: t('purchases.saved') });
    onChanged();
    onClose();
  };

  return (
    <Dialog
      title={t(purchase ? 'purchases.edit' : 'purchases.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        mayEdit ? (
          <DialogActions form="purchase" submit={t('action.save')} isBusy={isBusy} onCancel={onClose} />
        ) : (
          <Button onClick={onClose}>{t('action.close')}</Button>
        )
      }
    >
      <form id="purchase" class={rows.form} noValidate onSubmit={submit}>
        <fieldset class={styles.fields} disabled={!mayEdit}>
          <div class={styles.pair}>
            <DateField
              label={t('purchases.date')}
              value={draft.on}
              error={isTried && fault === 'at' ? t('purchases.dateMissing') : undefined}
              onChange={(on) => change({ on })}
            />
            <SelectField
              label={t('purchases.status')}
              value={draft.status}
              options={purchaseStatuses.map((value) => ({ value, label: t(`purchases.status.${value}`) }))}
              onChoose={(status) => change({ status })}
            />
          </div>
          <div class={styles.pair}>
            <TextField
              label={t('purchases.number')}
              maxLength={100}
              autoComplete="off"
              value={draft.number}
              onInput={(number) => change({ number })}
            />
            <CurrencyField label={t('purchases.currency')} value={draft.currency} onChoose={(next) => change({ currency: next })} />
          </div>
          <PurchaseLines
            lines={draft.lines}
            currency={draft.currency}
            fault={isTried ? fault : null}
            mayEdit={mayEdit}
            onChange={(lines) => change({ lines })}
          />
          {draft.lines.length === 0 && (
            <MoneyField
              label={t('purchases.total')}
              currency={draft.currency}
              amount={draft.total}
              error={isTried && fault === 'total' ? t('purchases.amountWrong') : undefined}
              onChange={(total) => change({ total })}
            />
          )}
          {mayEdit && (
            <Button class={styles.add} size="small" icon="plus" onClick={() => change({ lines: [...draft.lines, newLine()] })}>
              {t('purchases.addLine')}
            </Button>
          )}
          <TextAreaField label={t('purchases.note')} rows={2} maxLength={4_000} value={draft.note} onInput={(note) => change({ note })} />
        </fieldset>
        <p class={styles.total}>
          <span>{t('purchases.total')}</span>
          <output>{sum === null ? '—' : amountText({ amount: sum, currency: draft.currency })}</output>
        </p>
        {error && (
          <p class={rows.error} role="alert">
            {error.code === 'stale' ? t('purchases.stale') : errorText(error)}
          </p>
        )}
        {purchase && <PurchaseHistory http={http} id={purchase.id} />}
        {purchase && mayEdit && (
          <RemovePurchase
            http={http}
            purchase={purchase}
            onRemoved={() => {
              onChanged();
              onClose();
            }}
          />
        )}
      </form>
    </Dialog>
  );
}
