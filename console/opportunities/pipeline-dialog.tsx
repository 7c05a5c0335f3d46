import { nanoid } from 'nanoid';
import { useRef, useState } from 'preact/hooks';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import { type Pipeline, STAGES_MAX, type Stage } from '../../shared/opportunity.ts';
import type { CustomerRules } from '../../shared/purchase.ts';
import type { Http } from '../http.ts';
import { DialogActions } from '../people/dialog-actions.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CurrencyField } from '../ui/currency-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { useRemote } from '../ui/use-remote.ts';
import { StageRows } from './stage-rows.tsx';

interface PipelineDialogProps {
  http: Http;
  /** Null: a new one, which begins with stages as most have them. */
  pipeline: Pipeline | null;
  onChanged: () => void;
  onClose: () => void;
}

export function PipelineDialog({ http, pipeline, onChanged, onClose }: PipelineDialogProps) {
  const id = useRef(pipeline?.id ?? nanoid());
  const [name, setName] = useState(pipeline?.name ?? t('pipelines.firstName'));
  const [chosen, setCurrency] = useState(pipeline?.currency ?? null);
  const rules = useRemote(() => http.get<CustomerRules>('/customer-rules'), [http]);
  const currency = chosen ?? rules.value?.currency ?? 'ILS';
  const [stages, setStages] = useState<readonly Stage[]>(pipeline?.stages ?? usualStages());
  const [isTried, setTried] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const isWrong = name.trim() === '' || stages.length === 0 || stages.some((stage) => stage.name.trim() === '');
  const finish = (reply: Reply<unknown>) => {
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    onChanged();
    onClose();
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (isWrong) return;
    const body = { name: name.trim(), currency, stages };
    finish(
      pipeline
        ? await http.patch(`/pipelines/${pipeline.id}`, { version: pipeline.version, ...body })
        : await http.post('/pipelines', { id: id.current, ...body }),
    );
  };
  return (
    <Dialog
      title={pipeline?.name ?? t('pipelines.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={<DialogActions form="pipeline" submit={t('action.save')} onCancel={onClose} />}
    >
      <form id="pipeline" class={rows.form} noValidate onSubmit={submit}>
        <TextField
          label={t('pipelines.name')}
          maxLength={60}
          autoComplete="off"
          value={name}
          error={isTried && name.trim() === '' ? t('field.nameInvalid') : undefined}
          onInput={setName}
        />
        <CurrencyField label={t('pipelines.currency')} value={currency} onChoose={setCurrency} />
        <StageRows stages={stages} isTried={isTried} onChange={setStages} />
        {stages.length < STAGES_MAX && (
          <div class={rows.actions}>
            <Button size="small" icon="plus" onClick={() => setStages([...stages, { id: nanoid(), name: '', probability: 50 }])}>
              {t('pipelines.addStage')}
            </Button>
          </div>
        )}
        <p class={rows.soft}>{t('pipelines.endsHint')}</p>
        {error && (
          <p class={rows.error} role="alert">
            {error.code === 'conflict' ? t('pipelines.full') : error.code === 'stale' ? t('pipelines.stale') : errorText(error)}
          </p>
        )}
        {pipeline && (
          <div class={rows.actions}>
            <Button
              size="small"
              onClick={async () => finish(await http.patch(`/pipelines/${pipeline.id}`, { version: pipeline.version, isArchived: true }))}
            >
              {t('pipelines.putAway')}
            </Button>
          </div>
        )}
      </form>
    </Dialog>
  );
}

function usualStages(): Stage[] {
  return [
    { id: nanoid(), name: t('pipelines.usual.asked'), probability: 10 },
    { id: nanoid(), name: t('pipelines.usual.offered'), probability: 40 },
    { id: nanoid(), name: t('pipelines.usual.talking'), probability: 70 },
    { id: nanoid(), name: t('pipelines.usual.agreed'), probability: 90 },
  ];
}
