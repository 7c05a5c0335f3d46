import { useEffect, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { CustomerRules } from '../../shared/purchase.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { CurrencyField } from '../ui/currency-field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import rows from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';

/** When a lead is a customer, when a customer has lapsed, and in which currency customers are valued. */
export function RulesCard({ http }: { http: Http }) {
  const { value, error, reload, put } = useRemote(() => http.get<CustomerRules>('/customer-rules'), []);
  const [draft, setDraft] = useState<CustomerRules | null>(null);
  const [refusal, setRefusal] = useState<ErrorReply | null>(null);
  useEffect(() => setDraft(value), [value]);
  const save = async (event: Event) => {
    event.preventDefault();
    const reply = await http.put<CustomerRules>('/customer-rules', draft);
    setRefusal(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    put(reply.data);
    showToast({ text: t('rules.saved') });
  };
  const change = (some: Partial<CustomerRules>) => setDraft((held) => held && { ...held, ...some });
  return (
    <Card title={t('rules.title')} text={t('rules.hint')}>
      {error && (
        <p class={rows.error} role="alert">
          {errorText(error)} <Button onClick={reload}>{t('action.retry')}</Button>
        </p>
      )}
      {!draft && !error && <Skeleton rows={2} label={t('state.loading')} />}
      {draft && (
        <form class={rows.form} onSubmit={save}>
          <CurrencyField
            label={t('rules.currency')}
            hint={t('rules.currencyHint')}
            value={draft.currency}
            onChoose={(currency) => change({ currency })}
          />
          <CheckField
            label={t('rules.isLeadUntilPurchase')}
            isChecked={draft.isLeadUntilPurchase}
            onChange={(isLeadUntilPurchase) => change({ isLeadUntilPurchase })}
          />
          <CheckField
            label={t('rules.lapses')}
            isChecked={draft.lapseAfterDays !== null}
            onChange={(lapses) => change({ lapseAfterDays: lapses ? 365 : null })}
          />
          {draft.lapseAfterDays !== null && (
            <NumberField
              label={t('rules.lapseAfter')}
              hint={t('rules.lapseHint')}
              value={draft.lapseAfterDays}
              min={1}
              max={3_650}
              wrong={t('rules.lapseWrong')}
              onChange={(lapseAfterDays) => change({ lapseAfterDays: lapseAfterDays ?? 365 })}
            />
          )}
          {refusal && (
            <p class={rows.error} role="alert">
              {errorText(refusal)}
            </p>
          )}
          <div class={rows.actions}>
            <Button type="submit" look="primary">
              {t('action.save')}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
