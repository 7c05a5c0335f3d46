import type { Contact, ContactPatch, Identity } from '../../shared/contact.ts';
import type { Reply } from '../../shared/errors.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import styles from './contact-card.module.css';
import { contactName } from './contact-name.ts';
import { DetailRow } from './detail-row.tsx';

interface ContactCardProps {
  contact: Contact;
  mayEdit: boolean;
  onPatch: (patch: ContactPatch) => Promise<Reply<Contact>>;
}

/** Who this is, edited in place. */
export function ContactCard({ contact, mayEdit, onPatch }: ContactCardProps) {
  const save = (key: keyof typeof invalidTexts) => async (value: string) => {
    const reply = await onPatch({ [key]: value === '' ? null : value });
    if (reply.ok) return null;
    return reply.error.code === 'invalid' ? t(invalidTexts[key]) : errorText(reply.error);
  };
  const name = contactName(contact);
  const mayEditDetails = mayEdit && !contact.isMasked;
  return (
    <div class={styles.card}>
      <div class={styles.who}>
        <Avatar name={contact.name} seed={contact.id} size="large" />
        <div class={styles.name}>
          <Editable
            mayEdit={mayEdit}
            label={t('contact.name')}
            editLabel={t('contact.editName')}
            value={contact.name ?? ''}
            placeholder={name}
            onSave={save('name')}
          />
          <Badge tone={lifecycleTones[contact.lifecycle]}>{t(`contact.lifecycle.${contact.lifecycle}`)}</Badge>
        </div>
      </div>
      <dl class={styles.details}>
        <DetailRow icon="mail" label={t('contact.email')}>
          <IdentityValues contact={contact} kind="email" mayEdit={mayEditDetails} onSave={save('email')} />
        </DetailRow>
        <DetailRow icon="phone" label={t('contact.phone')}>
          <IdentityValues contact={contact} kind="phone" mayEdit={mayEditDetails} onSave={save('phone')} />
        </DetailRow>
        <DetailRow icon="building" label={t('contact.company')}>
          <Editable
            mayEdit={mayEdit}
            label={t('contact.company')}
            editLabel={t('contact.editCompany')}
            value={contact.company ?? ''}
            placeholder={t('contact.add')}
            onSave={save('company')}
          />
        </DetailRow>
        <IdentityRows identities={contact.identities.filter((identity) => identity.kind === 'external')} />
        {contact.locale && (
          <DetailRow icon="globe" label={t('contact.locale')}>
            <span>{languageName(contact.locale)}</span>
          </DetailRow>
        )}
        {contact.page && (
          <DetailRow icon="external-link" label={t('contact.page')}>
            <PageLink page={contact.page} />
          </DetailRow>
        )}
        <DetailRow icon="eye" label={t('contact.lastSeen')}>
          <RelativeTime at={contact.lastSeenAt} />
        </DetailRow>
        <DetailRow icon="calendar" label={t('contact.firstSeen')}>
          <RelativeTime at={contact.createdAt} />
        </DetailRow>
        {contact.consent && (
          <DetailRow icon="shield-check" label={t('contact.consent')}>
            <RelativeTime at={contact.consent.at} />
            {contact.consent.text && <bdi class={styles.value}>{contact.consent.text}</bdi>}
          </DetailRow>
        )}
        {Object.entries(contact.fields).map(([key, value]) => (
          <DetailRow key={key} icon="tag" label={key}>
            <bdi class={styles.value}>{value}</bdi>
          </DetailRow>
        ))}
      </dl>
    </div>
  );
}

const lifecycleTones = { lead: 'accent', customer: 'green', lapsed: 'neutral' } as const;
const invalidTexts = {
  name: 'contact.invalidName',
  company: 'contact.invalidName',
  email: 'contact.invalidEmail',
  phone: 'contact.invalidPhone',
} as const;

interface EditableProps {
  mayEdit: boolean;
  label: string;
  editLabel: string;
  value: string;
  placeholder: string;
  type?: 'text' | 'email' | 'tel';
  onSave: (value: string) => Promise<string | null>;
}

function Editable({ mayEdit, ...field }: EditableProps) {
  if (mayEdit) return <EditInPlace {...field} maxLength={field.type === 'email' ? 254 : 120} />;
  return <bdi class={field.value ? styles.value : styles.none}>{field.value || '–'}</bdi>;
}

interface IdentityValuesProps {
  contact: Contact;
  kind: 'email' | 'phone';
  mayEdit: boolean;
  onSave: (value: string) => Promise<string | null>;
}

/** The first one can be edited; further ones came from the person and are shown below it. */
function IdentityValues({ contact, kind, mayEdit, onSave }: IdentityValuesProps) {
  const [first, ...others] = contact.identities.filter((identity) => identity.kind === kind);
  return (
    <>
      <div class={styles.identity}>
        <Editable
          mayEdit={mayEdit}
          label={t(`contact.${kind}`)}
          editLabel={t(kind === 'email' ? 'contact.editEmail' : 'contact.editPhone')}
          value={first?.value ?? ''}
          placeholder={t('contact.add')}
          type={kind === 'email' ? 'email' : 'tel'}
          onSave={onSave}
        />
        {first && <VerifiedMark identity={first} />}
      </div>
      {others.map((identity) => (
        <div key={identity.value} class={styles.identity}>
          <bdi class={styles.value} dir="ltr">
            {identity.value}
          </bdi>
          <VerifiedMark identity={identity} />
        </div>
      ))}
    </>
  );
}

function VerifiedMark({ identity: { isVerified } }: { identity: Identity }) {
  const sentence = isVerified ? t('contact.verifiedHint') : t('contact.claimedHint');
  return (
    <Badge tone={isVerified ? 'green' : 'neutral'} title={sentence}>
      {isVerified && <Icon name="shield-check" size="small" />}
      {isVerified ? t('contact.verified') : t('contact.claimed')}
    </Badge>
  );
}

function IdentityRows({ identities }: { identities: readonly Identity[] }) {
  const icon: IconName = 'key-round';
  return identities.map((identity) => (
    <DetailRow key={identity.value} icon={icon} label={t('contact.externalId')}>
      <div class={styles.identity}>
        <bdi class={styles.value} dir="ltr">
          {identity.value}
        </bdi>
        <CopyButton text={identity.value} label={t('action.copy')} copiedLabel={t('action.copied')} />
      </div>
    </DetailRow>
  ));
}

function PageLink({ page: { url, title } }: { page: NonNullable<Contact['page']> }) {
  // An address that a stranger's page told: only the web is worth a click.
  if (!/^https?:\/\//i.test(url)) return <bdi class={styles.value}>{title || url}</bdi>;
  return (
    <a class={styles.page} dir="auto" href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
      {title || url.replace(/^https?:\/\//i, '')}
    </a>
  );
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
