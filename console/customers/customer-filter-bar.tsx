import { useEffect, useRef, useState } from 'preact/hooks';
import type { CustomerFilter } from '../../shared/customer-filter.ts';
import { everyCustomer } from '../../shared/customer-filter.ts';
import type { Segment } from '../../shared/segment.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import { isWhole } from './condition-kinds.ts';
import type { ConditionWords } from './condition-words.ts';
import styles from './customer-filter-bar.module.css';
import type { Asked, CustomerList } from './customer-list.ts';
import type { CustomerHouse } from './customer-room.ts';
import { FilterEditor } from './filter-editor.tsx';
import { SegmentDialog } from './segment-dialog.tsx';

interface CustomerFilterBarProps {
  house: CustomerHouse;
  list: CustomerList;
  /** The segment that is looked at. */
  segment: Segment | undefined;
  words: ConditionWords;
  asked: Asked;
  onAsk: (filter: CustomerFilter) => void;
  onOpen: (segmentId: string) => void;
}

const PAUSE_MS = 400;

/** The filter as it is put together: what is whole of it is asked for when the hand rests. */
export function CustomerFilterBar({ house, list, segment, words, asked, onAsk, onOpen }: CustomerFilterBarProps) {
  const [draft, setDraft] = useState(asked.filter);
  const [isSaving, setIsSaving] = useState(false);
  const asking = useRef(JSON.stringify(asked.filter));
  const whole = wholeOf(draft);
  const written = JSON.stringify(whole);
  // Another filter than the one that was asked for here came by the address.
  useEffect(() => {
    const shown = JSON.stringify(asked.filter);
    if (shown === asking.current) return;
    asking.current = shown;
    setDraft(asked.filter);
  }, [asked.filter]);
  useEffect(() => {
    if (written === asking.current) return undefined;
    const timer = setTimeout(() => {
      asking.current = written;
      onAsk(whole);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [written]);
  const update = async () => {
    if (!segment) return;
    const reply = await house.http.patch<Segment>(`/segments/${segment.id}`, { filter: whole });
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    await list.readSegments();
    onOpen(segment.id);
  };
  const count = list.count.value;
  return (
    <section class={styles.bar} aria-label={t('customers.filter.title')}>
      <FilterEditor filter={draft} words={words} onChange={setDraft} />
      <div class={styles.actions}>
        {whole.groups.length > 0 && !segment && (
          <Button size="small" look="primary" icon="bookmark" onClick={() => setIsSaving(true)}>
            {t('customers.saveSegment')}
          </Button>
        )}
        {segment?.isMineToChange && (
          <>
            <Button size="small" onClick={() => setDraft(segment.filter)}>
              {t('customers.editSegment')}
            </Button>
            {whole.groups.length > 0 && (
              <Button size="small" look="primary" onClick={() => void update()}>
                {t('customers.updateSegment', { name: segment.name })}
              </Button>
            )}
          </>
        )}
        {draft.groups.length > 0 && (
          <Button size="small" look="quiet" onClick={() => setDraft(everyCustomer)}>
            {t('customers.clear')}
          </Button>
        )}
        {count ? (
          <span class={styles.count} role="status">
            {t('customers.found', { count: count.count, number: formatNumber(count.count) })}
            {count.isWhole ? '' : '…'}
          </span>
        ) : (
          <Button size="small" look="quiet" onClick={() => void list.countAll()}>
            {t('customers.countThem')}
          </Button>
        )}
      </div>
      {isSaving && (
        <SegmentDialog
          house={house}
          list={list}
          filter={whole}
          onClose={() => setIsSaving(false)}
          onSaved={({ id }) => {
            setIsSaving(false);
            onOpen(id);
          }}
        />
      )}
    </section>
  );
}

/** Without what is not said to its end. */
function wholeOf({ match, groups }: CustomerFilter): CustomerFilter {
  const left = groups.map((group) => ({ ...group, conditions: group.conditions.filter(isWhole) }));
  return { match, groups: left.filter(({ conditions }) => conditions.length > 0) };
}
