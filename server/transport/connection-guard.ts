import type { IncomingMessage } from 'node:http';
import type { Socket as NetSocket } from 'node:net';
import type { Server } from 'socket.io';
import { AppError } from '../../shared/errors.ts';
import { isLoopback, networkOf, remoteAddress, type TrustProxy } from './address.ts';
import type { Limits } from './rate-limits.ts';

/** Open connections of one address: an office, or a whole village behind its provider's one address. */
const CONNECTIONS_MAX = 2_000;

/** What one connection may send within the window. Requests are refused politely long before (see rate-limits.ts). */
const WINDOW_MS = 3_000;
const PACKETS_MAX = 2_000;
const JOINS_MAX = 10;
/** A handshake is kept for as long as its connection lasts. */
const JOIN_CHARACTERS_MAX = 32 * 1024;

/** Characters that may wait for a client which asks and does not read the answers. */
const BACKLOG_MAX = 8 * 1024 * 1024;

/** What is counted of one connection. */
interface Meter {
  network: string;
  windowEndsAt: number;
  packets: number;
  joins: number;
  /** Characters that the engine holds, not having handed them to the transport. */
  held: number;
}

/**
 * What a connection may cost below the level of requests: connections that never become a session, packets that are
 * no requests, answers that nobody fetches. Who goes beyond is cut off.
 */
export class ConnectionGuard {
  readonly #limits: Limits;
  readonly #trustProxy: TrustProxy;
  readonly #openOf = new Map<string, number>();
  readonly #meters = new WeakMap<EngineConnection, Meter>();

  constructor(limits: Limits, trustProxy: TrustProxy) {
    this.#limits = limits;
    this.#trustProxy = trustProxy;
  }

  /** Engine.IO's question about each new connection. Its refusal has no place for a code: the client tries again later. */
  readonly allowRequest = (request: IncomingMessage, decide: (reason: string | null, isAllowed: boolean) => void): void => {
    this.#admit(remoteAddress(request, this.#trustProxy)).then(
      () => decide(null, true),
      () => decide('too-many', false),
    );
  };

  /** The listeners are the same for all connections, because an idle visitor should cost as little as can be. */
  watch(io: Server): void {
    const guard = this;
    const onPacket: Listener = function (packet) {
      if (guard.#isFlooding(this, packet?.data)) cutOff(this);
    };
    const onPacketCreate: Listener = function (packet) {
      if (guard.#isUnread(this, packet?.data)) cutOff(this);
    };
    const onClose: Listener = function () {
      guard.#count(guard.#meterOf(this).network, -1);
    };
    io.engine.on('connection', (connection: EngineConnection) => {
      guard.#count(guard.#meterOf(connection).network, 1);
      if (guard.#limits.isOn) connection.on('packet', onPacket);
      connection.on('packetCreate', onPacketCreate);
      connection.on('close', onClose);
    });
  }

  async #admit(address: string): Promise<void> {
    await this.#limits.spend('dials', address);
    if (this.#limits.isOn && !isLoopback(address) && (this.#openOf.get(networkOf(address)) ?? 0) >= CONNECTIONS_MAX) {
      throw new AppError('too-many', 'Too many connections.');
    }
  }

  #isFlooding(connection: EngineConnection, content: Content): boolean {
    const meter = this.#meterOf(connection);
    const now = performance.now();
    if (now > meter.windowEndsAt) {
      meter.windowEndsAt = now + WINDOW_MS;
      meter.packets = 0;
      meter.joins = 0;
    }
    meter.packets += 1;
    // Socket.IO's packet type 0 asks to join a namespace.
    const isJoin = typeof content === 'string' && content.startsWith('0');
    if (isJoin) meter.joins += 1;
    return meter.packets > PACKETS_MAX || meter.joins > JOINS_MAX || (isJoin && content.length > JOIN_CHARACTERS_MAX);
  }

  /** Asked before the packet joins those that the engine holds. Mostly it holds none. */
  #isUnread(connection: EngineConnection, content: Content): boolean {
    const { writeBuffer, transport } = connection;
    const inStream = transport.socket?._socket?.writableLength ?? 0;
    const length = content?.length ?? 0;
    if (writeBuffer.length === 0) return inStream + length > BACKLOG_MAX;
    const meter = this.#meterOf(connection);
    if (writeBuffer.length === 1) meter.held = writeBuffer[0]?.data?.length ?? 0;
    meter.held += length;
    return meter.held + inStream > BACKLOG_MAX;
  }

  #meterOf(connection: EngineConnection): Meter {
    const known = this.#meters.get(connection);
    if (known) return known;
    const network = networkOf(remoteAddress(connection.request, this.#trustProxy));
    const meter = { network, windowEndsAt: 0, packets: 0, joins: 0, held: 0 };
    this.#meters.set(connection, meter);
    return meter;
  }

  #count(network: string, difference: 1 | -1): void {
    const open = (this.#openOf.get(network) ?? 0) + difference;
    if (open > 0) this.#openOf.set(network, open);
    else this.#openOf.delete(network);
  }
}

/** At once: a polite close would wait behind what the other end does not read, and go on reading what it sends. */
function cutOff(connection: EngineConnection): void {
  connection.transport.socket?.terminate();
  connection.close(true);
}

type Content = string | Buffer | undefined;
type Listener = (this: EngineConnection, packet?: { data?: Content }) => void;

/** The part of an Engine.IO connection on which this rests; a WebSocket transport holds the `ws` socket, which holds the stream. */
interface EngineConnection {
  request: IncomingMessage;
  transport: { socket?: { terminate: () => void; _socket?: NetSocket } };
  writeBuffer: readonly { data?: Content }[];
  close: (isDiscarding: boolean) => void;
  on(event: 'packet' | 'packetCreate' | 'close', listener: Listener): void;
}
