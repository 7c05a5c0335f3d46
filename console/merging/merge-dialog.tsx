import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import type { ComparedFact, Comparison, FileBrief, MergeChoice, Merged } from '../../shared/merging.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { FactChoice } from './fact-choice.tsx';
import { factLabel } from './fact-words.ts';
import { FileHeads } from './file-heads.tsx';
import { mergeFiles } from './merge-actions.ts';
import styles from './merge-dialog.module.css';
import { WhatComes } from './what-comes.tsx';

interface MergeDialogProps {
  http: Http;
  /** The one that stays, and the one that goes into it. */
  pair: [FileBrief, FileBrief];
  onMerged: (merged: Merged) => void;
  onClose: () => void;
}

/** Two files side by side, field by field: whose word will stand in the one that stays. */
export function MergeDialog({ http, pair, onMerged, onClose }: MergeDialogProps) {
  const [[kept, other], setPair] = useState(pair);
  const [keep, setKeep] = useState<Record<string, MergeChoice>>({});
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // One for all tries of the same merge: told twice, it is done once.
  const [id, setId] = useState(nanoid);
  const comparison = useRemote(() => http.get<Comparison>(`/contacts/${kept.id}/comparison`, { otherId: other.id }), [kept.id, other.id]);
  const swap = () => {
    setPair([other, kept]);
    setKeep({});
    setId(nanoid());
    setError(null);
  };
  const merge = async () => {
    const isUnsaid = Object.values(keep).some((choice) => typeof choice === 'object' && choice.value.trim() === '');
    if (isUnsaid) return setError(t('merge.typed'));
    setIsBusy(true);
    const reply = await mergeFiles(http, kept.id, { id, otherId: other.id, keep });
    setIsBusy(false);
    if (reply.ok) onMerged(reply.data);
    else setError(errorText(reply.error));
  };
  return (
    <Dialog
      isWide
      title={t('merge.title')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isBusy={isBusy} aria-disabled={!comparison.value} onClick={() => comparison.value && void merge()}>
            {t('merge.submit')}
          </Button>
        </>
      }
    >
      <p class={styles.intro}>{t('merge.intro')}</p>
      <FileHeads kept={kept} other={other} onSwap={swap} />
      {comparison.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(comparison.error)}>
          <Button onClick={comparison.reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!comparison.value && !comparison.error && <Skeleton rows={4} label={t('state.loading')} />}
      {comparison.value && (
        <>
          <Choices facts={comparison.value.facts} names={[contactName(kept), contactName(other)]} keep={keep} onKeep={setKeep} />
          <WhatComes comparison={comparison.value} />
        </>
      )}
      {error && (
        <p class={styles.error} role="alert">
          {error}
        </p>
      )}
    </Dialog>
  );
}

interface ChoicesProps {
  facts: readonly ComparedFact[];
  names: [string, string];
  keep: Readonly<Record<string, MergeChoice>>;
  onKeep: (keep: Record<string, MergeChoice>) => void;
}

function Choices({ facts, names, keep, onKeep }: ChoicesProps) {
  const open = facts.filter(({ isSame }) => !isSame);
  const same = facts.filter(({ isSame }) => isSame).map(factLabel);
  return (
    <>
      <h3 class={styles.title}>{t('merge.choose')}</h3>
      {open.length === 0 && <p class={styles.soft}>{t('merge.nothingToChoose')}</p>}
      {open.map((fact) => (
        <FactChoice
          key={fact.key}
          fact={fact}
          names={names}
          choice={keep[fact.key] ?? fact.suggested}
          onChoose={(choice) => onKeep({ ...keep, [fact.key]: choice })}
        />
      ))}
      {same.length > 0 && <p class={styles.soft}>{t('merge.same', { fields: same.join(', ') })}</p>}
    </>
  );
}
