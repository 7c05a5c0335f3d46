import { PHRASING_LENGTH_MAX, PHRASINGS_MAX } from '../../shared/automatic-answer.ts';
import { directionOf, languageNames } from '../../shared/language.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { questionIn, tidyLines } from './answer-draft.ts';
import styles from './answer-form.module.css';
import { useAnswerForm } from './answer-form.ts';
import { LanguageChoice } from './language-choice.tsx';
import { LinesField } from './lines-field.tsx';

/** So many ways of asking find about twice as many of the questions as one does. */
const PHRASINGS_GOOD = 5;

/** What visitors ask, as one would list it and as they say it. */
export function QuestionSection() {
  const { draft, set, textLanguage, errorAt } = useAnswerForm();
  const { question, phrasings, intent } = draft;
  const title = question[textLanguage] ?? '';
  const titles = Object.values(question).filter((one) => one.trim());
  const ask = (text: string) => {
    const { [textLanguage]: _, ...others } = question;
    set('question', text === '' ? others : { ...others, [textLanguage]: text });
  };
  return (
    <Card title={t('answers.section.question')} text={t('answers.questionHint')}>
      <LanguageChoice written={question} />
      <TextField
        label={t('answers.questionIn', { language: languageNames[textLanguage] })}
        hint={title === '' && titles.length > 0 ? t('answers.otherwise', { text: questionIn(question, textLanguage) }) : undefined}
        error={errorAt('question')}
        maxLength={PHRASING_LENGTH_MAX}
        autoComplete="off"
        lang={textLanguage}
        dir={title === '' ? directionOf(textLanguage) : 'auto'}
        value={title}
        onInput={ask}
      />
      <LinesField
        label={t('answers.phrasings')}
        hint={t('answers.phrasingsHint')}
        nameOf={(count) => t('answers.phrasing', { number: count })}
        lines={phrasings}
        taken={titles}
        max={PHRASINGS_MAX}
        maxLength={PHRASING_LENGTH_MAX}
        placeholder={t('answers.phrasingPlaceholder')}
        error={(place) => errorAt(`phrasings.${place}`)}
        onChange={(lines) => set('phrasings', lines)}
      />
      {titles.length > 0 && <Strength count={tidyLines([...titles, ...phrasings]).length} isFromLibrary={intent !== null} />}
    </Card>
  );
}

function Strength({ count, isFromLibrary }: { count: number; isFromLibrary: boolean }) {
  if (isFromLibrary) return <Note tone="good" text={t('answers.strength.library')} />;
  if (count >= PHRASINGS_GOOD) return <Note tone="good" text={t('answers.strength.good', { count })} />;
  return <Note tone="weak" text={t('answers.strength.weak', { count })} />;
}

function Note({ tone, text }: { tone: 'good' | 'weak'; text: string }) {
  return (
    <p class={styles.note} data-tone={tone} role="status">
      <Icon name={tone === 'good' ? 'circle-check' : 'triangle-alert'} size="small" />
      {text}
    </p>
  );
}
