import type { Socket as NetSocket } from 'node:net';
import type { Server } from 'socket.io';

/**
 * Writes all frames that one turn of the event loop produces for a connection with one system call: before the engine
 * hands packets to a WebSocket, its TCP socket is corked until the turn's end.
 */
export function corkConnections(io: Server): void {
  let corked: Corked[] = [];
  const uncork = () => {
    const turn = corked;
    corked = [];
    for (const { stream, transport } of turn) {
      stream.uncork();
      // What the system did not take at once holds up the engine, as it would have without the cork.
      if (stream.writableLength > 0) transport.writable = false;
    }
  };
  io.engine.on('flush', ({ transport }: EngineConnection) => {
    const stream = transport.socket?._socket;
    if (!stream || stream.writableCorked > 0) return;
    stream.cork();
    if (corked.length === 0) setImmediate(uncork);
    corked.push({ stream, transport });
  });
  // The engine would hold back the turn's next packets until these are written, and then write them one by one.
  io.engine.on('drain', ({ transport }: EngineConnection) => {
    if (transport.socket?._socket) transport.writable = true;
  });
}

/** The part of an Engine.IO connection on which this rests; a WebSocket transport holds the `ws` socket, which holds the stream. */
interface EngineConnection {
  transport: { writable: boolean; socket?: { _socket: NetSocket | null } };
}

interface Corked {
  stream: NetSocket;
  transport: EngineConnection['transport'];
}
