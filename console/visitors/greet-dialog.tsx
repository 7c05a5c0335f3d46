import { nanoid } from 'nanoid';
import { useRef, useState } from 'preact/hooks';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import { MESSAGE_TEXT_MAX } from '../../shared/limits.ts';
import type { LiveVisitor } from '../../shared/live-visitor.ts';
import { contactName } from '../contacts/contact-name.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { OneLine } from '../ui/one-line.tsx';
import styles from './greet-dialog.module.css';
import type { LiveVisitors } from './live-visitors.ts';

interface GreetDialogProps {
  agentId: string;
  live: LiveVisitors;
  visitor: LiveVisitor;
  hasLeft: boolean;
  onClose: () => void;
  onGreeted: (conversation: ConversationSummary) => void;
}

/** What was begun and not sent, by agent and visitor: closing by mistake loses nothing, and whoever signs in next reads nothing. */
const begun = new Map<string, string>();

export function GreetDialog({ agentId, live, visitor, hasLeft, onClose, onGreeted }: GreetDialogProps) {
  const [text, setText] = useState(begun.get(`${agentId} ${visitor.id}`) ?? '');
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isSending, setIsSending] = useState(false);
  // A reply that was lost is asked for again under the same id, so the visitor reads it once.
  const id = useRef(nanoid());
  const isReady = text.trim() !== '' && text.length <= MESSAGE_TEXT_MAX;
  const name = visitor.contact ? contactName(visitor.contact) : t('visitors.stranger');

  const write = (next: string) => {
    setText(next);
    begun.set(`${agentId} ${visitor.id}`, next);
  };
  const send = async () => {
    if (!isReady || isSending) return;
    setIsSending(true);
    const reply = await live.greet({ id: id.current, visitorId: visitor.id, text });
    setIsSending(false);
    if (!reply.ok) {
      if (reply.error.code !== 'unavailable') id.current = nanoid();
      return setError(reply.error);
    }
    begun.delete(`${agentId} ${visitor.id}`);
    onClose();
    onGreeted(reply.data.conversation);
  };

  return (
    <Dialog
      title={t('visitors.greetTitle', { name })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" icon="send-horizontal" isBusy={isSending} onClick={() => void send()}>
            {t('visitors.greetSend')}
          </Button>
        </>
      }
    >
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void send();
        }}
      >
        <p class={styles.page}>
          <OneLine text={visitor.page.title || visitor.page.url} />
        </p>
        <TextAreaField
          label={t('visitors.greetText')}
          hint={t('visitors.greetHint')}
          error={error ? sentenceOf(error) : undefined}
          rows={4}
          maxLength={MESSAGE_TEXT_MAX}
          value={text}
          onInput={write}
        />
        {hasLeft && !error && (
          <p class={styles.left} role="status">
            {t('visitors.hasLeft')}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function sentenceOf(error: ErrorReply): string {
  if (error.code === 'conflict') return t('visitors.taken');
  if (error.code === 'not-found') return t('visitors.hasLeft');
  return errorText(error);
}
