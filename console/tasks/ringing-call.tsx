import { useState } from 'preact/hooks';
import type { DueCallback } from '../../shared/task.ts';
import { attemptWords, ringWords } from '../contacts/call-words.ts';
import { contactName } from '../contacts/contact-name.ts';
import { PhoneNumber } from '../contacts/phone-number.tsx';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { showToast } from '../ui/toast.tsx';
import { type CallPlace, startCall } from './call-outcome.ts';
import styles from './call-strip.module.css';
import { CallTimeDialog } from './call-time-dialog.tsx';
import { moveCall } from './move-call.ts';

const LATER_MINUTES = [5, 15, 60] as const;

/** A promised call whose time has come, and what can be done about it. */
export function RingingCall({ task, calls, board, http }: CallPlace & { task: DueCallback }) {
  const [isMoving, setIsMoving] = useState(false);
  const last = task.attempts.at(-1);
  const call = () => void startCall({ calls, board }, task);
  const putOff = async (minutes: number) => {
    const reply = await calls.later(task, minutes);
    if (reply.ok) board.taskChanged(reply.data);
    showToast(reply.ok ? { text: t('calls.later', { count: minutes }) } : { text: errorText(reply.error), tone: 'problem' });
  };
  return (
    <div class={[styles.call, styles.ringing].join(' ')}>
      <span class={styles.bell}>
        <Icon name="phone" />
      </span>
      <div class={styles.who}>
        <p class={styles.title} role="status">
          <OneLine text={ringWords(task)} />
        </p>
        <p class={styles.about}>
          {task.phone && <PhoneNumber phone={task.phone} isMasked={task.isMasked} onCall={call} />}
          {last && <span>{attemptWords(last, Date.now())}</span>}
          {task.note && <span dir="auto">{task.note}</span>}
        </p>
      </div>
      <div class={styles.actions}>
        <Button look="primary" size="small" icon="phone" isBusy={calls.isBusy.value} onClick={call}>
          {t('calls.call')}
        </Button>
        <Menu
          label={t('calls.remind')}
          align="end"
          items={[
            ...LATER_MINUTES.map((minutes) => ({
              key: String(minutes),
              label: t('calls.inMinutes', { count: minutes }),
              onSelect: () => void putOff(minutes),
            })),
            { key: 'move', label: t('calls.move'), hasLineBefore: true, onSelect: () => setIsMoving(true) },
          ]}
          trigger={(props) => (
            <Button {...props} size="small" icon="alarm-clock">
              {t('calls.remind')}
            </Button>
          )}
        />
        <a
          class={styles.link}
          href={task.conversationId ? `/console/conversations/${task.conversationId}` : `/console/contacts/${task.contact.id}`}
        >
          {task.conversationId ? t('tasks.conversation') : t('contact.file')}
        </a>
        <IconButton icon="x" label={t('calls.dismiss')} onClick={() => calls.dismiss(task)} />
      </div>
      {isMoving && (
        <CallTimeDialog
          http={http}
          task={task}
          title={t('calls.moveTitle', { name: contactName(task.contact) })}
          onChoose={(at) => moveCall({ board, http }, task, Number(at))}
          onClose={() => setIsMoving(false)}
        />
      )}
    </div>
  );
}
