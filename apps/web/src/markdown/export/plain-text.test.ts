// @vitest-environment jsdom
import { expect, test } from "vitest";
import { markdownParser } from "../render/markdown-parser";
import { renderDocument } from "../render/render-document";
import { plainText } from "./plain-text";

function plain(source: string): string {
  const root = document.createElement("main");
  root.innerHTML = renderDocument(markdownParser(), source)
    .blocks.map(({ html }) => html)
    .join("");
  return plainText(root);
}

test("says what a text says, without its markup", () => {
  const source =
    "# Title\n\nSome **bold**\nwords and [a link](https://example.org).\n\n- one\n  - inner\n- [x] done\n\n3. three\n4. four\n\n> said\n\n```js\n  a\n\nb\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
  expect(plain(source)).toBe(
    "Title\n\nSome bold words and a link.\n\n- one\n  - inner\n- [x] done\n\n3. three\n4. four\n\n> said\n\n  a\n\nb\n\na\tb\n1\t2\n",
  );
});
