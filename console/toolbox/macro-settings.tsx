import { useEffect, useState } from 'preact/hooks';
import type { Agent, SignedInAgent } from '../../shared/agent.ts';
import type { Macro } from '../../shared/macro.ts';
import type { Team } from '../../shared/team.ts';
import { MacroStepList } from '../canned/macro-step-list.tsx';
import type { Repertoire } from '../canned/repertoire.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { OneLine } from '../ui/one-line.tsx';
import rows from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { MacroEditor } from './macro-editor.tsx';
import { mayChange, reachText } from './reach-field.tsx';

interface MacroSettingsProps {
  http: Http;
  me: SignedInAgent;
  repertoire: Repertoire;
}

/** With so few nobody searches. */
const SEARCH_FROM = 8;

export function MacroSettings({ http, me, repertoire }: MacroSettingsProps) {
  const teams = useRemote(() => http.get<{ items: Team[] }>('/teams'), []).value?.items ?? [];
  const agents = useRemote(() => http.get<{ items: Agent[] }>('/agents'), []).value?.items ?? [];
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<'new' | string | null>(null);
  useEffect(() => {
    repertoire.want();
    repertoire.tags.want();
  }, [repertoire]);
  const { macros } = repertoire;
  const phase = macros.phase.value;
  const found = macros.turn.value < 0 ? [] : repertoire.findMacros(query);
  const macro = open === null || open === 'new' ? null : (macros.get(open) ?? null);

  if (open === 'new' || macro) {
    return <MacroEditor key={open} {...{ http, me, teams, agents, repertoire, macro }} onDone={() => setOpen(null)} />;
  }
  return (
    <Card
      title={t('settings.macros')}
      text={t('macro.hint')}
      action={
        <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
          {t('macro.add')}
        </Button>
      }
    >
      {phase === 'failed' && (
        <EmptyState icon="circle-alert" tone="problem" title={t('canned.loadFailed')}>
          <Button onClick={() => repertoire.want()}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {(phase === 'loading' || phase === 'idle') && <Skeleton rows={3} label={t('state.loading')} />}
      {phase === 'ready' && macros.size >= SEARCH_FROM && (
        <TextField
          type="search"
          label={t('macro.search')}
          isLabelHidden
          placeholder={t('macro.search')}
          autoComplete="off"
          value={query}
          onInput={setQuery}
        />
      )}
      {phase === 'ready' && macros.size === 0 && <EmptyState icon="zap" title={t('macro.none')} text={t('macro.noneHint')} />}
      <ul class={rows.rows}>
        {found.map((one) => (
          <MacroRow key={one.id} macro={one} teams={teams} onOpen={mayChange(me, one) ? () => setOpen(one.id) : null} />
        ))}
      </ul>
    </Card>
  );
}

function MacroRow({ macro, teams, onOpen }: { macro: Macro; teams: readonly Team[]; onOpen: (() => void) | null }) {
  return (
    <li class={rows.row}>
      <span class={rows.main}>
        <OneLine class={rows.strong} text={macro.name} />
        <MacroStepList steps={macro.steps} />
      </span>
      <Badge tone={macro.reach === 'shared' ? 'neutral' : 'accent'}>{reachText(macro, teams)}</Badge>
      {onOpen && (
        <Button size="small" icon="pencil" aria-label={t('people.manage', { name: macro.name })} onClick={onOpen}>
          {t('action.edit')}
        </Button>
      )}
    </li>
  );
}
