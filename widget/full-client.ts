import { Manager } from 'socket.io-client';
import type { LinkSocket } from '../shared/link.ts';

export interface FullClientOptions {
  serverUrl: string;
  namespace: string;
  handshake: () => object;
  /** Whether it may begin with a WebSocket. A proxy that swallows them would make it wait for nothing. */
  hasWebSocket: boolean;
}

/**
 * The official client, which can also speak by plain requests. Fetched only where our own connection does not get through
 * or, outside a browser, where there is no WebSocket of the browser's kind.
 */
export function openFullClient({ serverUrl, namespace, handshake, hasWebSocket }: FullClientOptions): LinkSocket {
  const { origin, pathname } = new URL('socket.io/', serverUrl);
  const transports = hasWebSocket ? ['websocket', 'polling'] : ['polling', 'websocket'];
  const manager = new Manager(origin, { path: pathname, autoConnect: false, transports });
  return manager.socket(namespace, { auth: (send: (auth: object) => void) => send(handshake()) });
}
