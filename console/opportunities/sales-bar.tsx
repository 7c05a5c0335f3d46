import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { Pipeline } from '../../shared/opportunity.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './opportunities-page.module.css';

export interface SalesView {
  pipelineId: string;
  /** '', 'me', 'nobody' or an agent's id. */
  owner: string;
  q: string;
  look: 'board' | 'list';
}

interface SalesBarProps {
  view: SalesView;
  pipelines: readonly Pipeline[];
  pipelineId: string;
  colleagues: readonly Agent[];
  onChange: (view: SalesView) => void;
  children: ComponentChildren;
}

const PAUSE_MS = 250;

/** Which opportunities are shown, and how. */
export function SalesBar({ view, pipelines, pipelineId, colleagues, onChange, children }: SalesBarProps) {
  const [typed, setTyped] = useState(view.q);
  useEffect(() => {
    if (typed.trim() === view.q) return undefined;
    const timer = setTimeout(() => onChange({ ...view, q: typed.trim() }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, view]);
  return (
    <header class={styles.bar}>
      <h1 class={styles.title}>{t('opportunities.title')}</h1>
      <div class={styles.filters}>
        {pipelines.length > 1 && (
          <SelectField
            label={t('opportunities.pipeline')}
            isLabelHidden
            value={pipelineId}
            options={pipelines.map(({ id: value, name: label }) => ({ value, label }))}
            onChoose={(next) => onChange({ ...view, pipelineId: next })}
          />
        )}
        <SelectField
          label={t('opportunities.whose')}
          isLabelHidden
          value={view.owner}
          options={[
            { value: '', label: t('opportunities.everybodys') },
            { value: 'me', label: t('opportunities.mine') },
            { value: 'nobody', label: t('opportunities.nobodys') },
            ...colleagues.map(({ id: value, name: label }) => ({ value, label })),
          ]}
          onChoose={(owner) => onChange({ ...view, owner })}
        />
        <TextField
          type="search"
          label={t('opportunities.find')}
          isLabelHidden
          placeholder={t('opportunities.findHint')}
          autoComplete="off"
          maxLength={100}
          value={typed}
          onInput={setTyped}
        />
        <Segmented
          label={t('opportunities.look')}
          value={view.look}
          options={[
            { value: 'board', label: t('opportunities.board') },
            { value: 'list', label: t('opportunities.list') },
          ]}
          onChoose={(look) => onChange({ ...view, look })}
        />
        {children}
      </div>
    </header>
  );
}
