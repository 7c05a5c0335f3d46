import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';

export function YesNo({ is, onChange }: { is: boolean; onChange: (is: boolean) => void }) {
  return (
    <SelectField
      label={t('customers.filter.how')}
      isLabelHidden
      value={is ? 'yes' : 'no'}
      options={[
        { value: 'yes', label: t('customers.yes') },
        { value: 'no', label: t('customers.no') },
      ]}
      onChoose={(chosen) => onChange(chosen === 'yes')}
    />
  );
}
