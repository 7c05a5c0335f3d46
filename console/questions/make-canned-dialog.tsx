import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Language } from '../../shared/language.ts';
import type { AnswerDraftProposal } from '../../shared/question.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { formatLanguage } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import styles from './question-details.module.css';

interface MakeCannedDialogProps {
  http: Http;
  proposal: AnswerDraftProposal;
  onClose: () => void;
}

/** A canned response for everybody, begun with what agents said most; a person reads it before it is kept. */
export function MakeCannedDialog({ http, proposal, onClose }: MakeCannedDialogProps) {
  const languages = [...new Set([proposal.language, ...(Object.keys(proposal.replies) as Language[])])];
  const [title, setTitle] = useState((proposal.question[proposal.language] ?? '').slice(0, 80));
  const [shortcut, setShortcut] = useState('');
  const [texts, setTexts] = useState(proposal.replies);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isComplete = title.trim() !== '' && shortcut.trim() !== '' && Object.values(texts).some((text) => text.trim() !== '');
  const save = async () => {
    setIsBusy(true);
    const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
    const reply = await http.post('/canned-responses', { shortcut: shortcut.trim(), title: title.trim(), texts: said, reach: 'shared' });
    setIsBusy(false);
    if (!reply.ok) return setError(reply.error);
    showToast({ text: t('questions.cannedMade', { shortcut: `/${shortcut.trim()}` }) });
    onClose();
  };
  const errorAt = (field: string) =>
    error?.field === field ? t(error.code === 'conflict' ? 'questions.shortcutTaken' : 'questions.wrongField') : undefined;
  return (
    <Dialog
      title={t('questions.makeCanned')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isBusy={isBusy} disabled={!isComplete} onClick={() => void save()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div class={styles.form}>
        <TextField label={t('questions.cannedTitle')} value={title} maxLength={80} error={errorAt('title')} onInput={setTitle} />
        <TextField
          label={t('questions.shortcut')}
          hint={t('questions.shortcutHint')}
          value={shortcut}
          maxLength={40}
          error={errorAt('shortcut')}
          onInput={setShortcut}
        />
        {languages.map((language) => (
          <TextAreaField
            key={language}
            label={t('questions.textIn', { language: formatLanguage(language) })}
            hint={t('questions.gapHint')}
            value={texts[language] ?? ''}
            rows={4}
            onInput={(text) => setTexts({ ...texts, [language]: text })}
          />
        ))}
        {error && error.field !== 'title' && error.field !== 'shortcut' && (
          <p role="alert" class={styles.problem}>
            {errorText(error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}
