import { useState } from 'preact/hooks';
import type { ApiToken, Permission } from '../../shared/agent.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { formatDate } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import styles from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { Failed } from './session-rows.tsx';
import { type Lifetime, TokenScopes } from './token-scopes.tsx';

const DAY_MS = 24 * 60 * 60 * 1_000;

interface CreatedToken {
  id: string;
  name: string;
  token: string;
}

export function TokenRows({ http, mine }: { http: Http; mine: readonly Permission[] }) {
  const { value, error, reload, put } = useRemote(() => http.get<{ items: ApiToken[] }>('/api-tokens'), []);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Permission[] | null>(null);
  const [lifetime, setLifetime] = useState<Lifetime>('ever');
  const [created, setCreated] = useState<CreatedToken | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const [problem, setProblem] = useState<ErrorReply | null>(null);

  const create = async (event: Event) => {
    event.preventDefault();
    const reply = await http.post<CreatedToken>('/api-tokens', {
      name,
      scopes,
      expiresAt: lifetime === 'ever' ? null : Date.now() + Number(lifetime) * DAY_MS,
    });
    setProblem(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setName('');
    setScopes(null);
    setLifetime('ever');
    setCreated(reply.data);
    reload();
  };
  const revoke = async ({ id }: ApiToken) => {
    const reply = await http.delete(`/api-tokens/${id}`);
    setRevoking(null);
    if (!reply.ok && reply.error.code !== 'not-found') return setProblem(reply.error);
    if (created?.id === id) setCreated(null);
    if (value) put({ items: value.items.filter((token) => token.id !== id) });
  };

  return (
    <Card title={t('tokens.title')} text={t('tokens.hint')}>
      <form class={styles.inline} onSubmit={create}>
        <TextField
          label={t('tokens.name')}
          placeholder={t('tokens.namePlaceholder')}
          isRequired
          maxLength={120}
          autoComplete="off"
          value={name}
          onInput={setName}
        />
        <Button type="submit" icon="plus" disabled={scopes?.length === 0}>
          {t('tokens.create')}
        </Button>
      </form>
      <TokenScopes mine={mine} scopes={scopes} lifetime={lifetime} onScopes={setScopes} onLifetime={setLifetime} />
      {problem && (
        <p class={styles.error} role="alert">
          {errorText(problem)}
        </p>
      )}
      {created && (
        <div class={styles.secret} role="status">
          <p>{t('tokens.created', { name: created.name })}</p>
          <p class={styles.secretLine}>
            <code dir="ltr">{created.token}</code>
            <CopyButton text={created.token} label={t('action.copy')} copiedLabel={t('action.copied')} />
          </p>
        </div>
      )}
      {error && <Failed text={errorText(error)} onRetry={reload} />}
      {!value && !error && <Skeleton rows={1} label={t('state.loading')} />}
      {value?.items.length === 0 && <p class={styles.soft}>{t('tokens.none')}</p>}
      <ul class={styles.rows}>
        {value?.items.map((token) => (
          <li key={token.id} class={styles.row}>
            <span class={styles.glyph}>
              <Icon name="key-round" />
            </span>
            <span class={styles.main}>
              <span class={styles.name} dir="auto">
                {token.name}
              </span>
              <span class={styles.soft}>
                {t('tokens.createdAt', { date: formatDate(token.createdAt) })}
                {' · '}
                {token.lastUsedAt === null ? (
                  t('tokens.neverUsed')
                ) : (
                  <>
                    {t('tokens.lastUsed')} <RelativeTime at={token.lastUsedAt} />
                  </>
                )}
                {token.scopes !== null && ` · ${t('tokens.limited', { count: token.scopes.length })}`}
                {token.expiresAt !== null && ` · ${t('tokens.until', { date: formatDate(token.expiresAt) })}`}
              </span>
            </span>
            <Button onClick={() => setRevoking(token)}>{t('tokens.revoke')}</Button>
          </li>
        ))}
      </ul>
      {revoking && (
        <Dialog
          title={t('tokens.revokeTitle', { name: revoking.name })}
          closeLabel={t('action.close')}
          onClose={() => setRevoking(null)}
          actions={
            <>
              <Button onClick={() => setRevoking(null)}>{t('action.cancel')}</Button>
              <Button look="danger" onClick={() => void revoke(revoking)}>
                {t('tokens.revoke')}
              </Button>
            </>
          }
        >
          <p>{t('tokens.revokeText')}</p>
        </Dialog>
      )}
    </Card>
  );
}
