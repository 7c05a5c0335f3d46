import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Company } from '../../shared/company.ts';
import { useSettled } from '../answers/use-settled.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './company-directory.module.css';
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
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;
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
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={6} label={t('state.loading')} />}
      {isEmpty &&
        (wanted ? (
          <EmptyState icon="search" title={t('company.nothingFound')}>
            <Button onClick={() => setTyped('')}>{t('contacts.clearSearch')}</Button>
          </EmptyState>
        ) : (
          <EmptyState icon="building" title={t('company.empty')} text={t('company.emptyHint')} />
        ))}
      <ul class={styles.list}>
        {pages.items.map((company) => (
          <li key={company.id}>
            <a class={styles.row} href={`/console/companies/${company.id}`}>
              <span class={styles.glyph}>
                <Icon name="building" />
              </span>
              <OneLine class={styles.name} text={company.name} />
              {company.domain && (
                <bdi class={styles.soft} dir="ltr">
                  {company.domain}
                </bdi>
              )}
              <span class={styles.soft}>{peopleWords(company.peopleCount)}</span>
            </a>
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <div class={styles.more}>
          <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
            {t('action.more')}
          </Button>
        </div>
      )}
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
