/**
 * What Kesher is measured against: the least that Socket.IO can do. It validates nothing, stores nothing and limits
 * nobody; it acknowledges, and emits to the conversation's room. Same versions, options and namespaces as the product's.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, {
  serveClient: false,
  cors: { origin: '*' },
  pingInterval: 10_000,
  pingTimeout: 8_000,
  connectTimeout: 10_000,
  maxHttpBufferSize: 256 * 1024,
  perMessageDeflate: false,
});
const agents = io.of('/agent');

io.of('/visitor').on('connection', (socket) => {
  socket.on('message:post', (message, acknowledge) => {
    agents.to(message.conversationId).emit('message:posted', message);
    acknowledge({ ok: true });
  });
  socket.emit('session:started', {});
});

agents.on('connection', (socket) => {
  socket.on('conversation:open', ({ conversationId }, acknowledge) => {
    void socket.join(conversationId);
    acknowledge({ ok: true });
  });
  socket.emit('session:started', {});
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
  console.log(`ready http://127.0.0.1:${address.port}`);
});
process.on('SIGTERM', () => process.exit());
