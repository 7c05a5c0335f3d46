/**
 * The world around the widget in the console's preview: a server that is no server. It answers in the browser, keeps nothing
 * and knows one visitor, so that the preview shows the visitor's own application without a visitor or a conversation.
 */

import type { Visitor } from '../shared/contact.ts';
import type { VisitorConversation } from '../shared/conversation.ts';
import type { VisitorRequests, VisitorSession } from '../shared/events.ts';
import type { Availability, WidgetSettings } from '../shared/inbox.ts';
import { launcherLook } from '../shared/launcher-look.ts';
import type { Author, Message } from '../shared/message.ts';
import { asksAnything } from '../shared/pre-chat-asks.ts';
import type { PreviewScene, PreviewWish } from '../shared/preview-wish.ts';
import { talkIn } from './preview-talk.ts';
import { newId } from './url-safe-id.ts';

const MINUTE_MS = 60_000;
/** The widget waits for a word of its server twice this long, six days; a timer of 2³¹ would ring at once. */
const NEVER_MS = 2 ** 28;

/** Puts the stage in the place of the browser's own ways out. What the widget asks for finds an answer here and nowhere else. */
export function setStage(wish: () => PreviewWish): void {
  const play = createPlay(wish());
  window.WebSocket = socketTo(play) as unknown as typeof WebSocket;
  window.fetch = async (input) => {
    const address = String(input instanceof Request ? input.url : input);
    if (address.includes('/api/widget/')) return Response.json(shownSettings(wish()));
    return Response.json({ code: 'unavailable', detail: 'This is a preview.' }, { status: 503 });
  };
  const { focus } = HTMLElement.prototype;
  // Whoever types in the form beside the preview goes on typing there.
  HTMLElement.prototype.focus = function focusOnStage(options) {
    if (document.hasFocus()) focus.call(this, options);
  };
}

/** Language and theme are chosen above the preview, whatever the inbox leaves to the visitor's browser. */
export function shownSettings({ settings, language, theme }: PreviewWish): WidgetSettings {
  const shown = { ...settings, locale: language, theme };
  const isAsking = asksAnything(settings.preChat);
  return { ...shown, look: launcherLook(shown), isAsking, hasFirst: isAsking || settings.questions.length > 0 };
}

type Play = ReturnType<typeof createPlay>;

function createPlay({ scene, language }: PreviewWish) {
  const talk = talkIn(language);
  const conversationId = newId();
  const visitor: Visitor = { id: newId(), name: null, email: null, phone: null, company: null, isVerified: false };
  const messages: Message[] = [];

  function say(text: string, author: Author, createdAt = Date.now(), id = newId()): Message {
    const held = messages.find((message) => message.id === id);
    if (held) return held;
    const seq = messages.length + 1;
    const message: Message = { id, conversationId, seq, author, visibility: 'public', text, attachments: [], createdAt };
    messages.push(message);
    return message;
  }

  function conversation(): VisitorConversation | null {
    if (messages.length === 0) return null;
    const assignee = scene === 'conversation' ? { name: talk.agent, avatarUrl: null } : null;
    const queue = scene === 'queue' ? { place: 3, expectedWaitMs: 4 * MINUTE_MS } : null;
    const [lastSeq, visitorReadSeq, agentReadSeq] = [messages.length, messages.length, messages.length - 1];
    return { id: conversationId, status: 'open', assignee, queue, lastSeq, visitorReadSeq, agentReadSeq };
  }

  if (scene === 'conversation') {
    const agent: Author = { kind: 'agent', id: newId(), name: talk.agent };
    const [question, answer, thanks] = talk.lines;
    say(question, { kind: 'visitor' }, Date.now() - 6 * MINUTE_MS);
    say(answer, agent, Date.now() - 4 * MINUTE_MS);
    say(thanks, { kind: 'visitor' }, Date.now() - 3 * MINUTE_MS);
  }

  if (scene === 'queue') say(talk.lines[0], { kind: 'visitor' }, Date.now() - MINUTE_MS);

  const page = () => ({ messages: [...messages], more: false });
  const answers: Partial<Record<keyof VisitorRequests, (payload: Record<string, unknown>) => unknown>> = {
    'message:post': ({ id, text }) => ({
      message: say(String(text), { kind: 'visitor' }, Date.now(), String(id)),
      conversation: conversation(),
    }),
    'message:list': page,
    'conversation:list': () => ({ conversations: messages.length > 0 ? [conversation()] : [] }),
    'visitor:identify': () => ({ visitor }),
    'conversation:end': () => ({ conversation: { ...conversation(), status: 'resolved' } }),
  };

  return {
    session: (): VisitorSession => ({
      ...page(),
      token: newId(),
      visitor,
      availability: availabilityIn(scene, [talk.agent, talk.colleague]),
      conversation: conversation(),
      epoch: newId(),
      isFresh: true,
    }),
    answer: (event: string, payload: Record<string, unknown>) => answers[event as keyof VisitorRequests]?.(payload) ?? {},
  };
}

function availabilityIn(scene: PreviewScene, names: readonly string[]): Availability {
  if (scene !== 'closed') return { open: true, staffed: true, opensAt: null, agents: names.map((name) => ({ name, avatarUrl: null })) };
  const opening = new Date();
  opening.setDate(opening.getDate() + 1);
  opening.setHours(9, 0, 0, 0);
  return { open: false, staffed: false, opensAt: opening.getTime(), agents: [] };
}

/** A WebSocket that leads to the play: Engine.IO 4 and Socket.IO 5, as `connection.ts` speaks them. */
function socketTo(play: Play) {
  return class StageSocket extends EventTarget {
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    onerror: (() => void) | null = null;

    constructor() {
      super();
      this.#tell(`0${JSON.stringify({ sid: 'stage', pingInterval: NEVER_MS, pingTimeout: NEVER_MS })}`);
    }

    send(packet: string): void {
      const [, kind, id, body] = /^(4\d)\/visitor,(\d*)(.*)$/s.exec(packet) ?? [];
      if (kind === '40') {
        this.#tell('40/visitor,{"sid":"stage"}');
        this.#tell(`42/visitor,${JSON.stringify(['session:started', play.session()])}`);
      }
      if (kind !== '42' || !id) return;
      const [event, payload] = JSON.parse(body ?? '[]');
      this.#tell(`43/visitor,${id}${JSON.stringify([{ ok: true, data: play.answer(event, payload) }])}`);
    }

    close(): void {}

    #tell(data: string): void {
      setTimeout(() => this.onmessage?.({ data }));
    }
  };
}
