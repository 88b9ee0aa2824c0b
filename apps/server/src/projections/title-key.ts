/** What sorts after every other title. */
const last = "\uffff";
/** Digits of the largest number that is sorted as one. */
const digitsMax = 12;

/** A text as searches compare it: without case and accents, in compatible characters. */
export function foldText(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** What titles are sorted by, character by character: "Note 2" before "Note 10", untitled documents last. */
export function titleKey(title: string): string {
  const folded = foldText(title).trim();
  return folded === "" ? last : folded.replace(/\d+/g, (digits) => digits.padStart(digitsMax, "0"));
}
