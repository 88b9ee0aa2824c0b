// @vitest-environment jsdom
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { xssCorpus } from "../../../test/xss-corpus";
import { htmlFile } from "./html-file";

test("one file holds text, title and styles, and needs nothing else", async () => {
  const file = await htmlFile(
    "# One\n\n$x^2$\n\n```js\nconst a = 1;\n```\n\n![b](https://example.org/b.png)\n",
    "A & <b>",
  );
  const { document } = new JSDOM(file).window;
  expect(document.title).toBe("A & <b>");
  expect(document.querySelector("h1")?.textContent).toBe("One");
  expect(document.querySelector("math")).not.toBeNull();
  expect(document.querySelector(".tok-keyword")?.textContent).toBe("const");
  expect(document.querySelector("a")?.href).toBe("https://example.org/b.png");
  expect(document.querySelectorAll("script, link, img, iframe")).toHaveLength(0);
  expect(document.querySelector("meta[http-equiv]")?.getAttribute("content")).toContain("default-src 'none'");
});

// Mermaid needs a layout: real Chromium sees to its payloads.
const payloads = xssCorpus.filter((payload) => !payload.includes("mermaid"));

test("leaves nothing of any payload in a file, in text or title", async () => {
  for (const payload of payloads) {
    const file = new DOMParser().parseFromString(await htmlFile(payload, payload), "text/html");
    const foreign = file.querySelectorAll(
      "script, iframe, object, embed, form, svg, base, link, video, audio",
    );
    expect([payload, foreign.length]).toEqual([payload, 0]);
    expect([payload, file.querySelectorAll("style").length]).toEqual([payload, 1]);
    expect([payload, file.querySelectorAll("meta").length]).toEqual([payload, 5]);
  }
}, 120_000);

test("runs nothing of all payloads at once", async () => {
  const file = await htmlFile(payloads.join("\n\n"), payloads.join(" "));
  const { window } = new JSDOM(file, { runScripts: "dangerously" });
  expect((window as { __ran?: number }).__ran).toBeUndefined();
});
