import { useLocation } from 'preact-iso';
import type { Company } from '../../shared/company.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { CompanyDetails } from './company-details.tsx';
import { CompanyPeople } from './company-people.tsx';
import { DeleteCompany } from './delete-company.tsx';

interface CompanyPageProps {
  http: Http;
  companyId: string;
  mayEdit: boolean;
}

/** One company: what is known of it, and its people. */
export function CompanyPage({ http, companyId, mayEdit }: CompanyPageProps) {
  const { route } = useLocation();
  const { value: company, error, reload, put } = useRemote(() => http.get<Company>(`/companies/${companyId}`), [companyId]);
  return (
    <PageFrame title={company?.name ?? t('contact.company')} back={{ href: '/console/companies', label: t('company.title') }}>
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={error.code === 'not-found' ? t('company.notFound') : errorText(error)}>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!company && !error && <Skeleton rows={5} label={t('state.loading')} />}
      {company && (
        <>
          <Card title={t('company.details')}>
            <CompanyDetails http={http} company={company} mayEdit={mayEdit} onChanged={put} />
          </Card>
          <Card title={t('company.people')}>
            <CompanyPeople http={http} companyId={company.id} />
          </Card>
          {mayEdit && (
            <DeleteCompany
              http={http}
              company={company}
              onDeleted={() => {
                showToast({ text: t('company.deleteDone', { name: company.name }) });
                route('/console/companies', true);
              }}
            />
          )}
        </>
      )}
    </PageFrame>
  );
}
