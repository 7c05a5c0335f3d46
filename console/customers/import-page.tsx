import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { CustomerImport, ImportPlan } from '../../shared/customer-import.ts';
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
import styles from './import-page.module.css';
import { ImportPlanForm } from './import-plan-form.tsx';

const KEY = 'kesher:import';

/** From a file to customers: taken in, mapped, checked, and only then written. A reload goes on where it was. */
export function ImportPage({ house }: { house: CustomerHouse }) {
  const { http } = house;
  const [taken, setTaken] = useState<CustomerImport | null>(null);
  const [fields, setFields] = useState<readonly CustomField[]>([]);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const id = taken?.job.id;
  const take = (reply: { ok: true; data: CustomerImport } | { ok: false; error: ErrorReply }) => {
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setTaken(reply.data);
    sessionStorage.setItem(KEY, reply.data.job.id);
  };
  useEffect(() => {
    void http.get<{ items: CustomField[] }>('/fields', { entity: 'contact' }).then((reply) => reply.ok && setFields(reply.data.items));
    const held = sessionStorage.getItem(KEY);
    if (held)
      void http.get<CustomerImport>(`/customer-imports/${held}`).then((reply) => (reply.ok ? take(reply) : sessionStorage.removeItem(KEY)));
  }, [http]);
  useEffect(() => {
    if (id === undefined) return undefined;
    const read = async () => {
      const reply = await http.get<CustomerImport>(`/customer-imports/${id}`);
      if (reply.ok) setTaken(reply.data);
    };
    const stopLive = house.isLive.subscribe((isLive) => isLive && void read());
    const stop = house.listen('customers:job', (job) => {
      if (job.id !== id) return;
      setTaken((held) => held && { ...held, job });
      // Counts and reasons come with the end of a stage.
      if (job.status !== 'running' && job.status !== 'undoing') void read();
    });
    return () => {
      stop();
      stopLive();
    };
  }, [id, house, http]);
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setIsBusy(true);
    take(await http.post<CustomerImport>(`/customer-imports?id=${nanoid()}&name=${encodeURIComponent(file.name.slice(0, 200))}`, file));
  };
  const check = async (plan: ImportPlan) => {
    setIsBusy(true);
    take(await http.post<CustomerImport>(`/customer-imports/${id}/check`, plan));
  };
  const leave = async () => {
    if (taken?.job.status === 'draft') await http.delete(`/customer-imports/${id}`);
    sessionStorage.removeItem(KEY);
    setTaken(null);
    setError(null);
  };
  return (
    <PageFrame title={t('customers.importTitle')} width="table" back={{ href: '/console/contacts', label: t('contacts.title') }}>
      {error && <EmptyState icon="circle-alert" tone="problem" title={sentenceOf(error)} />}
      {!taken && <FilePlace isBusy={isBusy} onFile={(file) => void upload(file)} />}
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
              <Button size="small" look="quiet" onClick={() => void leave()}>
                {t('customers.importAnother')}
              </Button>
            )}
          </div>
          {/* What was found comes first once it is there; what may be mapped otherwise stays below. */}
          {taken.job.stage === 'check' && <ImportReport house={house} taken={taken} onTurn={take} />}
          {taken.job.status === 'draft' && (
            <ImportPlanForm key={taken.job.id} taken={taken} fields={fields} isBusy={isBusy} onCheck={(plan) => void check(plan)} />
          )}
          {taken.job.stage !== 'check' && <ImportReport house={house} taken={taken} onTurn={take} />}
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
