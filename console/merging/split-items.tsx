import { useState } from 'preact/hooks';
import type { TimelineItem, TimelineKind } from '../../shared/timeline.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { SelectField } from '../ui/field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './split-dialog.module.css';
import { type Parted, partedKinds, toParted } from './split-kinds.ts';

interface SplitItemsProps {
  http: Http;
  contactId: string;
  chosen: ReadonlyMap<string, string>;
  onTick: (item: Parted, isChosen: boolean) => void;
}

const PAGE = 50;

/** Everything that stands in a file, the latest first: what was ticked stays so whatever else is looked at. */
export function SplitItems({ http, contactId, chosen, onTick }: SplitItemsProps) {
  const [kind, setKind] = useState<TimelineKind | 'all'>('all');
  const kinds = kind === 'all' ? partedKinds.join() : kind;
  const pages = useRemotePages<TimelineItem>(
    (cursor) => http.get(`/contacts/${contactId}/timeline`, { kinds, limit: PAGE, cursor: cursor ?? undefined }),
    [contactId, kinds],
  );
  const items = pages.items.flatMap((item) => toParted(item) ?? []);
  const isLoading = pages.phase === 'loading';
  return (
    <fieldset class={styles.group}>
      <legend>{t('split.items')}</legend>
      <SelectField
        label={t('split.kind')}
        isLabelHidden
        value={kind}
        options={[
          { value: 'all', label: t('timeline.allKinds') },
          ...partedKinds.map((one) => ({ value: one, label: t(`timeline.kind.${one}`) })),
        ]}
        onChoose={setKind}
      />
      {isLoading && items.length === 0 && <Skeleton rows={3} label={t('state.loading')} />}
      {pages.error && (
        <p class={styles.error} role="alert">
          {errorText(pages.error)}
        </p>
      )}
      {!isLoading && !pages.error && items.length === 0 && <p class={styles.intro}>{t('split.nothingThere')}</p>}
      {items.map((item) => (
        <CheckField
          key={item.id}
          label={item.label}
          hint={item.hint}
          isChecked={chosen.has(item.id)}
          onChange={(isChosen) => onTick(item, isChosen)}
        />
      ))}
      {pages.hasMore && (
        <Button size="small" isBusy={isLoading} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </fieldset>
  );
}
