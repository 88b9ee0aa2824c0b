const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const valueOfCode = new Uint8Array(128);
for (let value = 0; value < alphabet.length; value += 1) {
  valueOfCode[alphabet.charCodeAt(value)] = value;
}

/** The character of five bits. */
export function crockfordDigit(value: number): string {
  return alphabet.charAt(value);
}

/**
 * Bytes as one big-endian number in Crockford's base 32, five bits to a character. Zero bits go before the
 * first byte to fill its character, so texts of equal length sort as the bytes do.
 */
export function encodeCrockford(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let heldBits = (5 - ((bytes.length * 8) % 5)) % 5;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    heldBits += 8;
    while (heldBits >= 5) {
      heldBits -= 5;
      text += alphabet.charAt(held >>> heldBits);
      held &= (1 << heldBits) - 1;
    }
  }
  return text;
}

/**
 * The reverse of `encodeCrockford`, for text that is known to be upper case and of the alphabet. Bits that do
 * not fill a byte are dropped from the front.
 */
export function decodeCrockford(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let held = 0;
  let heldBits = -((text.length * 5) % 8);
  let written = 0;
  for (let at = 0; at < text.length; at += 1) {
    held = (held << 5) | (valueOfCode[text.charCodeAt(at)] ?? 0);
    heldBits += 5;
    if (heldBits >= 8) {
      heldBits -= 8;
      bytes[written] = held >>> heldBits;
      written += 1;
      held &= (1 << heldBits) - 1;
    }
  }
  return bytes;
}
