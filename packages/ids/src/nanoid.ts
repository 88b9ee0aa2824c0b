import type { NanoidExplanation } from "./explanation";
import type { RandomSource } from "./sources";

// NanoID's 64 URL-safe characters. Its own table has them in another order; where all are equally likely the
// order says nothing.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const length = 21;
const spelling = /^[A-Za-z0-9_-]{21}$/;

/** Whether the text has a NanoID's default length and alphabet: much else does too. */
export function isNanoid(text: string): boolean {
  return spelling.test(text);
}

/** A NanoID of 21 characters, six random bits to each. */
export function mintNanoid(random: RandomSource): string {
  const bytes = new Uint8Array(length);
  random(bytes);
  return Array.from(bytes, (byte) => alphabet.charAt(byte & 63)).join("");
}

export function explainNanoid(text: string): NanoidExplanation {
  return {
    scheme: "nanoid",
    canonical: text,
    bits: 126,
    fields: [
      { name: "random", from: 0, length: 126, value: text, meaning: "21 characters of six random bits each" },
    ],
    entropyBits: 126,
    notes: [
      "Holds no time, no node and no order: all of it is random.",
      "Nothing marks a NanoID: any text of 21 letters, digits, hyphens and underscores reads as one.",
      "Upper and lower case differ.",
    ],
  };
}
