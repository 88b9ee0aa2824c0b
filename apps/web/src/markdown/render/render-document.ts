import type { Env, MarkdownIt, Token } from "markdown-it";
import type { Heading } from "./heading";
import { HeadingIds } from "./heading-ids";
import { followTags } from "./open-tags";
import type { RenderedBlock, RenderedDocument } from "./rendered-document";

/** What is open longer than this was never closed: `<b>` in a first line must not make one block of a book. */
const openBlocksMax = 200;

/** Renders `source` block by block. Pure: the same block of source gives the same HTML, wherever it stands. */
export function renderDocument(parser: MarkdownIt, source: string): RenderedDocument {
  const env: Env = {};
  const tokens = parser.parse(source, env);
  const headings = readHeadings(tokens);
  const blocks: RenderedBlock[] = [];
  let line = 0;
  for (const group of groupBlocks(tokens)) {
    // Footnotes are shown at the end, wherever they stand.
    line = Math.max(line, group.find((token) => token.map !== null)?.map?.[0] ?? line);
    for (const token of group) noteLine(token, line);
    blocks.push({ html: parser.renderer.render(group, parser.options, env), line });
  }
  return { blocks, headings };
}

function readHeadings(tokens: readonly Token[]): Heading[] {
  const ids = new HeadingIds();
  const headings: Heading[] = [];
  tokens.forEach((token, index) => {
    if (token.type !== "heading_open") return;
    const text = plainText(tokens[index + 1]?.children ?? []);
    const id = ids.idFor(text);
    token.attrSet("id", id);
    headings.push({ level: Number(token.tag.slice(1)), text, id, line: token.map?.[0] ?? 0 });
  });
  return headings;
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "text" || token.type === "code_inline" || token.type === "math")
        return token.content;
      if (token.type === "image") return plainText(token.children ?? []);
      return token.type === "softbreak" || token.type === "hardbreak" ? " " : "";
    })
    .join("")
    .trim();
}

/** Tokens from one top-level opening to its closing; several of them where raw HTML spans them. */
function groupBlocks(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  const open: string[] = [];
  let group: Token[] = [];
  let depth = 0;
  let blocks = 0;
  for (const token of tokens) {
    group.push(token);
    depth += token.nesting;
    if (token.type === "html_block") followTags(token.content, open);
    if (depth > 0) continue;
    blocks++;
    if (open.length > 0 && blocks < openBlocksMax) continue;
    groups.push(group);
    group = [];
    open.length = 0;
    blocks = 0;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

const marked = /^(paragraph|heading|list_item|blockquote|tr|table)_open$/;

/** Tells the page where things stand in the source, for scrolling in step and ticking. */
function noteLine(token: Token, blockLine: number): void {
  if (token.map !== null && marked.test(token.type) && token.map[0] > blockLine)
    token.attrSet("data-line", String(token.map[0] - blockLine));
  const task = token.children?.find((child) => child.type === "task");
  if (task !== undefined) task.content = String(Number(task.content) - blockLine);
}
