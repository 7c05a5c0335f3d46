import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Http } from '../http.ts';
import type { SessionState } from '../session-state.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SetupPage } from './setup-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

const RETRY_MS = 3_000;

/** What somebody who is not signed in sees, at whatever address: after signing in the address still holds. */
export function EntrancePage({ http, session }: { http: Http; session: SessionState }) {
  const { path, query } = useLocation();
  const phase = session.phase.value;

  useEffect(() => {
    document.title = 'Kesher';
    if (phase !== 'unreachable') return;
    const timer = setInterval(() => void session.check(), RETRY_MS);
    return () => clearInterval(timer);
  }, [phase, session]);

  if (phase === 'checking') return <Skeleton rows={3} label={t('state.loading')} />;
  if (phase === 'unreachable') {
    return (
      <main>
        <EmptyState icon="wifi-off" title={t('session.unreachable')} text={t('session.unreachableHint')}>
          <Button onClick={() => void session.check()}>{t('action.retry')}</Button>
        </EmptyState>
      </main>
    );
  }
  return path === '/console/setup' ? <SetupPage session={session} code={query.code ?? ''} /> : <SignInPage http={http} session={session} />;
}
