import createParser, { type MarkdownIt, type Token } from "markdown-it";
import footnotes from "markdown-it-footnote";
import { mathRules } from "./math-rules";
import { taskRule } from "./task-rule";

/**
 * GitHub-flavoured Markdown with footnotes and formulas. Raw HTML goes through as it is: what comes out must be
 * sanitised before it comes near a page.
 */
export function markdownParser(): MarkdownIt {
  const parser = createParser({ html: true, linkify: true });
  // Names without a scheme, such as `README.md`, are no links.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  parser.use(footnotes).use(mathRules).use(taskRule);
  parser.core.ruler.push("alignment", ({ tokens }) => {
    for (const token of tokens) alignWithoutStyle(token);
  });
  parser.renderer.rules.fence = (tokens, index) => {
    const token = tokens[index];
    if (token === undefined) return "";
    const [language = ""] = token.info.trim().split(/\s+/, 1);
    const content = parser.utils.escapeHtml(token.content);
    if (language === "mermaid") return `<pre class="md-diagram"><code>${content}</code></pre>\n`;
    if (language === "math")
      return `<pre class="md-math-block"><code class="md-math md-math-display">${content}</code></pre>\n`;
    const name = language === "" ? "" : ` class="language-${parser.utils.escapeHtml(language)}"`;
    return `<pre><code${name}>${content}</code></pre>\n`;
  };
  return parser;
}

/** The sanitiser lets no styles through. */
function alignWithoutStyle(token: Token): void {
  const align = /^text-align:(left|center|right)$/.exec(String(token.attrGet("style") ?? ""))?.[1];
  if (align === undefined) return;
  token.attrs = [["align", align]];
}
