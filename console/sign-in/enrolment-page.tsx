import type { Http } from '../http.ts';
import { TwoFactorSetup } from '../people/two-factor-setup.tsx';
import type { SessionState } from '../session-state.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EntranceFrame } from './entrance-frame.tsx';

/** The role asks for a second factor: before there is one, there is nothing else to see. */
export function EnrolmentPage({ http, session }: { http: Http; session: SessionState }) {
  return (
    <EntranceFrame title={t('twoFactor.title')} text={t('twoFactor.required')}>
      <TwoFactorSetup http={http} onDone={() => void session.check()} />
      <Button look="quiet" onClick={() => void session.signOut()}>
        {t('session.signOut')}
      </Button>
    </EntranceFrame>
  );
}
