import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '../../shared/message.ts';
import type { Chat } from '../chat-state.ts';
import { entrust } from '../errands.ts';
import { heardRatings } from '../heard-ratings.ts';
import css from './bot-talk.css?inline';
import { useSpeech } from './speech.ts';
import { useStyle } from './use-style.ts';
import { useValue } from './use-value.ts';

const PERSON = 'person';

/** What belongs to automatic answers: whether one helped, what may be meant instead, and the way to a person, always at hand. */
export function BotTalk({ chat, messages }: { chat: Chat; messages: readonly Message[] }) {
  const box = useRef<HTMLDivElement>(null);
  useStyle(box, css);
  const conversation = useValue(chat.conversation);
  const pending = useValue(chat.pending);
  const ratings = heardRatings(chat);
  const heard = useValue(ratings);

  const spoken = messages.filter(({ author }) => author.kind !== 'system');
  const isWaiting = pending.length > 0;
  const lastOfOthers = spoken.findLastIndex(({ author }) => author.kind !== 'bot');
  const answer = isWaiting ? undefined : spoken.slice(lastOfOthers + 1).findLast(({ automatic }) => automatic?.kind === 'answer');
  const helpful = answer && (heard[answer.id] ?? answer.automatic?.helpful);
  const newest = spoken.at(-1);
  // Once the bot has said what follows from it, that is what comes next.
  const isSettled = helpful !== undefined && newest !== answer;
  const choices = isWaiting || newest?.author.kind !== 'bot' ? [] : (newest.choices ?? []).filter(({ id }) => id !== PERSON);
  const offer = spoken.findLast(({ choices: offered }) => offered?.some(({ id }) => id === PERSON));
  const person = offer?.choices?.find(({ id }) => id === PERSON);
  const isAsked = [...spoken, ...pending].some(({ replyTo, text }) => replyTo === offer?.id && text === person?.text);
  const isPromised = spoken.some((message) => message.seq >= (offer?.seq ?? 0) && promisesPerson(message));
  const isServed = conversation?.assignee != null || conversation?.status === 'resolved' || isAsked || isPromised;

  const choose = (message: Message, text: string) => {
    keepKeyboard(box.current);
    chat.send(text, { replyTo: message.id });
  };
  const rate = (message: Message, isHelpful: boolean) => {
    ratings.value = { ...heard, [message.id]: isHelpful };
    void entrust(chat.errands, 'answer:rate', { messageId: message.id, helpful: isHelpful });
  };
  return (
    <div ref={box} class="bot-talk">
      {answer && !isSettled && <Helped key={answer.id} helpful={helpful} onRate={(value) => rate(answer, value)} />}
      {newest && choices.length > 0 && (
        <div class="choices">
          {choices.map(({ id, text }) => (
            <button key={id} type="button" dir="auto" onClick={() => choose(newest, text)}>
              {text}
            </button>
          ))}
        </div>
      )}
      {offer && person && !isServed && (
        <button type="button" class="person" onClick={() => choose(offer, person.text)}>
          {person.text}
        </button>
      )}
    </div>
  );
}

/** "Did this help?", which may be answered otherwise as long as it stands. */
function Helped({ helpful, onRate }: { helpful: boolean | undefined; onRate: (isHelpful: boolean) => void }) {
  const { t } = useSpeech();
  const box = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => {
    const own = box.current;
    return () => {
      const place = own?.getRootNode() as Document | ShadowRoot | undefined;
      if (own?.contains(place?.activeElement ?? null)) keepKeyboard(own);
    };
  }, []);
  return (
    <fieldset ref={box} class="helped" data-open={helpful !== false || undefined}>
      <legend>{t('didThisHelp')}</legend>
      {[true, false].map((value) => (
        <button key={String(value)} type="button" aria-pressed={helpful === value} onClick={() => onRate(value)}>
          {t(value ? 'yes' : 'no')}
        </button>
      ))}
    </fieldset>
  );
}

/** The button goes: the keyboard stays in the conversation. */
function keepKeyboard(within: Element | null): void {
  within?.closest<HTMLElement>('.scroller')?.focus();
}

/** "A person takes it from here", without anything else to choose. */
function promisesPerson({ automatic, choices = [] }: Message): boolean {
  const { kind } = automatic ?? {};
  return kind === 'person' || ((kind === 'fallback' || kind === 'sorry') && choices.every(({ id }) => id === PERSON));
}
