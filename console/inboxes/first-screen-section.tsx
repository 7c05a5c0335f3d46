import type { FirstQuestion } from '../../shared/inbox.ts';
import { QUESTIONS_MAX } from '../../shared/inbox-limits.ts';
import { newId } from '../editing/new-id.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import styles from './form-parts.module.css';
import { useInboxForm } from './inbox-form.ts';
import { SaidField } from './said-field.tsx';
import { sortingWords } from './sorting-words.ts';
import { useOpenIds } from './use-open-ids.ts';

export function FirstScreenSection() {
  const { draft, set, textLanguage, errorAt } = useInboxForm();
  const { questions } = draft;
  const opened = useOpenIds();
  const change = (id: string, next: Partial<FirstQuestion>) =>
    set(
      'questions',
      questions.map((one) => (one.id === id ? { ...one, ...next } : one)),
    );
  const add = () => {
    const id = newId();
    set('questions', [...questions, { id, text: {}, answer: {} }]);
    opened.open(id);
  };
  const nameOf = ({ text }: FirstQuestion) => text[textLanguage] || Object.values(text)[0] || t('inbox.newQuestion');

  return (
    <div class={styles.section}>
      <Card title={t('inbox.questions')} text={t('inbox.questionsHint')}>
        <SortableList
          items={questions}
          keyOf={({ id }) => id}
          words={sortingWords()}
          onMove={(from, to) => set('questions', moved(questions, from, to))}
          title={(question, place) => (
            <button type="button" class={styles.rowName} aria-expanded={isOpen(question, place)} onClick={() => opened.toggle(question.id)}>
              <bdi>{nameOf(question)}</bdi>
            </button>
          )}
          actions={(question) => (
            <IconButton
              icon="trash-2"
              label={t('inbox.removeQuestion', { name: nameOf(question) })}
              onClick={() =>
                set(
                  'questions',
                  questions.filter(({ id }) => id !== question.id),
                )
              }
            />
          )}
        >
          {(question, place) =>
            isOpen(question, place) && (
              <div class={styles.inside}>
                <SaidField
                  label={t('inbox.question')}
                  texts={question.text}
                  path={`questions.${place}.text`}
                  maxLength={120}
                  onChange={(text) => change(question.id, { text })}
                />
                <SaidField
                  label={t('inbox.answer')}
                  hint={t('inbox.answerHint')}
                  rows={4}
                  texts={question.answer}
                  path={`questions.${place}.answer`}
                  maxLength={2_000}
                  onChange={(answer) => change(question.id, { answer })}
                />
              </div>
            )
          }
        </SortableList>
        <div>
          <Button icon="plus" disabled={questions.length >= QUESTIONS_MAX} onClick={add}>
            {t('inbox.addQuestion')}
          </Button>
        </div>
      </Card>
    </div>
  );

  function isOpen({ id }: FirstQuestion, place: number): boolean {
    return opened.isOpen(id) || errorAt(`questions.${place}`) !== undefined;
  }
}
