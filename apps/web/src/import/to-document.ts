import { titleLengthMax } from "../editor/title-limit";
import { decodeText } from "./decode-text";

/** What a file becomes. */
export interface ImportedDocument {
  readonly title: string;
  readonly language?: string | undefined;
  readonly text: string;
}

type Kind = "markdown" | "html" | "text" | "other";

const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/\.(md|markdown|mkd)$/i, "markdown"],
  [/\.(html?|xhtml)$/i, "html"],
  [/\.(txt|text)$/i, "text"],
];

/** Whether a file is an archive of others, by its name or by how it begins. */
export function isZip(name: string, head: Uint8Array): boolean {
  return /\.zip$/i.test(name) || (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4);
}

/**
 * The document that a file makes. HTML becomes Markdown; source code keeps its name, and gets its language by it.
 *
 * @throws {ImportError} BINARY, ENCODING
 */
export async function toDocument(path: string, bytes: Uint8Array): Promise<ImportedDocument> {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const text = decodeText(bytes);
  const [pattern, kind] = kinds.find(([ending]) => ending.test(name)) ?? [undefined, "other" as const];
  const title = toTitle(pattern === undefined ? name : name.replace(pattern, ""));
  switch (kind) {
    case "markdown":
      return { title, language: "Markdown", text };
    case "text":
      return { title, language: "Plain Text", text };
    case "html": {
      const { htmlToMarkdown } = await import("../markdown/edit/html-to-markdown");
      return { title: toTitle(titleOfHtml(text)) || title, language: "Markdown", text: htmlToMarkdown(text) };
    }
    case "other":
      return { title, language: await languageOf(name), text };
  }
}

/** A title as the server takes it: one line, not too long. */
function toTitle(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, titleLengthMax)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
}

function titleOfHtml(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").title;
}

async function languageOf(name: string): Promise<string | undefined> {
  const [{ LanguageDescription }, { languages }] = await Promise.all([
    import("@codemirror/language"),
    import("../languages/languages"),
  ]);
  return LanguageDescription.matchFilename(languages, name)?.name;
}
