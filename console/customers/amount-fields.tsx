import { minorDigits } from '../../shared/money.ts';
import { t } from '../texts/texts.ts';
import { CurrencyField } from '../ui/currency-field.tsx';
import { RangeFields } from './range-fields.tsx';

interface Worth {
  currency: string;
  from?: number | undefined;
  to?: number | undefined;
}

/** How much, in one currency: what stands in others is not compared with it. */
export function AmountFields({ worth, onChange }: { worth: Worth; onChange: (worth: Worth) => void }) {
  const { currency, ...range } = worth;
  const choose = (next: string) => {
    const factor = 10 ** (minorDigits(next) - minorDigits(currency));
    const { from, to } = range;
    onChange({
      currency: next,
      ...(from !== undefined && { from: Math.round(from * factor) }),
      ...(to !== undefined && { to: Math.round(to * factor) }),
    });
  };
  return (
    <>
      <CurrencyField label={t('customers.filter.currency')} isLabelHidden value={currency} onChoose={choose} />
      <RangeFields
        key={currency}
        range={range}
        minorDigits={minorDigits(currency)}
        isWhole
        onChange={(next) => onChange({ currency, ...next })}
      />
    </>
  );
}
