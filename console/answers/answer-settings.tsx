import { useEffect, useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { Tag } from '../../shared/tag.ts';
import type { AnswerNews } from '../canned/answer-news.ts';
import { TagShelf } from '../canned/tag-shelf.ts';
import { LeaveDialog } from '../editing/leave-dialog.tsx';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { useMedia } from '../ui/use-media.ts';
import { useRemote } from '../ui/use-remote.ts';
import { emptyAnswer } from './answer-draft.ts';
import type { AnswerFilter } from './answer-filters.tsx';
import styles from './answer-list.module.css';
import { AnswerList } from './answer-list.tsx';
import { answerPath } from './answer-path.ts';
import { answerShelf } from './answer-shelf.ts';
import { ImportDialog } from './import-dialog.tsx';
import { LibraryPage } from './library-page.tsx';
import { OneAnswer } from './one-answer.tsx';
import { ProposalsLink } from './proposals-link.tsx';
import { ProposalsPage } from './proposals-page.tsx';
import { TryPanel } from './try-panel.tsx';

interface AnswerSettingsProps {
  http: Http;
  me: SignedInAgent;
  /** Of what colleagues do meanwhile. */
  news?: AnswerNews | undefined;
}

/** Automatic answers: all of them, one to edit, or the library of ready questions. */
export function AnswerSettings({ http, me, news }: AnswerSettingsProps) {
  const { query, route } = useLocation();
  // Whoever may not set up inboxes does not see their names.
  const inboxes = useRemote(() => http.get<{ items: Inbox[] }>('/inboxes'), []).value?.items ?? [];
  const tags = useMemo(
    () => new TagShelf((cursor) => http.get<{ items: Tag[]; next: string | null }>('/tags', { cursor, limit: 500 })),
    [],
  );
  const [filter, setFilter] = useState<AnswerFilter>({ words: '' });
  const [stamp, setStamp] = useState(0);
  const [turns, setTurns] = useState(0);
  const [isImporting, setIsImporting] = useState(false);
  const isWide = useMedia('(min-width: 1100px)');
  useEffect(() => tags.want(), [tags]);
  const shelf = answerShelf(http, me.id);
  return (
    <>
      {query.show === 'library' ? (
        <LibraryPage http={http} draft={shelf.library} business={me.business} />
      ) : query.show === 'proposals' ? (
        <ProposalsPage http={http} />
      ) : query.id ? (
        <OneAnswer
          key={query.id}
          id={query.id}
          http={http}
          shelf={shelf}
          news={news}
          inboxes={inboxes}
          tags={tags}
          mayUpload={me.permissions.includes('conversations:reply')}
        />
      ) : (
        <div class={styles.layout}>
          <ProposalsLink http={http} />
          <div class={styles.columns}>
            <AnswerList
              http={http}
              shelf={shelf}
              inboxes={inboxes}
              tags={tags}
              filter={filter}
              stamp={stamp}
              news={news}
              onFilter={setFilter}
              onBegin={() => route(answerPath(shelf.begin(emptyAnswer).id))}
              onImport={() => setIsImporting(true)}
              onChanged={() => setTurns((turn) => turn + 1)}
            />
            <aside class={styles.aside} aria-label={t('answers.try')}>
              <TryPanel
                key={String(isWide)}
                http={http}
                inboxes={inboxes}
                stamp={`${stamp} ${turns}`}
                hasUnsaved={false}
                isOpenAtFirst={isWide}
              />
            </aside>
          </div>
        </div>
      )}
      {isImporting && <ImportDialog http={http} onDone={() => setStamp((turn) => turn + 1)} onClose={() => setIsImporting(false)} />}
      <LeaveDialog
        all={shelf
          .unsaved()
          .map((edits) => ({ changed: edits.changed, discard: () => (edits.saved.value ? edits.discard() : shelf.drop(edits)) }))}
        text={t('answers.leaveText')}
        keptText={t('answers.kept')}
      />
    </>
  );
}
