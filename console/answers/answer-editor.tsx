import { useEffect, useRef, useState } from 'preact/hooks';
import { type Language, languageNames } from '../../shared/language.ts';
import type { TagShelf } from '../canned/tag-shelf.ts';
import { SaveBar } from '../editing/save-bar.tsx';
import type { Http } from '../http.ts';
import { language as screenLanguage, t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';
import { type AnswerForm, tidyLines } from './answer-draft.ts';
import styles from './answer-editor.module.css';
import { AnswerFormContext, errorAt } from './answer-form.ts';
import { AnswerPreview } from './answer-preview.tsx';
import { sectionNames } from './answer-sections.ts';
import type { AnswerEdits } from './answer-shelf.ts';
import { languagesOf, type NamedInbox } from './answer-words.ts';
import { blanksIn } from './blanks.ts';
import { QuestionSection } from './question-section.tsx';
import { SaidSection } from './said-section.tsx';
import { TryPanel } from './try-panel.tsx';
import { WhenSection } from './when-section.tsx';

interface AnswerEditorProps {
  http: Http;
  edits: AnswerEdits;
  inboxes: readonly NamedInbox[];
  tags: TagShelf;
  mayUpload: boolean;
}

/** One automatic answer: what is asked, what is said, when; beside it how it looks, and whether it is found. */
export function AnswerEditor({ http, edits, inboxes, tags, mayUpload }: AnswerEditorProps) {
  const [textLanguage, setTextLanguage] = useState<Language>(() => languageToBegin(edits.draft.peek()));
  const form = useRef<HTMLFormElement>(null);
  const draft = edits.draft.value;
  const refusal = edits.refusal.value;
  const isNew = edits.saved.value === null;
  const hasBlanks = Object.values(draft.bodies).some(({ text }) => blanksIn(text).length > 0);
  const findFault = () => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');

  // A refusal leads to its field, in whichever language it stands.
  useEffect(() => {
    const blamed = refusal?.field?.split('.')[1] ?? '';
    if (blamed in languageNames) setTextLanguage(blamed as Language);
  }, [refusal]);
  useEffect(() => {
    if (refusal) findFault()?.focus();
  }, [refusal, textLanguage]);
  useEffect(() => {
    if (isNew && !draft.question[textLanguage]) form.current?.querySelector<HTMLElement>('input[lang]')?.focus();
  }, []);

  const save = async (event: Event) => {
    event.preventDefault();
    const fault = findFault();
    if (fault && !refusal) return fault.focus();
    // What is refused is named by its place among the lines that are sent.
    edits.set('phrasings', tidyLines(draft.phrasings));
    await edits.save();
    if (edits.saved.value && edits.changed.value.length === 0) {
      showToast({ text: t('toast.saved') });
    }
  };
  const context = {
    http,
    draft,
    inboxes,
    tags,
    mayUpload,
    set: edits.set,
    textLanguage,
    setTextLanguage,
    errorAt: (path: string) => errorAt(refusal, path, hasBlanks),
  };
  return (
    <AnswerFormContext.Provider value={context}>
      <div class={styles.frame}>
        <div class={styles.layout}>
          <form id="answer-form" ref={form} class={styles.form} noValidate onSubmit={save}>
            <QuestionSection />
            <SaidSection />
            <WhenSection />
            {isNew && refusal?.code === 'conflict' && (
              <p class={styles.problem} role="alert">
                {t('answers.error.full')}
              </p>
            )}
          </form>
          <aside class={styles.aside} aria-label={t('answers.aside')}>
            <AnswerPreview />
            <TryPanel
              http={http}
              inboxes={inboxes}
              stamp={edits.saved.value?.updatedAt}
              hasUnsaved={edits.changed.value.length > 0}
              isOpenAtFirst
              ownId={edits.id}
            />
          </aside>
        </div>
        <SaveBar edits={edits} form="answer-form" namesOf={(subjects) => (isNew ? t('answers.newAnswer') : sectionNames(subjects))} />
      </div>
    </AnswerFormContext.Provider>
  );
}

/** The language of the screen, unless it is said in others only. */
function languageToBegin(draft: AnswerForm): Language {
  const said = [...languagesOf(draft), ...(Object.keys(draft.question) as Language[])];
  return said.length === 0 || said.includes(screenLanguage.value) ? screenLanguage.value : (said[0] ?? screenLanguage.value);
}
