import { expect, test } from "vitest";
import { markdownParser } from "./markdown-parser";
import { renderDocument } from "./render-document";

const parser = markdownParser();
const htmlOf = (source: string) =>
  renderDocument(parser, source)
    .blocks.map(({ html }) => html)
    .join("");

test("renders GitHub's tables, strikethrough and bare links", () => {
  const html = htmlOf("| a | b |\n|---|--:|\n| ~~1~~ | https://example.org |\n");
  expect(html).toContain('<th align="right">b</th>');
  expect(html).toContain("<s>1</s>");
  expect(html).toContain('<a href="https://example.org">');
});

test("takes no file name for a link", () => {
  expect(htmlOf("See README.md and www.example.org")).not.toContain("<a");
});

test("links footnotes both ways", () => {
  const html = htmlOf("Said[^1].\n\n[^1]: By Ada.\n");
  expect(html).toContain('href="#fn1" id="fnref1"');
  expect(html).toContain('href="#fnref1"');
});

test("renders tasks as checkboxes that know their line within the block", () => {
  const { blocks } = renderDocument(
    parser,
    "Intro\n\n- [ ] one\n- [x] two\n  1. [X] three\n- [y] no\n- [ ]no\n",
  );
  expect(blocks[1]?.line).toBe(2);
  expect(
    [...(blocks[1]?.html ?? "").matchAll(/data-line="(\d)"( checked)?>/g)].map(([, line, on]) => [line, on]),
  ).toEqual(
    expect.arrayContaining([
      ["0", undefined],
      ["1", " checked"],
      ["2", " checked"],
    ]),
  );
  expect(blocks[1]?.html.match(/<input/g)).toHaveLength(3);
});

test("gives headings ids as GitHub does, unique in the document", () => {
  const { headings } = renderDocument(
    parser,
    "# Two *words*!\n\n## Two words\n\nTwo words-1\n---\n\n> # Ünïcode `x`\n",
  );
  expect(headings.map(({ level, id, line }) => [level, id, line])).toEqual([
    [1, "two-words", 0],
    [2, "two-words-1", 2],
    [2, "two-words-1-1", 4],
    [1, "ünïcode-x", 7],
  ]);
});

test("keeps formulas from Markdown, and prices from formulas", () => {
  expect(htmlOf("$a_1 * b_2 * c$")).toBe('<p><code class="md-math">a_1 * b_2 * c</code></p>\n');
  expect(htmlOf("It is $5 to $10, or \\$x.")).not.toContain("md-math");
  expect(htmlOf("$$\n\\int_0^1 x <b>\n$$\n")).toContain('md-math-display">\\int_0^1 x &lt;b&gt;</code>');
  expect(htmlOf("$$\nhalf typed\n\nand text")).toContain("<p>and text</p>");
});

test("keeps what raw HTML spans in one block", () => {
  const { blocks } = renderDocument(
    parser,
    "<details>\n<summary>More</summary>\n\n*inside*\n\n</details>\n\nafter\n",
  );
  expect(blocks.map(({ html }) => html.includes("<em>inside</em>"))).toEqual([true, false]);
});

test("makes no single block of a document whose HTML is never closed", () => {
  const { blocks } = renderDocument(parser, `<div>\n\n${"word\n\n".repeat(1000)}`);
  expect(blocks.length).toBeGreaterThan(700);
});

test("renders a block to the same HTML wherever it stands", () => {
  const block = "- [ ] a\n\n  b\n- c\n";
  const [alone] = renderDocument(parser, block).blocks;
  const [, moved] = renderDocument(parser, `Line\n\n${block}`).blocks;
  expect(moved?.html).toBe(alone?.html);
});
