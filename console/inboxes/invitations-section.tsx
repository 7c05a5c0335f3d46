import { INVITATIONS_MAX } from '../../shared/inbox-limits.ts';
import type { Invitation } from '../../shared/invitation.ts';
import { newId } from '../editing/new-id.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { InvitationRule } from './invitation-rule.tsx';
import { invitationSentence } from './invitation-sentence.ts';
import { sortingWords } from './sorting-words.ts';
import { useOpenIds } from './use-open-ids.ts';

const firstRule: Omit<Invitation, 'id'> = {
  isOn: true,
  text: {},
  pages: [],
  afterSeconds: 30,
  scrolledPercent: null,
  onExitIntent: false,
  isReturning: null,
  languages: [],
  hours: 'staffed',
  cartValueMin: null,
  onceInDays: 7,
};

export function InvitationsSection() {
  const { draft, set, textLanguage, errorAt } = useInboxForm();
  const { invitations } = draft;
  const opened = useOpenIds();
  const isFull = invitations.length >= INVITATIONS_MAX;
  const add = (rule: Omit<Invitation, 'id'>) => {
    const id = newId();
    set('invitations', [...invitations, { ...rule, id }]);
    opened.open(id);
  };
  const nameOf = ({ text }: Invitation) => text[textLanguage] || Object.values(text)[0] || t('inbox.newInvitation');
  return (
    <div class={styles.section}>
      <Card title={t('inbox.invitations')} text={t('inbox.invitationsHint')}>
        <SortableList
          items={invitations}
          keyOf={({ id }) => id}
          words={sortingWords()}
          onMove={(from, to) => set('invitations', moved(invitations, from, to))}
          title={(rule, place) => (
            <>
              <button type="button" class={styles.rowName} aria-expanded={isOpen(rule, place)} onClick={() => opened.toggle(rule.id)}>
                <bdi>{nameOf(rule)}</bdi>
              </button>
              <Badge tone={rule.isOn ? 'green' : 'neutral'}>{t(rule.isOn ? 'inbox.on' : 'inbox.off')}</Badge>
            </>
          )}
          actions={(rule) => (
            <>
              <IconButton
                icon="copy"
                label={t('inbox.copyInvitation', { name: nameOf(rule) })}
                disabled={isFull}
                onClick={() => add({ ...rule, isOn: false })}
              />
              <IconButton
                icon="trash-2"
                label={t('inbox.removeInvitation', { name: nameOf(rule) })}
                onClick={() =>
                  set(
                    'invitations',
                    invitations.filter(({ id }) => id !== rule.id),
                  )
                }
              />
            </>
          )}
        >
          {(rule, place) => (
            <div class={styles.inside}>
              <p class={styles.sentence}>{invitationSentence(rule)}</p>
              {isOpen(rule, place) && (
                <InvitationRule
                  rule={rule}
                  place={place}
                  onChange={(next) =>
                    set(
                      'invitations',
                      invitations.map((one) => (one.id === rule.id ? next : one)),
                    )
                  }
                />
              )}
            </div>
          )}
        </SortableList>
        <div>
          <Button icon="plus" disabled={isFull} onClick={() => add(firstRule)}>
            {t('inbox.addInvitation')}
          </Button>
        </div>
      </Card>
    </div>
  );

  function isOpen({ id }: Invitation, place: number): boolean {
    return opened.isOpen(id) || errorAt(`invitations.${place}`) !== undefined;
  }
}
