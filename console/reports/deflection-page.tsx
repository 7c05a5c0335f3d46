import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { Deflection } from '../../shared/deflection.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SelectField } from '../ui/field.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { type Counted, DeflectedDialog } from './deflected-dialog.tsx';
import { DeflectionFigures } from './deflection-figures.tsx';
import styles from './deflection-page.module.css';
import { GivenAnswers } from './given-answers.tsx';
import { type SpanName, spanNames, spanOf } from './report-span.ts';

interface DeflectionPageProps {
  http: Http;
  /** Inboxes can be told apart by whoever may see their settings. */
  mayFilter: boolean;
  /** Answers have names for whoever may read them. */
  mayReadAnswers: boolean;
}

/** How many conversations ended without a person, why the others did not, and how each answer did. Every number opens its conversations. */
export function DeflectionPage({ http, mayFilter, mayReadAnswers }: DeflectionPageProps) {
  const [name, setName] = useState<SpanName>('30');
  const [inboxId, setInboxId] = useState('');
  const [counted, setCounted] = useState<Counted | null>(null);
  // The same span as long as the page stands: what a number counts is what it opens.
  const [openedAt] = useState(() => Date.now());
  const span = { ...spanOf(name, openedAt), ...(inboxId !== '' && { inboxId }) };
  const { value, error, reload } = useRemote(() => http.get<Deflection>('/bot/deflection', span), [name, inboxId]);
  const inboxes = useRemote(
    async () => (mayFilter ? http.get<{ items: Inbox[] }>('/inboxes') : { ok: true as const, data: { items: [] } }),
    [mayFilter],
  );
  const answers = useRemote(
    async () => (mayReadAnswers ? http.get<{ items: Answer[] }>('/answers', { limit: 200 }) : { ok: true as const, data: { items: [] } }),
    [mayReadAnswers],
  );
  const all = inboxes.value?.items ?? [];
  return (
    <PageFrame title={t('deflection.title')} width="table">
      <div class={styles.filters}>
        <Segmented
          label={t('deflection.span')}
          value={name}
          options={spanNames.map((one) => ({ value: one, label: t('deflection.days', { count: Number(one) }) }))}
          onChoose={setName}
        />
        {all.length > 1 && (
          <SelectField
            label={t('deflection.inbox')}
            isLabelHidden
            value={inboxId}
            options={[{ value: '', label: t('deflection.everyInbox') }, ...all.map(({ id, name: label }) => ({ value: id, label }))]}
            onChoose={setInboxId}
          />
        )}
      </div>
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!value && !error && <Skeleton rows={6} label={t('state.loading')} />}
      {value?.total === 0 && <EmptyState icon="message-circle" title={t('deflection.none')} />}
      {value && value.total > 0 && (
        <>
          <DeflectionFigures deflection={value} onOpen={setCounted} />
          <GivenAnswers given={value.answers} known={answers.value?.items ?? []} onOpen={setCounted} />
        </>
      )}
      {counted && <DeflectedDialog http={http} counted={counted} span={span} onClose={() => setCounted(null)} />}
    </PageFrame>
  );
}
