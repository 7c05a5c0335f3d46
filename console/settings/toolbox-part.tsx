import type { SignedInAgent } from '../../shared/agent.ts';
import type { Repertoire } from '../canned/repertoire.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LazyPart } from '../ui/lazy-part.tsx';

interface ToolboxProps {
  http: Http;
  me: SignedInAgent;
  repertoire: Repertoire;
}

const parts = {
  canned: () => import('../toolbox/canned-settings.tsx').then(({ CannedSettings }) => CannedSettings),
  macros: () => import('../toolbox/macro-settings.tsx').then(({ MacroSettings }) => MacroSettings),
  tags: () => import('../toolbox/tag-settings.tsx').then(({ TagSettings }) => TagSettings),
};

/** Fetched when it is opened: most days nobody changes a canned response. */
export function ToolboxPart({ name, ...props }: ToolboxProps & { name: keyof typeof parts }) {
  return (
    <LazyPart<ToolboxProps>
      load={parts[name]}
      props={props}
      label={t('state.loading')}
      failed={(retry) => (
        <EmptyState icon="circle-alert" tone="problem" title={t('error.unavailable')}>
          <Button onClick={retry}>{t('action.retry')}</Button>
        </EmptyState>
      )}
    />
  );
}
