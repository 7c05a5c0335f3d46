import { useEffect } from 'preact/hooks';
import type { Contact } from '../../shared/contact.ts';
import type { Callback, Task } from '../../shared/task.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { CustomerFile } from './customer-file.tsx';
import type { DrawSections } from './file-section.ts';

interface ContactPageProps {
  http: Http;
  contactId: string;
  mayEdit: boolean;
  hasTasks?: boolean;
  /** Another one whenever a task has changed. */
  taskChange?: Task | null | undefined;
  onCall?: ((task: Callback) => void) | undefined;
  onPromise?: ((contact: Contact) => void) | undefined;
  mayBlock?: boolean;
  mayErase?: boolean;
  drawSections?: DrawSections;
  /** The file that was changed last, by whomever. */
  news?: Contact | null | undefined;
}

/** The page of one customer file. */
export function ContactPage({
  http,
  contactId,
  mayEdit,
  hasTasks = false,
  mayBlock = false,
  mayErase = false,
  taskChange,
  onCall,
  onPromise,
  drawSections,
  news,
}: ContactPageProps) {
  const { value: contact, error, reload, put } = useRemote(() => http.get<Contact>(`/contacts/${contactId}`), [contactId]);
  useEffect(() => {
    if (contact && news?.id === contact.id) put(news);
  }, [news]);
  return (
    <PageFrame title={t('contact.file')} width="wide" back={{ href: '/console/contacts', label: t('contacts.title') }}>
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={error.code === 'not-found' ? t('contact.notFound') : errorText(error)}>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!contact && !error && <Skeleton rows={5} hasAvatar label={t('state.loading')} />}
      {contact && (
        <CustomerFile
          isPage
          http={http}
          contact={contact}
          mayEdit={mayEdit}
          hasTasks={hasTasks}
          taskChange={taskChange}
          onCall={onCall}
          onPromise={onPromise}
          mayBlock={mayBlock}
          mayErase={mayErase}
          drawSections={drawSections}
          onChanged={put}
        />
      )}
    </PageFrame>
  );
}
