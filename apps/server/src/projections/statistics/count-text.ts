/** How much text there is. */
export interface TextCounts {
  /** Unicode code points: an emoji of one is one. */
  readonly characters: number;
  /**
   * What stands between white space and has a letter or a digit, as word processors count. Chinese and Japanese have no
   * spaces: there each character of Han, Hiragana and Katakana is one. Thai and the like are counted by their spaces.
   */
  readonly words: number;
  /** Line feeds, and one. */
  readonly lines: number;
}

const Class = {
  unknown: 0,
  space: 1,
  letter: 2,
  /** A word by itself. */
  ideograph: 3,
  other: 4,
} as const;

const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** Of code points up to 0xffff, found out once each. */
const classes = new Uint8Array(0x1_0000);

/** Counts in one pass: a text of 5 MB takes some tens of milliseconds, where `Intl.Segmenter` takes seconds. */
export function countText(text: string): TextCounts {
  let characters = 0;
  let words = 0;
  let lines = 1;
  let isInWord = false;
  for (let at = 0; at < text.length; at++) {
    let point = text.charCodeAt(at);
    if (point >= 0xd800 && point < 0xdc00) {
      point = text.codePointAt(at) ?? point;
      if (point > 0xffff) at++;
    }
    characters++;
    if (point === 10) lines++;
    switch (classOf(point)) {
      case Class.space:
        isInWord = false;
        break;
      case Class.letter:
        if (!isInWord) words++;
        isInWord = true;
        break;
      case Class.ideograph:
        words++;
        isInWord = false;
        break;
    }
  }
  return { characters, words, lines };
}

function classOf(point: number): number {
  if (point > 0xffff) return classify(point);
  const known = classes[point] ?? Class.unknown;
  if (known !== Class.unknown) return known;
  const found = classify(point);
  classes[point] = found;
  return found;
}

function classify(point: number): number {
  const character = String.fromCodePoint(point);
  if (/\s/u.test(character)) return Class.space;
  if (ideograph.test(character)) return Class.ideograph;
  return letterOrDigit.test(character) ? Class.letter : Class.other;
}
