import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { xssCorpus } from "../../../test/xss-corpus";
import { markdownParser } from "../render/markdown-parser";
import { renderDocument } from "../render/render-document";
import { createSanitiser } from "./sanitise";

const { window } = new JSDOM("<!doctype html>");
const sanitiser = createSanitiser(window);
const parser = markdownParser();

function clean(html: string): HTMLElement {
  const root = window.document.createElement("div");
  root.append(sanitiser.sanitise(html));
  return root;
}

function rendered(source: string): HTMLElement {
  const { blocks } = renderDocument(parser, source);
  return clean(blocks.map(({ html }) => html).join(""));
}

const elements =
  /^(script|style|link|meta|base|iframe|frame|object|embed|form|button|svg|math|template|video|audio|source|textarea|select)$/;
const attributes =
  /^(on.*|style|srcset|ping|poster|background|formaction|action|name|tabindex|autofocus|contenteditable|popover.*)$/;

test("the corpus holds at least a hundred different payloads", () => {
  expect(new Set(xssCorpus).size).toBe(xssCorpus.length);
  expect(xssCorpus.length).toBeGreaterThanOrEqual(100);
});

test.each(xssCorpus)("leaves nothing that runs, asks or covers of %j", (payload) => {
  for (const root of [rendered(payload), clean(payload), clean(clean(payload).innerHTML)]) {
    for (const element of root.querySelectorAll("*")) {
      expect(element.localName).not.toMatch(elements);
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(attributes);
        if (name === "href") expect(value).toMatch(/^(#|\/|https?:|mailto:|tel:|[^:]*$)/);
        // An address without a scheme may still be elsewhere to a browser.
        if (name === "src") expect(new URL(value, "https://own.invalid/d/x").host).toBe("own.invalid");
        if (name === "id") expect(value).toMatch(/^md-/);
        if (name === "class") expect(value).not.toMatch(/fixed|inset|float-panel/);
      }
    }
  }
});

test("keeps what Markdown and harmless HTML are made of", () => {
  const root = rendered(
    "# Two words\n\n[there](#two-words) <kbd>K</kbd> H<sub>2</sub>O\n\n- [x] done\n\n```js\nx\n```\n\n<details open><summary>More</summary>text</details>\n",
  );
  expect(root.querySelector("h1")?.id).toBe("md-two-words");
  expect(root.querySelector("a")?.getAttribute("href")).toBe("#md-two-words");
  expect(root.querySelector("input")?.checked).toBe(true);
  expect(root.querySelector("code")?.className).toBe("language-js");
  expect([...root.querySelectorAll("kbd, sub, details[open], summary")]).toHaveLength(4);
});

test("blocks run the way that their own letters do, unless they say otherwise; code does not", () => {
  const root = rendered('# שלום\n\n- Latin\n\n```js\nx\n```\n\n<p dir="ltr">שלום</p>\n');
  const direction = (selector: string) => root.querySelector(selector)?.getAttribute("dir");
  expect(["h1", "ul", "li", "pre", "p"].map(direction)).toEqual(["auto", "auto", "auto", null, "ltr"]);
});

test("links elsewhere tell nobody where they were found", () => {
  const link = rendered("[x](https://example.org)").querySelector("a");
  expect(link?.rel).toBe("noopener noreferrer nofollow");
  expect(link?.target).toBe("_blank");
});

test("a remote image keeps its address without asking for it, and an own one is shown", () => {
  const [remote, own, inline] = rendered(
    "![a](https://example.org/a.png) ![b](/favicon.svg) ![c](data:image/png;base64,AAAA)",
  ).querySelectorAll("img");
  expect([remote?.hasAttribute("src"), remote?.dataset.src]).toEqual([false, "https://example.org/a.png"]);
  expect(own?.getAttribute("src")).toBe("/favicon.svg");
  expect(inline?.getAttribute("src")).toBe("data:image/png;base64,AAAA");
});

test("only the renderer's own checkboxes can be ticked", () => {
  const [foreign, own] = clean(
    '<input type="text" value="x"><input type="checkbox" class="md-task">',
  ).querySelectorAll("input");
  expect([foreign?.type, foreign?.disabled]).toEqual(["checkbox", true]);
  expect(own?.disabled).toBe(false);
});
