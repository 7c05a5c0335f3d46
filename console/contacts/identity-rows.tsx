import { useRef, useState } from 'preact/hooks';
import type { Contact, IdentityKind } from '../../shared/contact.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import { Menu } from '../ui/menu.tsx';
import type { CardRowProps } from './card-row.ts';
import styles from './contact-card.module.css';
import { ActionRow, DetailRow } from './detail-row.tsx';
import { IdentityMark } from './identity-mark.tsx';
import { Editable } from './in-place.tsx';

const kinds = ['email', 'phone', 'external'] as const satisfies readonly IdentityKind[];
const icons: Record<IdentityKind, IconName> = { email: 'mail', phone: 'phone', external: 'key-round' };
const inputs = { email: 'email', phone: 'tel', external: 'text' } as const;
const words = {
  email: { label: 'contact.email', edit: 'contact.editEmail', invalid: 'contact.invalidEmail' },
  phone: { label: 'contact.phone', edit: 'contact.editPhone', invalid: 'contact.invalidPhone' },
  external: { label: 'contact.externalId', edit: 'card.editExternalId', invalid: 'card.invalidExternalId' },
} as const;

/** By what the person is recognised and reached, one row a kind; each value with whether anybody has made sure of it. */
export function IdentityRows({ edits, mayEdit }: CardRowProps) {
  const { http, contact } = edits;
  const at = `/contacts/${contact.id}/identities`;
  const shown = kinds.filter((kind) => kind !== 'external' || contact.identities.some((one) => one.kind === kind));
  return (
    <>
      {shown.map((kind) => {
        const own = contact.identities.filter((identity) => identity.kind === kind);
        const { label, edit, invalid } = words[kind];
        return (
          <DetailRow key={kind} isPlain={own.length > 0} icon={icons[kind]} label={t(label)}>
            {own.map((identity) => (
              <div key={identity.id ?? identity.value} class={styles.identity}>
                <Editable
                  mayEdit={mayEdit && (!identity.isVerified || identity.confirmedBy !== undefined)}
                  label={t(label)}
                  editLabel={t(edit)}
                  value={identity.value}
                  placeholder={t('contact.add')}
                  type={inputs[kind]}
                  maxLength={longest(kind)}
                  onSave={(value) =>
                    value === ''
                      ? edits.send(http.delete<Contact>(`${at}/${identity.id}`))
                      : edits.send(http.patch<Contact>(`${at}/${identity.id}`, { value }), t(invalid))
                  }
                >
                  <bdi class={styles.value} dir="ltr">
                    {identity.value}
                  </bdi>
                </Editable>
                <IdentityMark edits={edits} identity={identity} mayEdit={mayEdit} />
              </div>
            ))}
            {own.length === 0 && (
              <Editable
                mayEdit={mayEdit}
                label={t(label)}
                editLabel={t(edit)}
                value=""
                placeholder={t('contact.add')}
                type={inputs[kind]}
                maxLength={longest(kind)}
                onSave={addTo(edits, kind)}
              />
            )}
          </DetailRow>
        );
      })}
    </>
  );
}

/** Another one of any kind. */
export function AddIdentity({ edits }: Pick<CardRowProps, 'edits'>) {
  const [adding, setAdding] = useState<IdentityKind | null>(null);
  const box = useRef<HTMLSpanElement>(null);
  const stop = () => {
    setAdding(null);
    // Whoever has gone on to something else meanwhile stays there.
    requestAnimationFrame(() => document.activeElement === document.body && box.current?.querySelector('button')?.focus());
  };
  if (adding !== null) {
    const { label, edit } = words[adding];
    return (
      <DetailRow icon={icons[adding]} label={t(label)}>
        <EditInPlace
          startsOpen
          label={t(label)}
          editLabel={t(edit)}
          value=""
          placeholder={t('contact.add')}
          type={inputs[adding]}
          maxLength={longest(adding)}
          onStop={stop}
          onSave={addTo(edits, adding)}
        />
      </DetailRow>
    );
  }
  return (
    <ActionRow label={t('card.addIdentity')}>
      <span ref={box}>
        <Menu
          label={t('card.addIdentity')}
          items={kinds.map((kind) => ({ key: kind, label: t(words[kind].label), icon: icons[kind], onSelect: () => setAdding(kind) }))}
          trigger={(props) => (
            <Button {...(props as object)} look="quiet" size="small" icon="plus" onClick={props.onClick}>
              {t('card.addIdentity')}
            </Button>
          )}
        />
      </span>
    </ActionRow>
  );
}

function addTo({ http, contact, send }: CardRowProps['edits'], kind: IdentityKind) {
  return async (value: string) =>
    value === '' ? null : send(http.post<Contact>(`/contacts/${contact.id}/identities`, { kind, value }), t(words[kind].invalid));
}

function longest(kind: IdentityKind): number {
  return kind === 'email' ? 254 : 120;
}
