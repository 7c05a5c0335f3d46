import { useEffect, useState } from 'preact/hooks';
import { wordsOf } from '../../shared/fold.ts';
import type { Tag } from '../../shared/tag.ts';
import type { Repertoire } from '../canned/repertoire.ts';
import { TagChip } from '../canned/tag-chip.tsx';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { TagDialog } from './tag-dialog.tsx';
import styles from './toolbox.module.css';

const SEARCH_FROM = 12;
/** While tags go off their conversations the numbers move. */
const LOOK_AGAIN_MS = 2_000;

/** Every name that conversations carry, with how many do. */
export function TagSettings({ http, repertoire }: { http: Http; repertoire: Repertoire }) {
  const [turn, setTurn] = useState(0);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<'new' | Tag | null>(null);
  useEffect(() => repertoire.tags.want(), [repertoire]);
  const known = repertoire.tags.tags.value;
  const pages = useRemotePages<Tag>((cursor) => http.get('/tags', { cursor: cursor ?? undefined, limit: 200 }), [turn, known]);
  const isMoving = pages.items.some(({ leaving }) => leaving);
  useEffect(() => {
    if (!isMoving || pages.phase === 'loading') return undefined;
    const timer = setTimeout(() => setTurn(turn + 1), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isMoving, pages.phase, turn]);
  const asked = wordsOf(query).map(({ word }) => word);
  const found = pages.items.filter(({ name }) => {
    const words = wordsOf(name).map(({ word }) => word);
    return asked.every((one) => words.some((word) => word.startsWith(one)));
  });
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;
  return (
    <Card
      title={t('settings.tags')}
      text={t('tag.hint')}
      action={
        <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
          {t('tag.add')}
        </Button>
      }
    >
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={3} label={t('state.loading')} />}
      {isEmpty && <EmptyState icon="tag" title={t('tag.none')} text={t('tag.noneHint')} />}
      {pages.items.length >= SEARCH_FROM && (
        <TextField
          type="search"
          label={t('tag.search')}
          isLabelHidden
          placeholder={t('tag.search')}
          autoComplete="off"
          value={query}
          onInput={setQuery}
        />
      )}
      <ul class={rows.rows}>
        {found.map((tag) => (
          <li key={tag.name} class={rows.row}>
            <span class={rows.main}>
              <span class={styles.nameLine}>
                <TagChip name={tag.name} colour={tag.colour} />
                {tag.leaving && (
                  <span class={rows.soft} role="status">
                    {tag.leaving.becomes === null ? t('tag.leaving') : t('tag.becoming', { name: tag.leaving.becomes })}
                  </span>
                )}
              </span>
            </span>
            {tag.count !== null && <span class={rows.soft}>{t('tag.count', { count: tag.count })}</span>}
            {!tag.leaving && (
              <Button size="small" icon="pencil" aria-label={t('people.manage', { name: tag.name })} onClick={() => setOpen(tag)}>
                {t('action.edit')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <div>
          <Button onClick={pages.loadMore}>{t('action.more')}</Button>
        </div>
      )}
      {open && (
        <TagDialog
          http={http}
          tag={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onChanged={() => {
            setOpen(null);
            setTurn(turn + 1);
            repertoire.tags.refresh();
          }}
        />
      )}
    </Card>
  );
}
