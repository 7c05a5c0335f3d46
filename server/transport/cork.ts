import type { Socket as NetSocket } from 'node:net';
import type { Server } from 'socket.io';

/**
 * Writes all frames that one turn of the event loop produces for a connection with one system call. The engine
 * announces each packet before it is written; the first one corks the TCP socket until the turn's end.
 */
export function corkConnections(io: Server): void {
  io.engine.on('connection', (connection: EngineConnection) => {
    let isCorked = false;
    connection.on('packetCreate', () => {
      const stream = connection.transport?.socket?._socket;
      if (isCorked || !stream) return;
      isCorked = true;
      stream.cork();
      setImmediate(() => {
        isCorked = false;
        stream.uncork();
      });
    });
  });
}

/** The part of an Engine.IO socket on which this rests; a WebSocket transport holds the `ws` socket, which holds the stream. */
interface EngineConnection {
  on(event: 'packetCreate', listener: () => void): void;
  transport?: { socket?: { _socket?: NetSocket } };
}
