import proxyAddr from 'proxy-addr';
import type { Socket } from 'socket.io';

/** Express's `trust proxy`: how many proxies in front to believe, or their addresses. */
export type TrustProxy = number | string | false;

/** The person's address behind a socket, believing as many proxies as Express does for the routes. */
export function handshakeAddress(socket: Socket, trustProxy: TrustProxy): string {
  return proxyAddr(socket.request, trustOf(trustProxy));
}

function trustOf(trustProxy: TrustProxy): (address: string, distance: number) => boolean {
  if (typeof trustProxy === 'number') return (_address, distance) => distance < trustProxy;
  return trustProxy === false ? () => false : proxyAddr.compile(trustProxy.split(',').map((part) => part.trim()));
}
