/** A visitor and an agent who chat on while somebody else attacks the house: what happens to them is what an attack is judged by. */
import { nanoid } from 'nanoid';
import { expect, onTestFinished } from 'vitest';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { get, type House, nextFact } from './house.ts';

export interface Bystanders {
  conversationId: string;
  /** One message each way, seen by the other side. Returns how long both took together. */
  chat: () => Promise<number>;
  /** They chat, the server says that it is ready, and nothing in this process went unhandled. */
  expectUnharmed: () => Promise<void>;
}

export async function seatBystanders(house: House): Promise<Bystanders> {
  const unhandled = watchProcess();
  const [visitor, agent] = await Promise.all([house.visitor(), house.agent()]);
  const post = async (socket: typeof visitor.socket, text: string, conversationId?: string) =>
    get<{ message: Message; conversation: VisitorConversation }>(socket, 'message:post', {
      id: nanoid(),
      text,
      ...(conversationId !== undefined && { conversationId }),
    });
  const { message } = await post(visitor.socket, 'good morning');
  const { conversationId } = message;
  await get(agent.socket, 'conversation:open', { conversationId });

  const chat = async () => {
    const startedAt = performance.now();
    const [question, answer] = [nanoid(), nanoid()];
    const heardByAgent = nextFact<Message>(agent.socket, 'message:posted', ({ text }) => text === question);
    await post(visitor.socket, question, conversationId);
    await heardByAgent;
    const heardByVisitor = nextFact<Message>(visitor.socket, 'message:posted', ({ text }) => text === answer);
    await post(agent.socket, answer, conversationId);
    await heardByVisitor;
    return performance.now() - startedAt;
  };
  const expectUnharmed = async () => {
    await chat();
    expect((await house.call('GET', '/health/ready')).status).toBe(200);
    expect([visitor.socket.connected, agent.socket.connected]).toEqual([true, true]);
    expect(unhandled).toEqual([]);
  };
  return { conversationId, chat, expectUnharmed };
}

/** In production each of these would have ended the process for everybody. */
function watchProcess(): unknown[] {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  onTestFinished(() => {
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  });
  return unhandled;
}
