/** The bytes as one number, most significant first. */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  return bytes.reduce((high, byte) => (high << 8n) | BigInt(byte), 0n);
}
