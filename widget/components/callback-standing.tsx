import { useEffect, useState } from 'preact/hooks';
import type { CallbackTimes } from '../../shared/task.ts';
import type { Chat } from '../chat-state.ts';
import { heldWish, lateAnswer } from '../errands.ts';
import type { PanelState } from '../panel-state.ts';
import { CallbackLink } from './callback-link.tsx';
import { useSpeech } from './speech.ts';
import { useValue } from './use-value.ts';

/** How it stands with the call that the visitor wished for: kept until there is a connection, to be mended, or promised and still to be made. */
export function CallbackStanding({ chat, panel, onCall }: { chat: Chat; panel: PanelState; onCall: (isPromised: boolean) => void }) {
  const { t, times } = useSpeech();
  const late = useValue(lateAnswer);
  const isLive = useValue(chat.status) === 'live';
  const [call, setCall] = useState<CallbackTimes['call']>();
  useEffect(() => {
    if (!isLive) return;
    void chat.ask<CallbackTimes>('callback:times', {}).then((reply) => {
      if (!reply.ok) return;
      setCall(reply.data.call);
      onCall(reply.data.call !== undefined);
    });
  }, [isLive, late]);
  const held = heldWish(chat.errands);
  // In a conversation a line of it says when.
  const promised =
    !call || chat.conversation.value ? '' : call.at ? t('callbackPromised', { when: times.ahead(call.at) }) : t('callbackSoon');
  return (
    <>
      {held?.refusal !== undefined && (
        <button
          type="button"
          class="offer strong"
          onClick={() => {
            panel.view.value = 'callback';
          }}
        >
          {t('callbackRefused')}
        </button>
      )}
      <p class="callback-link" role="status">
        {held && held.refusal === undefined ? t('callbackKept') : late?.isSoonInstead && call ? t('callbackSoonInstead') : promised}
      </p>
      {call && <CallbackLink link={call.link} />}
    </>
  );
}
