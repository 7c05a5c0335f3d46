import { useState } from 'preact/hooks';
import type { AgentInvitation, IssuedLink } from '../../shared/account-link.ts';
import type { Role } from '../../shared/role.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatMoment } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import styles from '../ui/rows.module.css';
import { screenClock } from '../ui/screen-clock.ts';
import { showToast } from '../ui/toast.tsx';
import { LinkBox } from './link-box.tsx';
import { roleName } from './role-names.ts';

interface InvitationRowsProps {
  http: Http;
  items: readonly AgentInvitation[];
  roles: readonly Role[];
  onChanged: () => void;
}

/** Who was asked to join and has not yet. A link is never shown twice: for a lost one there is a new one. */
export function InvitationRows({ http, items, roles, onChanged }: InvitationRowsProps) {
  const [link, setLink] = useState<IssuedLink | null>(null);
  const renew = async (id: string) => {
    const reply = await http.post<IssuedLink>(`/agent-invitations/${id}/renew`, undefined);
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    setLink(reply.data);
    onChanged();
  };
  const withdraw = async (id: string) => {
    const reply = await http.delete(`/agent-invitations/${id}`);
    if (!reply.ok && reply.error.code !== 'not-found') return showToast({ text: errorText(reply.error), tone: 'problem' });
    setLink(null);
    onChanged();
  };
  return (
    <Card title={t('invite.pending')} text={t('invite.pendingHint')}>
      {link && <LinkBox link={link} />}
      <ul class={styles.rows}>
        {items.map(({ id, email, role, expiresAt }) => {
          const known = roles.find((one) => one.id === role);
          const isExpired = expiresAt <= screenClock.value;
          return (
            <li key={id} class={styles.row}>
              <span class={styles.glyph}>
                <Icon name="mail" />
              </span>
              <span class={styles.main}>
                <bdi class={styles.name} dir="ltr">
                  {email}
                </bdi>
                <span class={styles.soft}>{isExpired ? t('invite.expired') : t('link.expires', { moment: formatMoment(expiresAt) })}</span>
              </span>
              {known && <Badge>{roleName(known)}</Badge>}
              <Button size="small" aria-label={t('invite.renewFor', { email })} onClick={() => void renew(id)}>
                {t('invite.renew')}
              </Button>
              <Button size="small" aria-label={t('invite.withdrawFor', { email })} onClick={() => void withdraw(id)}>
                {t('invite.withdraw')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
