import { directionOf } from '../../shared/language.ts';
import { WrittenText } from '../messages/written-text.tsx';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { questionIn, tidyLines } from './answer-draft.ts';
import { useAnswerForm } from './answer-form.ts';
import styles from './answer-preview.module.css';
import { blanksIn } from './blanks.ts';
import { MarkedBlanks } from './marked-blanks.tsx';

/** How a visitor meets it, in the language that is written just now. */
export function AnswerPreview() {
  const { draft, textLanguage } = useAnswerForm();
  const question = questionIn(draft.question, textLanguage);
  const body = draft.bodies[textLanguage];
  const replies = tidyLines(body?.quickReplies ?? []);
  const hasBlanks = draft.intent !== null && blanksIn(body?.text ?? '').length > 0;
  return (
    <section class={styles.preview} aria-labelledby="answer-preview">
      <h2 id="answer-preview" class={styles.title}>
        {t('answers.preview')}
      </h2>
      <div class={styles.chat} lang={textLanguage} dir={directionOf(textLanguage)}>
        <p class={styles.asked} dir="auto">
          {question || t('answers.previewQuestion')}
        </p>
        <div class={styles.said}>
          <p class={styles.who}>
            <Icon name="zap" size="small" />
            {t('answers.automatic')}
          </p>
          {body?.text.trim() ? (
            hasBlanks ? (
              <p class={styles.text} dir="auto">
                <MarkedBlanks text={body.text} />
              </p>
            ) : (
              <WrittenText text={body.text} />
            )
          ) : (
            <p class={styles.soft}>{t('answers.previewEmpty')}</p>
          )}
          {draft.files.map((file) => (
            <p key={file.id} class={styles.file}>
              <Icon name="paperclip" size="small" />
              <OneLine text={file.name} />
            </p>
          ))}
        </div>
        {replies.length > 0 && (
          <ul class={styles.replies} aria-label={t('answers.quickReplies')}>
            {replies.map((reply) => (
              <li key={reply} class={styles.reply} dir="auto">
                {reply}
              </li>
            ))}
          </ul>
        )}
        <p class={styles.helped}>
          {t('answers.didThisHelp')} <span class={styles.reply}>{t('answers.yes')}</span>{' '}
          <span class={styles.reply}>{t('answers.no')}</span>
        </p>
      </div>
    </section>
  );
}
