import type { Agent } from '../../shared/agent.ts';
import { t } from '../texts/texts.ts';
import type { CardRowProps } from './card-row.ts';
import { DetailRow } from './detail-row.tsx';
import { Pickable } from './in-place.tsx';
import { useKnown } from './use-known.ts';

/** The colleague who looks after this person. */
export function OwnerRow({ edits, mayEdit }: CardRowProps) {
  const { ownerId } = edits.contact;
  const agents = useKnown<{ items: Agent[] }>(edits.http, '/agents')?.items ?? null;
  const owner = agents?.find(({ id }) => id === ownerId);
  return (
    <DetailRow icon="user-round" label={t('card.owner')}>
      <Pickable
        mayEdit={mayEdit}
        label={t('card.owner')}
        editLabel={t('card.editOwner')}
        value={ownerId === null ? '' : (owner?.name ?? (agents ? t('card.formerOwner') : '…'))}
        placeholder={t('card.noOwner')}
        chosen={ownerId}
        options={agents?.map(({ id, name }) => ({ key: id, label: name })) ?? null}
        clearLabel={t('card.noOwner')}
        emptyLabel={t('card.nobodyFound')}
        onPick={(id) => edits.patch({ ownerId: id }, t('card.ownerGone'))}
      />
    </DetailRow>
  );
}
