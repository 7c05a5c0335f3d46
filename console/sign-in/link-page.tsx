import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { LinkPurpose } from '../../shared/account-link.ts';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import type { SessionState } from '../session-state.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { NewPasswordField } from '../ui/new-password-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './entrance-frame.module.css';
import { EntranceFrame } from './entrance-frame.tsx';

interface LinkPageProps {
  http: Http;
  session: SessionState;
  kind: 'invitation' | 'new-password';
  /** What stands after `#` in the address. */
  token: string;
}

const routes = {
  invitation: { look: '/agent-invitations/look', use: '/agent-invitations/accept' },
  'new-password': { look: '/password-resets/look', use: '/password-resets/use' },
} as const;

/** Behind a link that lets somebody in: a newcomer says their name and chooses a password, others only the password. */
export function LinkPage({ http, session, kind, token }: LinkPageProps) {
  const { route } = useLocation();
  const { value, error: lookError } = useRemote(() => http.post<LinkPurpose>(routes[kind].look, { token }), [kind, token]);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isInvitation = kind === 'invitation';
  const submit = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    const reply = await http.post<SignedInAgent>(routes[kind].use, isInvitation ? { token, name, password } : { token, password });
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    if (isInvitation) session.enter(reply.data);
    else showToast({ text: t('reset.done') });
    route('/console/', true);
  };
  const problem = lookError ?? (error?.field === 'name' ? null : error);
  const title = isInvitation ? t('accept.title') : t('reset.title');
  const text = value
    ? isInvitation
      ? t('accept.text', { business: value.business, email: value.email })
      : t('reset.text', { email: value.email })
    : '';
  return (
    <EntranceFrame title={title} text={text}>
      {!value && !lookError && <Skeleton rows={2} label={t('state.loading')} />}
      {problem && (
        <p class={styles.problem} role="alert">
          <Icon name="circle-alert" size="small" />
          {problem.code === 'not-found' ? t('link.spent') : errorText(problem)}
        </p>
      )}
      {value && (
        <form class={styles.form} onSubmit={submit}>
          {isInvitation && (
            <TextField
              label={t('setup.name')}
              autoComplete="name"
              maxLength={120}
              isRequired
              value={name}
              error={error?.field === 'name' ? t('field.nameInvalid') : undefined}
              onInput={setName}
            />
          )}
          <NewPasswordField
            label={isInvitation ? t('signIn.password') : t('password.new')}
            hint={t('password.hint')}
            value={password}
            onInput={setPassword}
          />
          <Button type="submit" look="primary" size="wide" isBusy={isBusy}>
            {isInvitation ? t('accept.submit') : t('reset.submit')}
          </Button>
        </form>
      )}
      <Button look="quiet" onClick={() => route('/console/', true)}>
        {t('link.toSignIn')}
      </Button>
    </EntranceFrame>
  );
}
