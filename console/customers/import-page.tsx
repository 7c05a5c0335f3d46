import { useEffect, useRef, useState } from 'preact/hooks';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { useFileDrop } from '../ui/use-file-drop.ts';
import { ImportReport } from './customer-import-report.tsx';
import type { CustomerHouse } from './customer-room.ts';
import { useImportCourse } from './import-course.ts';
import styles from './import-page.module.css';
import { ImportPlanForm } from './import-plan-form.tsx';

/** From a file to customers: taken in, mapped, checked, and only then written. */
export function ImportPage({ house }: { house: CustomerHouse }) {
  const { http } = house;
  const course = useImportCourse(house);
  const { taken, isBusy, error } = course;
  const [fields, setFields] = useState<readonly CustomField[]>([]);
  useEffect(() => {
    void http.get<{ items: CustomField[] }>('/fields', { entity: 'contact' }).then((reply) => reply.ok && setFields(reply.data.items));
  }, [http]);
  return (
    <PageFrame title={t('customers.importTitle')} width="table" back={{ href: '/console/contacts', label: t('contacts.title') }}>
      {error && <EmptyState icon="circle-alert" tone="problem" title={sentenceOf(error)} />}
      {!taken && <FilePlace isBusy={isBusy} onFile={(file) => void course.upload(file)} />}
      {taken && (
        <>
          <div class={styles.file}>
            <p>
              <Icon name="clipboard-list" size="small" />
              <bdi>{taken.name}</bdi>
              <span>{t('customers.importRows', { count: taken.rows, number: formatNumber(taken.rows) })}</span>
              <bdi dir="ltr">{taken.encoding}</bdi>
            </p>
            {taken.job.status !== 'running' && taken.job.status !== 'undoing' && (
              <Button size="small" look="quiet" onClick={() => void course.leave()}>
                {t('customers.importAnother')}
              </Button>
            )}
          </div>
          {/* What was found comes first once it is there; what may be mapped otherwise stays below. */}
          {taken.job.stage === 'check' && <ImportReport house={house} taken={taken} course={course} />}
          {taken.job.status === 'draft' && (
            <ImportPlanForm
              key={taken.job.id}
              taken={taken}
              fields={fields}
              mayMatch={house.may('contacts:view-details')}
              isBusy={isBusy}
              onCheck={(plan) => void course.check(plan)}
            />
          )}
          {taken.job.stage !== 'check' && <ImportReport house={house} taken={taken} course={course} />}
        </>
      )}
    </PageFrame>
  );
}

function sentenceOf(error: ErrorReply): string {
  const { code, message, field } = error;
  if (field === 'mapping' && message.includes('who it is')) return t('customers.importNobodyMapped');
  if (field !== 'file') return errorText(error);
  if (code === 'too-large') return t('customers.importTooLarge');
  if (message.includes('workbook')) return t('customers.importWorkbook');
  return message.includes('no rows') ? t('customers.importNoRows') : t('customers.importUnreadable');
}

function FilePlace({ isBusy, onFile }: { isBusy: boolean; onFile: (file: File | undefined) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const { isOver, target } = useFileDrop(onFile);
  return (
    <div class={`${styles.place} ${isOver ? styles.over : ''}`} {...target}>
      <p class={styles.lead}>{t('customers.importLead')}</p>
      <p class={styles.hint}>{t('customers.importHint')}</p>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        aria-label={t('customers.importChoose')}
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button look="primary" isBusy={isBusy} onClick={() => input.current?.click()}>
        {t('customers.importChoose')}
      </Button>
    </div>
  );
}
