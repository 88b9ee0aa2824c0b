const manners = [
  "Amber",
  "Brisk",
  "Calm",
  "Clear",
  "Early",
  "Gentle",
  "Golden",
  "Keen",
  "Kind",
  "Lively",
  "Mellow",
  "Nimble",
  "Patient",
  "Quiet",
  "Steady",
  "Wry",
] as const;

const birds = [
  "Bittern",
  "Curlew",
  "Dunlin",
  "Egret",
  "Finch",
  "Grebe",
  "Heron",
  "Ibis",
  "Jay",
  "Lark",
  "Martin",
  "Plover",
  "Robin",
  "Swift",
  "Teal",
  "Wren",
] as const;

/** A name like "Quiet Heron" for somebody who has not given one. @param random a number from 0 to below 1 */
export function quietName(random: () => number): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "";
  return `${pick(manners)} ${pick(birds)}`;
}
