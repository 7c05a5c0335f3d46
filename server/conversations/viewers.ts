/** Which agents have a conversation open, and which of them are writing. In memory; told to the others who look. */
import type { AgentFacts } from '../../shared/events.ts';

type Viewing = Parameters<AgentFacts['viewers:changed']>[0];

export class Viewers {
  readonly #byConversation = new Map<string, Map<string, { agentId: string; isReplying: boolean }>>();

  enter(conversationId: string, socketId: string, agentId: string): void {
    const sockets = this.#byConversation.get(conversationId) ?? new Map();
    sockets.set(socketId, { agentId, isReplying: false });
    this.#byConversation.set(conversationId, sockets);
  }

  leave(conversationId: string, socketId: string): void {
    const sockets = this.#byConversation.get(conversationId);
    sockets?.delete(socketId);
    if (sockets?.size === 0) this.#byConversation.delete(conversationId);
  }

  /** The conversations that a socket which is gone had open. */
  leaveAll(socketId: string): string[] {
    const left = this.openedBy(socketId);
    for (const id of left) this.leave(id, socketId);
    return left;
  }

  openedBy(socketId: string): string[] {
    return [...this.#byConversation].filter(([, sockets]) => sockets.has(socketId)).map(([id]) => id);
  }

  isViewing(conversationId: string, socketId: string): boolean {
    return this.#byConversation.get(conversationId)?.has(socketId) ?? false;
  }

  /** True if that changed anything. */
  setReplying(conversationId: string, socketId: string, isReplying: boolean): boolean {
    const viewer = this.#byConversation.get(conversationId)?.get(socketId);
    if (!viewer || viewer.isReplying === isReplying) return false;
    viewer.isReplying = isReplying;
    return true;
  }

  /** Who is writing a reply where, at this moment. */
  replying(): { conversationId: string; agentId: string }[] {
    return [...this.#byConversation].flatMap(([conversationId, sockets]) =>
      [...sockets.values()].flatMap(({ agentId, isReplying }) => (isReplying ? [{ conversationId, agentId }] : [])),
    );
  }

  of(conversationId: string): Viewing {
    const viewers = [...(this.#byConversation.get(conversationId)?.values() ?? [])];
    const idsOf = (who: typeof viewers) => [...new Set(who.map((viewer) => viewer.agentId))];
    return { conversationId, agentIds: idsOf(viewers), replyingIds: idsOf(viewers.filter((viewer) => viewer.isReplying)) };
  }
}
