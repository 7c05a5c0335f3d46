import { ANSWER_TEXT_MAX, type AnswerBody, QUICK_REPLIES_MAX } from '../../shared/automatic-answer.ts';
import { directionOf, languageNames } from '../../shared/language.ts';
import { t } from '../texts/texts.ts';
import { ResponseFiles } from '../toolbox/response-files.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './answer-form.module.css';
import { useAnswerForm } from './answer-form.ts';
import { languageList } from './answer-words.ts';
import { countBlanks } from './blanks.ts';
import { BlanksField } from './blanks-field.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { LinesField } from './lines-field.tsx';

const QUICK_REPLY_MAX = 80;
const silent: AnswerBody = { text: '', quickReplies: [] };

/** What is said, language by language, with what may be pressed below it and the files that come along. */
export function SaidSection() {
  const { http, draft, set, textLanguage, errorAt, mayUpload } = useAnswerForm();
  const { bodies, files } = draft;
  const body = bodies[textLanguage] ?? silent;
  const said = Object.keys(bodies).filter((one) => one !== textLanguage);
  const change = (next: Partial<AnswerBody>) => {
    const changed = { ...body, ...next };
    const { [textLanguage]: _, ...others } = bodies;
    const isEmpty = changed.text === '' && changed.quickReplies.length === 0;
    set('bodies', isEmpty ? others : { ...others, [textLanguage]: changed });
  };
  const isRepliesAlone = body.text.trim() === '' && body.quickReplies.some((line) => line.trim());
  return (
    <Card title={t('answers.section.said')} text={t('answers.saidHint')}>
      <LanguageChoice written={Object.fromEntries(Object.entries(bodies).map(([one, { text }]) => [one, text]))} />
      <BlanksField
        label={t('answers.textIn', { language: languageNames[textLanguage] })}
        hint={body.text === '' && said.length > 0 ? t('answers.saidElsewhere', { languages: languageList(said) }) : undefined}
        error={isRepliesAlone ? t('answers.error.repliesAlone') : errorAt('bodies')}
        rows={6}
        maxLength={ANSWER_TEXT_MAX}
        lang={textLanguage}
        dir={body.text === '' ? directionOf(textLanguage) : 'auto'}
        hasBlanks={draft.intent !== null}
        value={body.text}
        onInput={(text) => change({ text })}
      />
      {draft.intent !== null && !draft.isOn && said.length + Number(body.text.trim() !== '') > 0 && countBlanks(draft) === 0 && (
        <p class={styles.note} role="status">
          <Icon name="circle-check" size="small" />
          <span class={styles.noteText}>{t('answers.allFilled')}</span>
          <Button size="small" onClick={() => set('isOn', true)}>
            {t('answers.letSpeak')}
          </Button>
        </p>
      )}
      <LinesField
        key={textLanguage}
        label={t('answers.quickReplies')}
        hint={t('answers.quickRepliesHint')}
        nameOf={(count) => t('answers.quickReply', { number: count })}
        lines={body.quickReplies}
        max={QUICK_REPLIES_MAX}
        maxLength={QUICK_REPLY_MAX}
        placeholder={t('answers.quickReplyPlaceholder')}
        lang={textLanguage}
        error={(place) => errorAt(`bodies.${textLanguage}.quickReplies.${place}`)}
        onChange={(quickReplies) => change({ quickReplies })}
      />
      {mayUpload ? (
        <ResponseFiles http={http} files={files} onChange={(chosen) => set('files', chosen)} />
      ) : (
        files.length > 0 && <p class={styles.soft}>{files.map(({ name }) => name).join(', ')}</p>
      )}
    </Card>
  );
}
