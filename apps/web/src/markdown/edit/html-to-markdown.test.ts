// @vitest-environment jsdom
import { expect, test } from "vitest";
import { xssCorpus } from "../../../test/xss-corpus";
import { htmlToMarkdown } from "./html-to-markdown";

test("says in Markdown what HTML says", () => {
  const html =
    '<meta charset="utf-8"><h2 style="color:red">Title</h2><p>A <b>bold</b>, <em>slanted</em>, <del>gone</del> word with ' +
    '<a href="https://example.org" onclick="x()">a link</a> and <code>code</code>.</p><ul><li>one</li><li>two</li></ul>' +
    "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>";
  expect(htmlToMarkdown(html)).toBe(
    "## Title\n\nA **bold**, *slanted*, ~~gone~~ word with [a link](https://example.org) and `code`.\n\n- one\n- two\n\n" +
      "| a   | b   |\n| --- | --- |\n| 1   | 2   |",
  );
});

test("keeps the address of an image without asking for it", () => {
  expect(htmlToMarkdown('<p><img alt="x" src="https://example.org/a.png"></p>')).toBe(
    "![x](https://example.org/a.png)",
  );
});

test("brings along nothing that would run", () => {
  for (const payload of xssCorpus)
    expect(htmlToMarkdown(`<p>x</p>${payload}`)).not.toMatch(/(?<!\\)\]\(\s*(?:javascript|vbscript|data):/i);
});
