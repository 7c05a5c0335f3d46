import type { Connection } from '../connection.ts';
import { timelineNews } from './file-news.ts';

/** Several facts of one change come together, and in a lively chat one after the other. */
const PAUSE_MS = 400;

type Room = NonNullable<(typeof timelineNews.value)['room']>;

/** Whatever happens with a person, in whichever room, stands in its timeline: whoever looks at that one reads it anew. */
export function followFiles(connection: Connection): void {
  const waiting = new Map<string, { contactId: string; room: Room }>();
  const tell = () => {
    const told = [...waiting.values()];
    waiting.clear();
    for (const news of told) timelineNews.value = news;
  };
  const stirred = (room: Room, contactId: string | undefined) => {
    if (contactId === undefined) return;
    if (waiting.size === 0) setTimeout(tell, PAUSE_MS);
    waiting.set(`${room}:${contactId}`, { contactId, room });
  };
  connection.on('timeline:changed', ({ contactId }) => {
    timelineNews.value = { contactId };
  });
  connection.on('contact:changed', ({ id }) => stirred('contact', id));
  connection.on('conversation:changed', ({ contact }) => stirred('conversation', contact.id));
  connection.on('ticket:changed', ({ contact }) => stirred('ticket', contact?.id));
  connection.on('opportunity:changed', ({ contact }) => stirred('opportunity', contact.id));
  connection.on('task:changed', ({ contact }) => stirred('task', contact?.id));
}
