import { useEffect, useState } from 'preact/hooks';
import type { Company } from '../../shared/company.ts';
import type { CustomerCondition } from '../../shared/customer-filter.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { TextField } from '../ui/field.tsx';
import { SeveralOf } from './several-of.tsx';

type CompanyCondition = Extract<CustomerCondition, { on: 'company' }>;

interface CompanyChooserProps {
  http: Http;
  condition: CompanyCondition;
  onChange: (condition: CustomerCondition) => void;
}

const PAUSE_MS = 250;

/** Companies by the beginning of a word of their names. */
export function CompanyChooser({ http, condition, onChange }: CompanyChooserProps) {
  const [typed, setTyped] = useState('');
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const own: { op: 'any' | 'none' | 'filled' | 'empty'; values: string[] } =
    'presence' in condition ? { op: condition.presence, values: [] } : { op: condition.op, values: condition.values };
  const wanted = own.values.filter((id) => !known.has(id)).join(',');
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(async () => {
      const found = await http.get<{ items: Company[] }>('/companies', { q: typed.trim() || undefined, limit: 20 });
      const missing = await Promise.all(
        wanted
          .split(',')
          .filter(Boolean)
          .map((id) => http.get<Company>(`/companies/${id}`)),
      );
      if (isGone) return;
      const all = [...(found.ok ? found.data.items : []), ...missing.flatMap((reply) => (reply.ok ? [reply.data] : []))];
      setKnown(
        (held) => new Map([...[...held].filter(([id]) => own.values.includes(id)), ...all.map(({ id, name }) => [id, name] as const)]),
      );
    }, PAUSE_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [typed, wanted, http]);
  return (
    <>
      <SeveralOf
        op={own.op}
        values={own.values}
        ops={['any', 'none', 'filled', 'empty']}
        options={[...known].map(([value, label]) => ({ value, label }))}
        onChange={({ op, values }) =>
          onChange(op === 'filled' || op === 'empty' ? { on: 'company', presence: op } : { on: 'company', op, values })
        }
      />
      {(own.op === 'any' || own.op === 'none') && (
        <TextField
          label={t('customers.filter.findCompany')}
          isLabelHidden
          placeholder={t('customers.filter.findCompany')}
          value={typed}
          onInput={setTyped}
        />
      )}
    </>
  );
}
