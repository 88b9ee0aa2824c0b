import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/**
 * `$x$` within a line and `$$ … $$` as a block, as GitHub has them. A dollar is money unless what it opens closes
 * again: no space inside, no digit after.
 */
export function mathRules(parser: MarkdownIt): void {
  parser.inline.ruler.after("escape", "math", inlineMath);
  parser.block.ruler.after("fence", "math", blockMath, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  const { escapeHtml } = parser.utils;
  parser.renderer.rules.math = (tokens, index) => {
    const token = tokens[index];
    return `<code class="md-math${token?.markup === "$$" ? " md-math-display" : ""}">${escapeHtml(token?.content ?? "")}</code>`;
  };
  parser.renderer.rules.math_block = (tokens, index) =>
    `<pre class="md-math-block"><code class="md-math md-math-display">${escapeHtml(tokens[index]?.content ?? "")}</code></pre>\n`;
}

const dollar = 0x24;

function inlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src.charCodeAt(pos) !== dollar) return false;
  const fence = src.charCodeAt(pos + 1) === dollar ? "$$" : "$";
  const start = pos + fence.length;
  let end = src.indexOf(fence, start);
  while (end !== -1 && src[end - 1] === "\\") end = src.indexOf(fence, end + 1);
  if (end === -1 || end + fence.length > posMax) return false;
  const content = src.slice(start, end);
  if (content.trim() === "" || (fence === "$" && !isClosed(src, start, end))) return false;
  if (!silent) {
    const token = state.push("math", "code", 0);
    token.content = content.trim();
    token.markup = fence;
  }
  state.pos = end + fence.length;
  return true;
}

function isClosed(src: string, start: number, end: number): boolean {
  return !/\s/.test(src[start] ?? " ") && !/\s/.test(src[end - 1] ?? " ") && !/\d/.test(src[end + 1] ?? "");
}

function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const textOf = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const indent = (line: number) => state.sCount[line] ?? 0;
  if (indent(startLine) - state.blkIndent >= 4) return false;
  const first = textOf(startLine);
  if (!first.startsWith("$$")) return false;
  const whole = /^\$\$(.+)\$\$\s*$/.exec(first);
  let next = startLine + 1;
  const lines: string[] = [];
  if (whole !== null) {
    lines.push(whole[1] ?? "");
  } else {
    lines.push(first.slice(2));
    let closed = false;
    for (; next < endLine && !closed; next++) {
      const text = textOf(next);
      if (indent(next) < state.blkIndent && text !== "") break;
      closed = text.trimEnd().endsWith("$$");
      lines.push(closed ? text.trimEnd().slice(0, -2) : text);
    }
    // Half-typed, it is still text: the rest of the document must not become a formula.
    if (!closed) return false;
  }
  if (silent) return true;
  const token = state.push("math_block", "pre", 0);
  token.content = lines.join("\n").trim();
  token.map = [startLine, next];
  state.line = next;
  return true;
}
