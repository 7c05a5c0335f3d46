import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import styles from './directory-actions.module.css';
import { NewContactDialog } from './new-contact-dialog.tsx';

/** Beside the list of customers: duplicates, the companies, and a file opened by hand. */
export function DirectoryActions({ http, mayEdit, mayMerge }: { http: Http; mayEdit: boolean; mayMerge: boolean }) {
  const { route } = useLocation();
  const [newId, setNewId] = useState<string | null>(null);
  return (
    <div class={styles.actions}>
      {mayMerge && <a href="/console/duplicates">{t('duplicate.title')}</a>}
      <a href="/console/companies">{t('company.title')}</a>
      {mayEdit && (
        <Button look="primary" icon="plus" onClick={() => setNewId(nanoid())}>
          {t('contacts.new')}
        </Button>
      )}
      {newId && (
        <NewContactDialog http={http} id={newId} onClose={() => setNewId(null)} onMade={({ id }) => route(`/console/contacts/${id}`)} />
      )}
    </div>
  );
}
