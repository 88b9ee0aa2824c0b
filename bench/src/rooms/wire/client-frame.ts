/**
 * A message as the one binary WebSocket frame in which a client sends it. Clients must mask; the mask here is all
 * zeros, so that what was prepared goes out as it lies. To a server it is a mask like any other.
 */
export function encodeClientFrame(message: Uint8Array, opcode: number = Opcode.binary): Buffer {
  const { length } = message;
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.alloc(2 + lengthBytes + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2);
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(message, frame.length - length);
  return frame;
}

/** Opcodes of RFC 6455. */
export const Opcode = { binary: 2, close: 8, ping: 9, pong: 10 } as const;
