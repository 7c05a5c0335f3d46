import { Decoder, type Packet } from 'socket.io-parser';

/** Socket.IO's own text of a packet. Its own encoder first searches every packet for binary parts, which ours never have. */
class TextEncoder {
  encode({ type, nsp, id, data }: Packet): [string] {
    const namespace = nsp === '/' ? '' : `${nsp},`;
    return [`${type}${namespace}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`];
  }
}

/** For Socket.IO's option `parser`. What comes in is read as ever. */
export const packetParser = { Encoder: TextEncoder, Decoder };
