import { useEffect, useRef } from 'preact/hooks';
import type { SlaPolicy } from '../../shared/sla.ts';
import type { Http } from '../http.ts';
import { sortingWords } from '../inboxes/sorting-words.ts';
import styles from '../routing/routing.module.css';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { showToast } from '../ui/toast.tsx';
import { policySentence } from './policy-sentence.ts';
import type { SlaPlaces } from './sla-parts.ts';

interface PolicyListProps {
  http: Http;
  places: SlaPlaces;
  policies: readonly SlaPolicy[];
  onChanged: (policies: readonly SlaPolicy[]) => void;
  onReload: () => void;
  onOpen: (policy: SlaPolicy | 'new') => void;
  /** Somebody comes back from the editor, and the keyboard with them. */
  isBack: boolean;
}

/** Policies as sentences. Their order is kept at once; of two that fit a chat the upper one counts. */
export function PolicyList({ http, places, policies, onChanged, onReload, onOpen, isBack }: PolicyListProps) {
  const turn = useRef(Promise.resolve());
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isBack) heading.current?.querySelector<HTMLButtonElement>('[data-add]')?.focus({ preventScroll: true });
  }, []);
  const move = (from: number, to: number) => {
    const next = moved(policies, from, to);
    onChanged(next);
    // One after the other, so that the last order is the one that stays.
    turn.current = turn.current.then(async () => {
      const reply = await http.post('/sla-policies/order', { ids: next.map(({ id }) => id) });
      if (reply.ok) return;
      showToast({ text: errorText(reply.error) });
      onReload();
    });
  };
  const add = (
    <Button look="primary" icon="plus" data-add onClick={() => onOpen('new')}>
      {t('sla.add')}
    </Button>
  );
  return (
    <div ref={heading}>
      <Card title={t('settings.sla')} text={t('sla.hint')} action={policies.length > 0 && add}>
        {policies.length === 0 && (
          <EmptyState icon="timer" title={t('sla.none')} text={t('sla.noneHint')}>
            {add}
          </EmptyState>
        )}
        <SortableList
          items={policies}
          keyOf={({ id }) => id}
          words={sortingWords()}
          onMove={move}
          title={(policy) => (
            <>
              <button type="button" class={styles.rowName} onClick={() => onOpen(policy)}>
                <bdi>{policy.name}</bdi>
              </button>
              <Badge tone={policy.isOn ? 'green' : 'neutral'}>{t(policy.isOn ? 'routing.on' : 'routing.off')}</Badge>
            </>
          )}
          actions={(policy) => (
            <Button size="small" icon="pencil" aria-label={t('people.manage', { name: policy.name })} onClick={() => onOpen(policy)}>
              {t('action.edit')}
            </Button>
          )}
        >
          {(policy) => (
            <div class={styles.inside}>
              <p class={styles.sentence} data-off={!policy.isOn || undefined}>
                {policySentence(policy, places)}
              </p>
            </div>
          )}
        </SortableList>
        {policies.length > 0 && <p class={styles.soft}>{t('sla.otherwise')}</p>}
      </Card>
    </div>
  );
}
