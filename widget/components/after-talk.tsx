import { useRef, useState } from 'preact/hooks';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Chat } from '../chat-state.ts';
import type { PanelState } from '../panel-state.ts';
import css from './after-talk.css?inline';
import { RatingCard } from './rating-card.tsx';
import { useSpeech } from './speech.ts';
import { useLazy } from './use-lazy.ts';
import { useStyle } from './use-style.ts';
import { useValue } from './use-value.ts';

/** A wait that is worth offering something else for. */
const LONG_WAIT_MS = 60_000;
const loadBotTalk = async () => (await import('./bot-talk.tsx')).BotTalk;
const loadStanding = async () => (await import('./callback-standing.tsx')).CallbackStanding;

/** What stands below the last message: answers to choose from, the place in the queue, a call instead, and how it was. */
export function AfterTalk({ chat, panel, settings }: { chat: Chat; panel: PanelState; settings: WidgetSettings }) {
  const { t } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  useStyle(box, css);
  const conversation = useValue(chat.conversation);
  const messages = useValue(chat.messages);
  const pending = useValue(chat.pending);
  const availability = useValue(chat.availability);
  const visitor = useValue(chat.visitor);

  const newest = messages.findLast(({ author }) => author.kind !== 'system');
  const isEnded = conversation?.status === 'resolved' && pending.length === 0;
  const isAutomatic = messages.some(({ automatic }) => automatic);
  const BotTalk = useLazy(isAutomatic, loadBotTalk);
  const choices = !isAutomatic && pending.length === 0 && newest && newest.author.kind !== 'visitor' ? newest.choices : undefined;
  const waitMs = conversation?.queue?.expectedWaitMs;
  const isSlow =
    availability?.staffed === false || availability?.open === false || (waitMs ?? availability?.expectedWaitMs ?? 0) > LONG_WAIT_MS;
  const wish = messages.findLast(({ notice }) => notice?.kind.startsWith('callback'));
  const hasAsked = wish && !wish.notice?.kind.endsWith('Cancelled');
  // Whoever asked before it ever wrote has no conversation that would tell of it.
  const mayHaveAsked = !conversation && (isSlow || visitor?.phone);
  const Standing = useLazy(!!(hasAsked || mayHaveAsked || chat.errands.store.getItem(chat.errands.key)), loadStanding);
  const [isPromised, setPromised] = useState(false);
  const keepsPlace = conversation?.queue?.offersCallback === true;
  return (
    <div ref={box} class="after">
      {BotTalk && <BotTalk chat={chat} messages={messages} />}
      {choices && (
        <div class="choices">
          {choices.map(({ id, text }) => (
            <button key={id} type="button" dir="auto" onClick={() => chat.send(text, { replyTo: newest?.id })}>
              {text}
            </button>
          ))}
        </div>
      )}
      <p class="queue" role="status">
        {conversation?.queue && !isEnded && (availability?.open !== false || keepsPlace) && (
          <>
            {conversation.queue.place === 1 ? t('queueNext') : t('queuePlace', { count: conversation.queue.place })}
            {waitMs != null && ` ${t('queueWait', { count: Math.ceil(waitMs / 60_000) })}`}
          </>
        )}
      </p>
      {settings.hasCallback && (isSlow || keepsPlace) && !conversation?.assignee && !hasAsked && !isPromised && !isEnded && (
        <button
          type="button"
          class={keepsPlace ? 'offer strong' : 'offer'}
          onClick={() => {
            panel.view.value = 'callback';
          }}
        >
          {t(keepsPlace ? 'callbackKeepOffer' : 'callbackOffer')}
        </button>
      )}
      {Standing && <Standing key={wish?.id} chat={chat} panel={panel} onCall={setPromised} />}
      {isEnded && settings.hasRating && <RatingCard key={conversation.id} chat={chat} panel={panel} conversation={conversation} />}
    </div>
  );
}
