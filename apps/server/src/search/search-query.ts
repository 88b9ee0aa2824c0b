import { foldText } from "../projections/title-key";

/** More words than this narrow nothing down any more. */
const wordsMax = 16;

/** Scripts that write words without spaces between them. */
const unspaced = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
const betweenUnspaced = new RegExp(`(?<=${unspaced})(?=${unspaced})`, "gu");

/** What parts words for the index and shows nowhere: a zero-width space. */
export const invisibleSpace = "\u200b";

/** The text with its words apart, where its script leaves that to the reader: each character counts as one. */
export function separateWords(text: string): string {
  return text.replace(betweenUnspaced, invisibleSpace);
}

/** What a person looks for. Nothing in it is syntax: quotes, operators and asterisks are characters like others. */
export interface SearchQuery {
  /** A title that contains all of these matches. */
  readonly titleParts: readonly string[];
  /** For FTS5: all words, each at the beginning of one in the text. Undefined if the query has no words. */
  readonly match: string | undefined;
}

export function parseQuery(query: string): SearchQuery {
  const parts = query.replaceAll("\0", " ").split(/\s+/u).filter(Boolean).slice(0, wordsMax);
  // What has neither letters nor digits, such as an emoji, is no word to the index.
  const words = parts.filter((part) => /[\p{L}\p{N}]/u.test(part)).map(separateWords);
  return {
    titleParts: parts.map(foldText).filter(Boolean),
    match: words.length === 0 ? undefined : words.map(quotePrefix).join(" AND "),
  };
}

/** A string of FTS5's. What is several words to the index, as `a-b` is, must follow each other. */
function quotePrefix(word: string): string {
  return `"${word.replaceAll('"', '""')}" *`;
}
