import { useEffect, useRef, useState } from 'preact/hooks';
import { ANSWER_TEXT_MAX, PHRASING_LENGTH_MAX } from '../../shared/automatic-answer.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import { type Language, languageNames } from '../../shared/language.ts';
import type { Proposal } from '../../shared/proposal.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import type { Deciding } from './proposal-deciding.ts';
import styles from './proposals.module.css';

interface ProposalEditorProps {
  proposal: Proposal;
  deciding: Deciding;
  onClose: () => void;
}

/** Approves in other words: of a phrasing the question, of a new answer all of it. */
export function ProposalEditor({ proposal, deciding, onClose }: ProposalEditorProps) {
  const isNew = proposal.answer === null;
  const [question, setQuestion] = useState(proposal.question);
  const [reply, setReply] = useState(proposal.reply);
  const [language, setLanguage] = useState<Language>(proposal.language);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => ref.current?.querySelector('input')?.focus(), []);
  const save = async (event: Event) => {
    event.preventDefault();
    if (question.trim() === '') return setError({ code: 'invalid', message: '', field: 'question' });
    if (isNew && reply.trim() === '') return setError({ code: 'invalid', message: '', field: 'reply' });
    setIsBusy(true);
    const refused = await deciding.approve(proposal, { question, ...(isNew && { reply, language }) });
    setIsBusy(false);
    setError(refused);
  };
  const close = () => {
    const row = ref.current?.closest('li');
    onClose();
    requestAnimationFrame(() => row?.querySelector<HTMLElement>('[data-first]')?.focus());
  };
  return (
    <form
      ref={ref}
      class={styles.form}
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <TextField
        label={isNew ? t('proposals.question') : t('proposals.phrasing')}
        maxLength={PHRASING_LENGTH_MAX}
        value={question}
        error={error?.field === 'question' ? t('proposals.error.question') : undefined}
        onInput={setQuestion}
      />
      {isNew && (
        <>
          <TextAreaField
            label={t('proposals.reply')}
            rows={4}
            maxLength={ANSWER_TEXT_MAX}
            value={reply}
            hint={t('proposals.replyHint')}
            error={error?.field === 'reply' ? t('proposals.error.reply') : undefined}
            onInput={setReply}
          />
          <SelectField<Language>
            label={t('proposals.language')}
            value={language}
            options={(Object.keys(languageNames) as Language[]).map((value) => ({ value, label: languageNames[value] }))}
            onChoose={setLanguage}
          />
        </>
      )}
      {error && error.field === undefined && (
        <p class={styles.problem} role="alert">
          {errorText(error)}
        </p>
      )}
      <div class={styles.formActions}>
        <Button type="submit" look="primary" isBusy={isBusy}>
          {isNew ? t('proposals.makeAnswer') : t('proposals.approve')}
        </Button>
        <Button look="quiet" onClick={close}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
