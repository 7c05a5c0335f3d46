import { useEffect, useState } from 'preact/hooks';
import type { ReadyAnswer } from '../../shared/ready-answer.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { language, t } from '../texts/texts.ts';
import { BackLink } from '../ui/back-link.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote } from '../ui/use-remote.ts';
import editor from './answer-editor.module.css';
import { answerPath } from './answer-path.ts';
import { LibraryChoice } from './library-choice.tsx';
import type { LibraryDraft } from './library-draft.ts';
import { LibraryFilling } from './library-filling.tsx';

interface LibraryPageProps {
  http: Http;
  draft: LibraryDraft;
  /** The name of the business, which is known already. */
  business: string;
}

/** Ready questions: first to be chosen, then to be filled in, all in one go. */
export function LibraryPage({ http, draft, business }: LibraryPageProps) {
  const { value, error, reload } = useRemote(() => http.get<{ items: ReadyAnswer[] }>('/answers/library'), []);
  const [isFilling, setIsFilling] = useState(false);
  useEffect(() => {
    if (draft.languages.peek().length === 0) draft.languages.value = [language.peek()];
  }, [draft]);
  const chosen = value?.items.filter(({ id, answerIds }) => draft.chosen.value.has(id) && answerIds.length === 0) ?? [];
  return (
    <div class={editor.frame}>
      <header class={editor.header}>
        <div class={editor.heading}>
          <BackLink href={answerPath()}>{t('answers.all')}</BackLink>
          <h2 class={editor.title}>{t(isFilling ? 'answers.fillTitle' : 'answers.libraryTitle')}</h2>
          <p class={editor.state}>{t(isFilling ? 'answers.fillHint' : 'answers.libraryHint')}</p>
        </div>
      </header>
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
          <Button onClick={reload}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {!value && !error && <Skeleton rows={8} label={t('state.loading')} />}
      {value && !isFilling && <LibraryChoice all={value.items} draft={draft} onGo={() => setIsFilling(true)} />}
      {value && isFilling && (
        <LibraryFilling http={http} chosen={chosen} draft={draft} business={business} onBack={() => setIsFilling(false)} />
      )}
    </div>
  );
}
