import type { Consent } from '../../shared/consent.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { formatMoment } from '../ui/format.ts';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './split-dialog.module.css';
import type { Parted } from './split-kinds.ts';

interface SplitConsentsProps {
  http: Http;
  contactId: string;
  chosen: ReadonlyMap<string, string>;
  onTick: (item: Parted, isChosen: boolean) => void;
}

/** The records of what somebody has agreed to; a file without any has no such part. */
export function SplitConsents({ http, contactId, chosen, onTick }: SplitConsentsProps) {
  const pages = useRemotePages<Consent>(
    (cursor) => http.get(`/contacts/${contactId}/consents`, { cursor: cursor ?? undefined }),
    [contactId],
  );
  if (pages.items.length === 0) return null;
  return (
    <fieldset class={styles.group}>
      <legend>{t('split.consents')}</legend>
      {pages.items.map(({ id, kind, isGiven, at }) => {
        const item = {
          ...{ id, shelf: 'consent', label: t(`consent.kind.${kind}`) },
          hint: `${t(isGiven ? 'consent.given' : 'consent.withdrawn')} · ${formatMoment(at)}`,
        };
        return (
          <CheckField
            key={id}
            label={item.label}
            hint={item.hint}
            isChecked={chosen.has(id)}
            onChange={(isChosen) => onTick(item, isChosen)}
          />
        );
      })}
      {pages.hasMore && (
        <Button size="small" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </fieldset>
  );
}
