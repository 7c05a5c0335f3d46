import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { useDeckMoves } from './deck-moves.ts';
import type { Desk } from './desk.ts';
import { takeNext } from './desk-actions.ts';
import type { ViewName } from './list-views.ts';

interface TakeNextProps {
  desk: Desk;
  view: ViewName;
  size?: 'small' | 'medium';
}

/** Takes whoever is next in the queue. Not there while nobody waits whom the agent may take. */
export function TakeNext({ desk, view, size = 'medium' }: TakeNextProps) {
  const moves = useDeckMoves(desk, view);
  const [isBusy, setIsBusy] = useState(false);
  if (!hasNext(desk)) return null;
  const take = async () => {
    setIsBusy(true);
    const id = await takeNext(desk);
    setIsBusy(false);
    if (id !== null) moves.goTo(id, { isWriting: true });
  };
  return (
    <Button
      look="primary"
      size={size}
      {...(size === 'medium' && { icon: 'hand' as const })}
      isBusy={isBusy}
      title={`${t('shortcuts.takeNext')} (G)`}
      aria-keyshortcuts="G"
      onClick={take}
    >
      {t('take.next')}
    </Button>
  );
}

/** Whether somebody waits whom this agent may take. */
export function hasNext({ me, list, ownRouting }: Desk): boolean {
  if (!me.value?.permissions.includes('conversations:reply')) return false;
  for (const summary of list.summaries.value.values()) if (ownRouting.mayPick(summary)) return true;
  return false;
}
