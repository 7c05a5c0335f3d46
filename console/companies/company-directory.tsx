import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Company } from '../../shared/company.ts';
import { useSettled } from '../answers/use-settled.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './directory-list.module.css';
import { DirectoryList } from './directory-list.tsx';
import { NewCompanyDialog } from './new-company-dialog.tsx';
import { peopleWords } from './people-words.ts';

/** Every company, found by the beginnings of the words of its name. */
export function CompanyDirectory({ http, mayEdit }: { http: Http; mayEdit: boolean }) {
  const { route } = useLocation();
  const [typed, setTyped] = useState('');
  const [newId, setNewId] = useState<string | null>(null);
  const wanted = useSettled(typed.trim());
  const pages = useRemotePages<Company>(
    (cursor) => http.get('/companies', { q: wanted, limit: 50, cursor: cursor ?? undefined }),
    [wanted],
  );
  const add = mayEdit && (
    <Button look="primary" icon="plus" onClick={() => setNewId(nanoid())}>
      {t('company.add')}
    </Button>
  );
  return (
    <PageFrame title={t('company.title')} width="table" back={{ href: '/console/contacts', label: t('contacts.title') }} actions={add}>
      <TextField
        label={t('company.search')}
        isLabelHidden
        type="search"
        placeholder={t('company.search')}
        value={typed}
        onInput={setTyped}
      />
      <DirectoryList
        pages={pages}
        empty={
          wanted ? (
            <EmptyState icon="search" title={t('company.nothingFound')}>
              <Button onClick={() => setTyped('')}>{t('contacts.clearSearch')}</Button>
            </EmptyState>
          ) : (
            <EmptyState icon="building" title={t('company.empty')} text={t('company.emptyHint')} />
          )
        }
        rowOf={({ id, name, domain, peopleCount }) => ({
          href: `/console/companies/${id}`,
          name,
          face: (
            <span class={styles.glyph}>
              <Icon name="building" />
            </span>
          ),
          rest: (
            <>
              {domain && (
                <bdi class={styles.soft} dir="ltr">
                  {domain}
                </bdi>
              )}
              <span class={styles.soft}>{peopleWords(peopleCount)}</span>
            </>
          ),
        })}
      />
      {newId && (
        <NewCompanyDialog
          http={http}
          id={newId}
          name={typed.trim()}
          onClose={() => setNewId(null)}
          onMade={(company) => route(`/console/companies/${company.id}`)}
        />
      )}
    </PageFrame>
  );
}
