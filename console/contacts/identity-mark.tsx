import type { Contact, Identity } from '../../shared/contact.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import type { CardRowProps } from './card-row.ts';
import styles from './contact-card.module.css';

/** Whether anybody has made sure of it, and who has said it; pressed, what can be done with it. */
export function IdentityMark({ edits, mayEdit, identity }: CardRowProps & { identity: Identity }) {
  const { http, contact } = edits;
  const { isVerified, confirmedBy, value } = identity;
  const at = `/contacts/${contact.id}/identities/${identity.id}`;
  const send = async (reply: ReturnType<typeof http.patch<Contact>>) => {
    const refusal = await edits.send(reply);
    if (refusal) showToast({ text: typeof refusal === 'string' ? refusal : t('card.heldElsewhere'), tone: 'problem' });
  };
  const confirm = (wished: boolean) => void send(http.patch<Contact>(at, { isVerified: wished }));
  const badge = (
    <Badge tone={isVerified ? 'green' : 'neutral'} title={sentenceOf(identity)}>
      <Icon name={isVerified ? 'shield-check' : 'circle-question-mark'} size="small" />
      <span class={styles.markText}>{markOf(identity)}</span>
    </Badge>
  );
  if (!mayEdit || identity.id === undefined) return badge;
  const copy = async () => {
    await navigator.clipboard.writeText(value).catch(() => undefined);
    showToast({ text: t('action.copied') });
  };
  const isByHand = !isVerified || confirmedBy !== undefined;
  const items: MenuItem[] = [
    { key: 'copy', label: t('action.copy'), icon: 'copy', onSelect: () => void copy() },
    ...(isVerified
      ? []
      : [
          {
            key: 'confirm',
            label: t('card.confirm'),
            hint: t('card.confirmHint'),
            icon: 'shield-check' as const,
            onSelect: () => confirm(true),
          },
        ]),
    ...(confirmedBy ? [{ key: 'doubt', label: t('card.unconfirm'), icon: 'rotate-ccw' as const, onSelect: () => confirm(false) }] : []),
    ...(isByHand
      ? [
          {
            key: 'remove',
            label: t('card.removeIdentity'),
            icon: 'trash-2' as const,
            hasLineBefore: true,
            onSelect: () => void send(http.delete<Contact>(at)),
          },
        ]
      : []),
  ];
  return (
    <Menu
      label={value}
      align="end"
      items={items}
      header={<p class={styles.source}>{sentenceOf(identity)}</p>}
      trigger={(props) => (
        <button type="button" {...props} class={styles.badgeButton} aria-label={`${markOf(identity)}: ${value}`}>
          {badge}
        </button>
      )}
    />
  );
}

function markOf({ isVerified, source }: Identity): string {
  if (isVerified) return t('contact.verified');
  return source === undefined || source === 'visitor' ? t('contact.claimed') : t('card.noted');
}

function sentenceOf({ isVerified, confirmedBy, source }: Identity): string {
  if (confirmedBy) return t('card.confirmedBy', { name: confirmedBy.name });
  if (isVerified) return t('contact.verifiedHint');
  return source === undefined || source === 'visitor' || source === 'site' ? t('contact.claimedHint') : t(`card.source.${source}`);
}
