import type { Socket as NetSocket } from 'node:net';
import type { Server } from 'socket.io';

const TEXT_FRAME = 0x81;
const OPEN = 1;
const DIGIT_0 = 0x30;
/** Engine.IO's packet types, each at its number. */
const packetTypes = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'];
const nothing = Buffer.alloc(0);

/**
 * Writes packets to WebSockets: one buffer for each, and all that one turn of the event loop has for a connection with
 * one system call. The libraries would make two buffers, four writes and a callback of each packet. Nothing is held
 * back, so what they write themselves (a pong, the close) keeps its place.
 */
export function writeFrames(io: Server): void {
  let corked: Transport[] = [];
  const uncork = () => {
    const turn = corked;
    corked = [];
    for (const transport of turn) {
      const stream = transport.socket?._socket;
      stream?.uncork();
      if (stream && stream.writableLength > 0) holdUp(transport, stream);
    }
  };
  function send(this: Transport, packets: readonly Packet[]): void {
    const stream = this.socket?._socket;
    if (!stream || this.socket?.readyState !== OPEN || !packets.every(isText)) {
      Object.getPrototypeOf(this).send.call(this, packets);
      return;
    }
    if (stream.writableCorked === 0) {
      stream.cork();
      if (corked.length === 0) setImmediate(uncork);
      corked.push(this);
    }
    for (const packet of packets) for (const part of packet.options?.wsPreEncodedFrame ?? [toFrame(packet)]) stream.write(part);
    this.emit('drain');
  }
  const install = (transport: Transport) => {
    if (transport.name === 'websocket') transport.send = send;
  };
  io.engine.on('connection', (connection: EngineConnection) => {
    install(connection.transport);
    if (connection.transport.name !== 'websocket') connection.on('upgrade', install);
  });
}

/** What the system did not take at once makes the engine wait, until it has. */
function holdUp(transport: Transport, stream: NetSocket): void {
  transport.writable = false;
  stream.write(nothing, () => {
    transport.writable = true;
    transport.emit('ready');
  });
}

function isText({ data }: Packet): boolean {
  return data === undefined || typeof data === 'string';
}

/** An unmasked text frame of one piece, as a server sends them. */
function toFrame({ type, data = '' }: Packet): Buffer {
  const length = 1 + Buffer.byteLength(data);
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = TEXT_FRAME;
  frame[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (start === 4) frame.writeUInt16BE(length, 2);
  else if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame[start] = DIGIT_0 + packetTypes.indexOf(type);
  frame.write(data, start + 1);
  return frame;
}

interface Packet {
  type: string;
  data?: string;
  /** A frame that was made once for all hearers of a room. */
  options?: { wsPreEncodedFrame?: Buffer[] };
}

/** The part of Engine.IO on which this rests; a WebSocket transport holds the `ws` socket, which holds the stream. */
interface Transport {
  readonly name: string;
  writable: boolean;
  socket?: { readyState: number; _socket: NetSocket | null };
  send: (packets: readonly Packet[]) => void;
  emit(event: 'drain' | 'ready'): void;
}

interface EngineConnection {
  transport: Transport;
  on(event: 'upgrade', listener: (transport: Transport) => void): void;
}
