import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { locale } from '../ui/format.ts';
import { keepFile } from '../ui/keep-file.ts';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import type { CustomerList } from './customer-list.ts';

/** What is shown, as a file. */
export function ExportMenu({ http, list }: { http: Http; list: CustomerList }) {
  return (
    <Menu
      label={t('customers.export')}
      align="end"
      trigger={(props) => (
        <Button {...props} icon="download">
          {t('customers.export')}
        </Button>
      )}
      items={(['xlsx', 'csv'] as const).map((format) => ({
        key: format,
        label: t(`customers.export.${format}`),
        onSelect: () => void fetchExport(http, list, format),
      }))}
    />
  );
}

/** Only these, where some are chosen. */
export async function fetchExport(http: Http, list: CustomerList, format: 'csv' | 'xlsx', ids?: readonly string[]): Promise<void> {
  const query = new URLSearchParams({
    format,
    columns: list.columns.value.join(','),
    sort: list.sort.value,
    direction: list.direction.value,
    language: locale.value === 'he' ? 'he' : 'en',
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  for (const [name, value] of Object.entries(list.inAddress())) if (value !== undefined) query.set(name, value);
  if (ids) query.set('ids', ids.join(','));
  const reply = await http.download(`/customers/export?${query}`);
  if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
  keepFile(reply.data, `customers-${new Date().toISOString().slice(0, 10)}.${format}`);
}
