import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import proxyAddr from 'proxy-addr';
import type { Socket } from 'socket.io';

/** Express's `trust proxy`: how many proxies in front to believe, or their addresses. */
export type TrustProxy = number | string | false;

/** The person's address behind a socket, believing as many proxies as Express does for the routes. */
export function handshakeAddress(socket: Socket, trustProxy: TrustProxy): string {
  return remoteAddress(socket.request, trustProxy);
}

/** `unknown` for a connection that has gone meanwhile. */
export function remoteAddress(request: IncomingMessage, trustProxy: TrustProxy): string {
  return proxyAddr(request, trustOf(trustProxy)) ?? 'unknown';
}

/** Behind a proxy that is not trusted (`TRUST_PROXY`) everybody has this address, so it says nothing about anyone. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

/** What limits count as one: an IPv4 address, or the /64 of an IPv6 one, in which a single subscriber has more addresses than can be counted. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [front = '', back] = address.toLowerCase().split('::');
  const groups = front === '' ? [] : front.split(':');
  const missing = back === undefined ? 0 : 8 - groups.length - (back === '' ? 0 : back.split(':').length);
  const all = [...groups, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...(back ? back.split(':') : [])];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** More would be a mistake: whoever believes a hundred proxies believes the sender. */
const PROXIES_MAX = 16;

export function isTrustProxy(value: number | string | false): boolean {
  if (typeof value === 'number') return value <= PROXIES_MAX;
  try {
    trustOf(value);
    return true;
  } catch {
    return false;
  }
}

function trustOf(trustProxy: TrustProxy): (address: string, distance: number) => boolean {
  if (typeof trustProxy === 'number') return (_address, distance) => distance < trustProxy;
  return trustProxy === false ? () => false : proxyAddr.compile(trustProxy.split(',').map((part) => part.trim()));
}
