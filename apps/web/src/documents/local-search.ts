import type { SnippetPart } from "../api/document-summary";

interface Searched {
  readonly title: string;
  readonly snippet?: readonly SnippetPart[] | undefined;
}

/** A text as searches compare it: without case and accents, in compatible characters; as the server does. */
export function foldText(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function wordsOf(query: string): readonly string[] {
  return foldText(query).split(/\s+/u).filter(Boolean);
}

/** Whether a text contains all words of a query. */
export function containsWords(text: string, query: string): boolean {
  const folded = foldText(text);
  return wordsOf(query).every((word) => folded.includes(word));
}

/** Of the documents known so far, those that match for sure: by their titles, or by what is shown of their texts. */
export function searchLocally<Known extends Searched>(
  documents: Iterable<Known>,
  query: string,
): readonly Known[] {
  const byTitle: Known[] = [];
  const byText: Known[] = [];
  for (const document of documents) {
    const shown = document.snippet?.map(({ text }) => text).join("") ?? "";
    if (containsWords(document.title, query)) byTitle.push(document);
    else if (shown !== "" && containsWords(`${document.title} ${shown}`, query)) byText.push(document);
  }
  return [...byTitle, ...byText];
}

/** A title, with the words that were looked for told apart. */
export function markTitle(title: string, query: string): readonly SnippetPart[] {
  const words = query.split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [{ text: title, match: false }];
  // Accents are letters of their own here: a title that matches but for them is shown unmarked.
  const pattern = new RegExp(`(${words.map(escapePattern).join("|")})`, "giu");
  return title
    .split(pattern)
    .map((text, index) => ({ text, match: index % 2 === 1 }))
    .filter(({ text }) => text !== "");
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
