/** A plan in words: the message that the bot posts, in the visitor's language. */
import type { Answer } from '../../shared/automatic-answer.ts';
import type { InboxSettings } from '../../shared/inbox.ts';
import { type Language, toLanguage } from '../../shared/language.ts';
import type { AutomaticMark, Choice } from '../../shared/message.ts';
import { answerBody, questionIn } from '../answers/answer-texts.ts';
import { copyAnswerFile, findAnswer } from '../answers/answers.ts';
import type { Post } from '../conversations/message-batch.ts';
import type { BotRoom } from './bot-room.ts';
import type { BotWords } from './bot-words.ts';
import { NONE_CHOICE, PERSON_CHOICE } from './turn-plan.ts';

export interface Saying {
  kind: AutomaticMark['kind'] | 'noted';
  answerId: string | null;
  /** Answers as buttons. */
  offers: readonly string[];
}

export interface Place {
  id: string;
  conversationId: string;
  inboxId: string;
  settings: InboxSettings;
}

const bot = { kind: 'bot', id: 'bot' } as const;

/** Null where what should be said is not there any more. */
export async function composePost(
  botRoom: BotRoom,
  { kind, answerId, offers }: Saying,
  words: BotWords,
  place: Place,
): Promise<Post | null> {
  const { say, promise, language } = words;
  const fallbacks = [toLanguage(place.settings.locale)];
  const titles = await listTitles(botRoom, offers, { language, fallbacks });
  const person: Choice = { id: PERSON_CHOICE, text: say('person') };
  const compose = (text: string, choices: Choice[], more: Partial<Post> = {}): Post => ({
    id: place.id,
    conversationId: place.conversationId,
    author: { ...bot, name: words.name },
    visibility: 'public',
    text,
    automatic: { kind: kind === 'noted' ? 'fallback' : kind },
    ...(choices.length > 0 && { choices }),
    ...more,
  });
  switch (kind) {
    case 'answer': {
      const answer = await findOn(botRoom, answerId);
      if (!answer) return null;
      const body = answerBody(answer, language, fallbacks);
      const replies = body.quickReplies.map((text, at): Choice => ({ id: `reply-${at + 1}`, text }));
      return compose(body.text, [...replies, person], {
        automatic: { kind, answerId: answer.id },
        attachmentIds: await copyFiles(botRoom, answer),
      });
    }
    case 'suggestions':
      if (titles.length === 0) return null;
      return compose(say('suggest'), [...titles, { id: NONE_CHOICE, text: say('noneOfThese') }, person]);
    case 'sorry':
      if (titles.length > 0)
        return compose(`${say('sorry')} ${say('others')}`, [...titles, { id: NONE_CHOICE, text: say('noneOfThese') }, person]);
      return compose(`${say('sorry')} ${say('takesOver')} ${promise}`, [person]);
    case 'fallback':
      return compose(`${say('noAnswer')} ${promise}`, [person]);
    case 'person':
      return compose(`${say('asked')} ${promise}`, []);
    case 'noted':
      return compose(say('noted'), []);
    case 'thanks':
      return compose(say('thanks'), []);
    case 'greeting':
      return compose(say('greeting'), [person]);
  }
}

async function findOn({ room }: BotRoom, answerId: string | null): Promise<Answer | null> {
  const answer = answerId === null ? undefined : await findAnswer(room.app.storage.db, answerId);
  return answer?.isOn ? answer : null;
}

/** Two answers may have one title: it is a button once. */
async function listTitles(
  botRoom: BotRoom,
  answerIds: readonly string[],
  { language, fallbacks }: { language: Language; fallbacks: readonly (Language | undefined)[] },
): Promise<Choice[]> {
  const titles = new Map<string, Choice>();
  for (const id of answerIds) {
    const answer = await findOn(botRoom, id);
    const text = answer && questionIn(answer, language, fallbacks);
    if (text && !titles.has(text)) titles.set(text, { id, text });
  }
  return [...titles.values()];
}

/** A file that cannot be copied just now is no reason to say nothing. */
async function copyFiles({ room, attachments }: BotRoom, { id, files }: Answer): Promise<string[]> {
  const { app } = room;
  const copied: string[] = [];
  for (const file of files) {
    try {
      const copy = await copyAnswerFile({ app, attachments }, bot, { id, fileId: file.id });
      copied.push(copy.id);
    } catch (error) {
      app.log.warn({ err: error, answerId: id }, 'a file of an automatic answer could not be sent');
    }
  }
  return copied;
}
