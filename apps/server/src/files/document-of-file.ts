import { basename, dirname, extname } from "node:path/posix";
import { distinctTags, faultOfTag, tagsMax, trimTag } from "@scriptorium/protocol";
import { languageOfFile } from "./file-languages";

/** What a text file becomes. */
export interface FileDocument {
  readonly title: string;
  readonly language: string | undefined;
  readonly tags: readonly string[];
  readonly text: string;
}

const titleLengthMax = 200;
/** Further down nobody looks for a title. */
const headLength = 4096;

/** The document that a file makes. Its directories become tags; what its front matter says of title and tags counts. */
export function documentOfFile(path: string, text: string): FileDocument {
  const name = basename(path);
  const language = languageOfFile(name);
  const isMarkdown = language === "Markdown";
  const directories = dirname(path)
    .split("/")
    // An archive is no directory that somebody has named for what is in it.
    .filter((part) => part !== "." && part !== "" && !/\.zip$/i.test(part));
  const head = isMarkdown ? readHead(text) : { title: undefined, tags: [] };
  // The ending of a source file belongs to its name; that of a text does not.
  const ownTitle = isMarkdown || language === "Plain Text" ? name.slice(0, -extname(name).length) : name;
  return {
    title: toTitle(head.title ?? "") || toTitle(ownTitle),
    language,
    tags: toTags([...directories, ...head.tags]),
    text,
  };
}

/** A title as the server takes it: one line, not too long. */
export function toTitle(text: string): string {
  return text
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, titleLengthMax)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
}

/** Those of some texts that can be tags, each once. */
export function toTags(texts: readonly string[]): string[] {
  const tags = texts.map(trimTag).filter((tag) => faultOfTag(tag) === undefined);
  return distinctTags(tags).slice(0, tagsMax);
}

interface Head {
  readonly title: string | undefined;
  readonly tags: readonly string[];
}

/** What a Markdown text begins with: front matter, a heading of the first level, HedgeDoc's line of tags. */
function readHead(text: string): Head {
  const head = text.slice(0, headLength).replace(/\r\n?/g, "\n");
  const matter = /^---\n([\s\S]*?)\n(?:---|\.\.\.)(?:\n|$)/.exec(head);
  const fields = readFields(matter?.[1] ?? "");
  const body = head.slice(matter?.[0].length ?? 0).trimStart();
  const heading = /^#[ \t]+(.+?)[ \t]*#*(?:\n|$)/.exec(body)?.[1];
  const tagLine = /^#{1,6}[ \t]+tags:[ \t]*(.+)$/m.exec(body)?.[1] ?? "";
  const tags = [...tagLine.matchAll(/`([^`]+)`/g)].map(([, tag = ""]) => tag);
  return { title: fields.title ?? heading, tags: [...fields.tags, ...tags] };
}

/** Title and tags out of front matter, as far as it is that simple: values in one line, tags also as a list. */
function readFields(matter: string): Head {
  const title = /^title:[ \t]*(.+)$/m.exec(matter)?.[1];
  const inline = /^tags:[ \t]*(.+)$/m.exec(matter)?.[1];
  const list = /^tags:[ \t]*\n((?:[ \t]*-[ \t]+.+(?:\n|$))+)/m.exec(matter)?.[1];
  const tags =
    inline === undefined
      ? (list ?? "").split("\n").map((line) => line.replace(/^[ \t]*-[ \t]+/, ""))
      : inline.replace(/^\[|\]$/g, "").split(",");
  return { title: title && unquote(title), tags: tags.map(unquote) };
}

function unquote(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, "$2");
}
