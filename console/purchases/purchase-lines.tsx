import { quantitySchema } from '../../shared/purchase.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { DateField } from '../ui/date-field.tsx';
import { TextField } from '../ui/field.tsx';
import { MoneyField } from '../ui/money-field.tsx';
import styles from './purchase-dialog.module.css';
import { type DraftFault, type LineDraft, sumOfLine } from './purchase-draft.ts';

interface PurchaseLinesProps {
  lines: readonly LineDraft[];
  currency: string;
  fault: DraftFault | null;
  mayEdit: boolean;
  onChange: (lines: LineDraft[]) => void;
}

export function PurchaseLines({ lines, currency, fault, mayEdit, onChange }: PurchaseLinesProps) {
  return (
    <ol class={styles.lines}>
      {lines.map((line, at) => (
        <li key={line.key}>
          <OneLine
            line={line}
            at={at}
            currency={currency}
            isWrong={fault === line.key}
            mayEdit={mayEdit}
            onChange={(some) => onChange(lines.map((one) => (one.key === line.key ? { ...one, ...some } : one)))}
            onRemove={() => onChange(lines.filter((one) => one.key !== line.key))}
          />
        </li>
      ))}
    </ol>
  );
}

interface OneLineProps {
  line: LineDraft;
  at: number;
  currency: string;
  isWrong: boolean;
  mayEdit: boolean;
  onChange: (some: Partial<LineDraft>) => void;
  onRemove: () => void;
}

function OneLine({ line, at, currency, isWrong, mayEdit, onChange, onRemove }: OneLineProps) {
  const { product, quantity, unitPrice, total, startsOn, endsOn } = line;
  const sum = sumOfLine(line);
  const runs = startsOn !== null || endsOn !== null;
  const isQuantity = quantitySchema.safeParse(quantity).success;
  const isBackwards = startsOn !== null && endsOn !== null && endsOn < startsOn;
  return (
    <fieldset class={styles.line}>
      <legend class="visually-hidden">{t('purchases.line', { number: at + 1 })}</legend>
      <div class={styles.product}>
        <TextField
          label={t('purchases.product')}
          maxLength={200}
          autoComplete="off"
          value={product}
          error={isWrong && product.trim() === '' ? t('purchases.productMissing') : undefined}
          onInput={(next) => onChange({ product: next })}
        />
        {mayEdit && <IconButton icon="trash-2" label={t('purchases.removeLine', { number: at + 1 })} onClick={onRemove} />}
      </div>
      <div class={styles.triple}>
        <TextField
          label={t('purchases.quantity')}
          dir="ltr"
          maxLength={13}
          autoComplete="off"
          value={quantity}
          error={isQuantity ? undefined : t('purchases.quantityWrong')}
          onInput={(next) => onChange({ quantity: next.replace(',', '.') })}
        />
        <MoneyField
          label={t('purchases.price')}
          currency={currency}
          amount={unitPrice}
          error={isWrong && (unitPrice === null || Number.isNaN(unitPrice)) ? t('purchases.amountWrong') : undefined}
          onChange={(next) => onChange({ unitPrice: next, total: null })}
        />
        <p class={styles.sum}>
          <span>{t('purchases.lineTotal')}</span>
          <output>{sum === null ? '—' : amountText({ amount: sum, currency })}</output>
          {total !== null && <span class="visually-hidden">{t('purchases.agreed')}</span>}
        </p>
      </div>
      {runs ? (
        <div class={styles.pair}>
          <DateField label={t('purchases.starts')} value={startsOn} onChange={(next) => onChange({ startsOn: next })} />
          <DateField
            label={t('purchases.ends')}
            value={endsOn}
            error={isBackwards ? t('purchases.endsBefore') : undefined}
            onChange={(next) => onChange({ endsOn: next })}
          />
        </div>
      ) : (
        mayEdit && (
          <Button class={styles.add} size="small" look="quiet" icon="calendar" onClick={() => onChange(aYearFromNow())}>
            {t('purchases.runs')}
          </Button>
        )
      )}
    </fieldset>
  );
}

function aYearFromNow(): Pick<LineDraft, 'startsOn' | 'endsOn'> {
  const today = new Date();
  const iso = (year: number) =>
    `${year}-${String(today.getMonth() + 1).padStart(2, '0')}-${String(Math.min(today.getDate(), 28)).padStart(2, '0')}`;
  return { startsOn: iso(today.getFullYear()), endsOn: iso(today.getFullYear() + 1) };
}
