import { useRef } from 'preact/hooks';
import type { FirstQuestion } from '../../shared/inbox.ts';
import type { Language } from '../../shared/language.ts';
import css from './first-questions.css?inline';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';

interface FirstQuestionsProps {
  questions: readonly FirstQuestion[];
  languages: readonly Language[];
  onChoose: (text: string, id: string) => void;
}

const SHOWN_MAX = 3;

/** Asks for the visitor what most people ask: one press, and it is said. */
export function FirstQuestions({ questions, languages, onChoose }: FirstQuestionsProps) {
  const { t } = useSpeech();
  const list = useRef<HTMLUListElement>(null);
  useStyle(list, css);
  const offered = questions
    .map(({ id, text }) => ({ id, text: languages.map((language) => text[language]).find(Boolean) ?? '' }))
    .filter(({ text }) => text !== '');
  if (offered.length === 0) return null;
  return (
    <ul ref={list} class="questions" aria-label={t('frequentQuestions')}>
      {offered.slice(0, SHOWN_MAX).map(({ id, text }) => (
        <li key={id}>
          <button type="button" class="question" dir="auto" onClick={() => onChoose(text, id)}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}
