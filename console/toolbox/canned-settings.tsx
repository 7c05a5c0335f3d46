import { useEffect, useState } from 'preact/hooks';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { CannedResponse } from '../../shared/canned-response.ts';
import { languageFor } from '../../shared/canned-text.ts';
import type { Team } from '../../shared/team.ts';
import type { Repertoire } from '../canned/repertoire.ts';
import type { Http } from '../http.ts';
import { language, t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import rows from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { CannedEditor } from './canned-editor.tsx';
import { mayChange, reachText } from './reach-field.tsx';
import styles from './toolbox.module.css';

interface CannedSettingsProps {
  http: Http;
  me: SignedInAgent;
  repertoire: Repertoire;
}

const PAGE = 50;

/** What one may use, found by any word; what one may change, to be changed. */
export function CannedSettings({ http, me, repertoire }: CannedSettingsProps) {
  const teams = useRemote(() => http.get<{ items: Team[] }>('/teams'), []).value?.items ?? [];
  const [query, setQuery] = useState('');
  const [shownMax, setShownMax] = useState(PAGE);
  const [open, setOpen] = useState<'new' | string | null>(null);
  useEffect(() => repertoire.want(), [repertoire]);
  const { canned } = repertoire;
  const phase = canned.phase.value;
  const found = canned.turn.value < 0 ? [] : repertoire.findCanned(query, shownMax + 1);
  const response = open === null || open === 'new' ? null : (canned.get(open) ?? null);

  if (open === 'new' || response) {
    return <CannedEditor key={open} http={http} me={me} teams={teams} response={response} onDone={() => setOpen(null)} />;
  }
  return (
    <Card
      title={t('settings.canned')}
      text={t('canned.hint')}
      action={
        <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
          {t('canned.add')}
        </Button>
      }
    >
      {phase === 'failed' && (
        <EmptyState icon="circle-alert" tone="problem" title={t('canned.loadFailed')}>
          <Button onClick={() => repertoire.want()}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {(phase === 'loading' || phase === 'idle') && <Skeleton rows={3} label={t('state.loading')} />}
      {phase === 'ready' && canned.size > 0 && (
        <TextField
          type="search"
          label={t('canned.search')}
          isLabelHidden
          placeholder={t('canned.search')}
          autoComplete="off"
          value={query}
          onInput={(text) => {
            setQuery(text);
            setShownMax(PAGE);
          }}
        />
      )}
      {phase === 'ready' && canned.size === 0 && (
        <EmptyState icon="message-square-text" title={t('canned.none')} text={t('canned.noneHint')} />
      )}
      {phase === 'ready' && canned.size > 0 && found.length === 0 && <p class={rows.soft}>{t('canned.nothing')}</p>}
      <ul class={rows.rows}>
        {found.slice(0, shownMax).map((one) => (
          <CannedRow key={one.id} response={one} teams={teams} onOpen={mayChange(me, one) ? () => setOpen(one.id) : null} />
        ))}
      </ul>
      {found.length > shownMax && (
        <div>
          <Button onClick={() => setShownMax(shownMax + PAGE)}>{t('action.more')}</Button>
        </div>
      )}
    </Card>
  );
}

function CannedRow({ response, teams, onOpen }: { response: CannedResponse; teams: readonly Team[]; onOpen: (() => void) | null }) {
  const { title, shortcut, texts, files } = response;
  const spoken = languageFor(texts, [language.value]);
  return (
    <li class={rows.row}>
      <span class={rows.main}>
        <span class={styles.nameLine}>
          <OneLine class={rows.strong} text={title} />
          <bdi class={styles.shortcut}>/{shortcut}</bdi>
          {files.length > 0 && (
            <span title={t('files.attached')}>
              <Icon name="paperclip" size="small" />
            </span>
          )}
        </span>
        <OneLine class={rows.soft} text={(spoken && texts[spoken]) || ''} />
      </span>
      <Badge tone={response.reach === 'shared' ? 'neutral' : 'accent'}>{reachText(response, teams)}</Badge>
      {onOpen && (
        <Button size="small" icon="pencil" aria-label={t('people.manage', { name: title })} onClick={onOpen}>
          {t('action.edit')}
        </Button>
      )}
    </li>
  );
}
