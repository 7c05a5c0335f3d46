import { useState } from 'preact/hooks';
import type { LostReasonList, Pipeline } from '../../shared/opportunity.ts';
import type { Http } from '../http.ts';
import { sortingWords } from '../inboxes/sorting-words.ts';
import { ImportPurchases } from '../purchases/import-purchases.tsx';
import { RulesCard } from '../purchases/rules-card.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { PipelineDialog } from './pipeline-dialog.tsx';
import styles from './pipeline-settings.module.css';
import { ReasonsCard } from './reasons-card.tsx';

/** How things are sold here: pipelines, why something is lost, and what makes a customer. */
export function PipelineSettings({ http }: { http: Http }) {
  const pipelines = useRemote(() => http.get<{ items: Pipeline[] }>('/pipelines'), []);
  const reasons = useRemote(() => http.get<LostReasonList>('/lost-reasons'), []);
  const [open, setOpen] = useState<'new' | Pipeline | null>(null);
  const [isImporting, setImporting] = useState(false);
  const items = pipelines.value?.items ?? [];
  const used = items.filter(({ archivedAt }) => archivedAt === null);
  const away = items.filter(({ archivedAt }) => archivedAt !== null);
  const order = async (from: number, to: number) => {
    const next = moved(used, from, to);
    pipelines.put({ items: [...next, ...away] });
    const reply = await http.post('/pipelines/order', { ids: next.map(({ id }) => id) });
    if (reply.ok) return;
    showToast({ text: errorText(reply.error), tone: 'problem' });
    pipelines.reload();
  };
  const bringBack = async (pipeline: Pipeline) => {
    const reply = await http.patch(`/pipelines/${pipeline.id}`, { version: pipeline.version, isArchived: false });
    if (!reply.ok) showToast({ text: errorText(reply.error), tone: 'problem' });
    pipelines.reload();
  };
  return (
    <>
      <Card
        title={t('pipelines.title')}
        text={t('pipelines.hint')}
        action={
          <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
            {t('pipelines.add')}
          </Button>
        }
      >
        {pipelines.error && (
          <EmptyState icon="circle-alert" tone="problem" title={errorText(pipelines.error)}>
            <Button onClick={pipelines.reload}>{t('action.retry')}</Button>
          </EmptyState>
        )}
        {!pipelines.value && !pipelines.error && <Skeleton rows={2} label={t('state.loading')} />}
        {pipelines.value && used.length === 0 && <p class={styles.soft}>{t('pipelines.none')}</p>}
        <SortableList
          items={used}
          keyOf={({ id }) => id}
          words={sortingWords()}
          onMove={(from, to) => void order(from, to)}
          title={(pipeline) => <bdi class={styles.name}>{pipeline.name}</bdi>}
          actions={(pipeline) => (
            <Button size="small" icon="pencil" aria-label={t('people.manage', { name: pipeline.name })} onClick={() => setOpen(pipeline)}>
              {t('action.edit')}
            </Button>
          )}
        >
          {(pipeline) => (
            <p class={styles.stages}>
              {pipeline.stages.map(({ id, name, probability }) => (
                <Badge key={id}>
                  <bdi>{name}</bdi> {probability}%
                </Badge>
              ))}
            </p>
          )}
        </SortableList>
        {away.map((pipeline) => (
          <p key={pipeline.id} class={styles.away}>
            <bdi>{pipeline.name}</bdi>
            <Badge>{t('pipelines.away')}</Badge>
            <Button size="small" onClick={() => void bringBack(pipeline)}>
              {t('pipelines.bringBack')}
            </Button>
          </p>
        ))}
      </Card>
      {reasons.value && <ReasonsCard http={http} reasons={reasons.value.items} onChanged={reasons.put} />}
      <RulesCard http={http} />
      <Card
        title={t('purchases.importTitle')}
        text={t('purchases.importHint')}
        action={
          <Button icon="paperclip" onClick={() => setImporting(true)}>
            {t('purchases.importOpen')}
          </Button>
        }
      >
        {null}
      </Card>
      {isImporting && <ImportPurchases http={http} onClose={() => setImporting(false)} />}
      {open && (
        <PipelineDialog
          key={open === 'new' ? 'new' : open.id}
          http={http}
          pipeline={open === 'new' ? null : open}
          onChanged={pipelines.reload}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
