import { useState } from 'preact/hooks';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { MESSAGE_TEXT_MAX } from '../../shared/limits.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Desk } from '../conversations/desk.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { showToast } from '../ui/toast.tsx';

interface WhisperDialogProps {
  desk: Desk;
  summary: ConversationSummary;
  onClose: () => void;
}

/** A word to the agent of a chat, which its visitor never sees. */
export function WhisperDialog({ desk, summary, onClose }: WhisperDialogProps) {
  const [text, setText] = useState('');
  const [hasFailed, setHasFailed] = useState(false);
  const agent = desk.colleagues.agents.value.get(summary.assigneeId ?? '')?.name ?? '';
  const send = () => {
    if (text.trim() === '') return;
    try {
      desk.whisper(summary.id, text.trim());
    } catch {
      setHasFailed(true);
      return;
    }
    showToast({ text: t('now.whispered', { name: agent }) });
    onClose();
  };
  return (
    <Dialog
      title={t('now.whisperTo', { name: agent })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" icon="lock" onClick={send}>
            {t('now.whisperSend')}
          </Button>
        </>
      }
    >
      <TextAreaField
        label={t('now.whisperText', { name: contactName(summary.contact) })}
        hint={t('now.whisperHint')}
        error={hasFailed ? t('toast.storageFull') : undefined}
        rows={3}
        maxLength={MESSAGE_TEXT_MAX - 200}
        value={text}
        onInput={setText}
      />
    </Dialog>
  );
}
