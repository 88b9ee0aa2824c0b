import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { xssCorpus } from "../../apps/web/test/xss-corpus";
import { createDocument } from "../support/documents";
import { Editor } from "../support/editor";
import { expect, testOnSharedServer as test, test as testAlone } from "../support/test";
import { expectNoViolations } from "../support/violations";

/** The preview, found as a reader finds it. */
function preview(page: Page): Locator {
  return page.getByRole("region", { name: "Preview" });
}

/** Makes a document that holds `text`, and shows it with its preview. */
async function createWith(page: Page, text: string, view = "Text and preview"): Promise<Editor> {
  const id = await createDocument(page, { text });
  await page.goto(`/d/${id}`);
  const editor = new Editor(page);
  await editor.expectStatus("Saved");
  await page.getByRole("radio", { name: view, exact: true }).click();
  return editor;
}

test("the preview shows GitHub-flavoured Markdown and follows what others type", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await createWith(
    ada.page,
    "# Plan\n\n| a | b |\n|---|---|\n| 1 | ~~2~~ |\n\nNote[^1].\n\n[^1]: By Ada.\n",
  );
  const shown = preview(ada.page);
  await expect(shown.getByRole("heading", { name: "Plan" })).toBeVisible();
  await expect(shown.getByRole("cell", { name: "2" })).toBeVisible();
  await expect(shown.getByRole("link", { name: "[1]" })).toBeVisible();

  const graces = await Editor.join(grace.page, adas);
  await graces.type("\n**Bold words**");
  await expect(shown.locator("strong")).toHaveText("Bold words");
});

test("a task ticked in the preview is an edit: others see it, and it can be undone", async ({
  server,
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await createWith(ada.page, "- [ ] first\n- [ ] second\n", "Preview");
  const second = preview(ada.page).getByRole("checkbox", { name: "second" });
  await second.check();
  await adas.expectStatus("Saved");
  expect(await server.process.text(adas.documentId)).toBe("- [ ] first\n- [x] second\n");

  const graces = await Editor.join(grace.page, adas);
  await expect(graces.text).toContainText("- [x] second");
  await expect(second).toBeFocused();
  await ada.page.keyboard.press("ControlOrMeta+z");
  await expect(graces.text).toContainText("- [ ] second");
  await expect(second).not.toBeChecked();
});

test("a tick finds its task while another person types above it", async ({ server, person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await createWith(ada.page, "Intro\n\n- [ ] first\n- [ ] second\n");
  const graces = await Editor.join(grace.page, adas);
  await graces.text.focus();
  await grace.page.keyboard.press("ControlOrMeta+Home");
  const words = "- [ ] hers\n";
  const typing = grace.page.keyboard.type(words.repeat(4), { delay: 15 });
  await preview(ada.page).getByRole("checkbox", { name: "second" }).check();
  await typing;
  for (const editor of [adas, graces]) await editor.expectStatus("Saved");
  await expect.poll(() => server.process.text(adas.documentId)).toMatch(/- \[ \] first\n- \[x\] second\n$/);
});

test("code, formulas and diagrams are set once they are in sight, and load nothing before", async ({
  person,
}) => {
  const { page } = await person("Ada");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const far = "far\n\n".repeat(300);
  const source = `\`\`\`js\nconst a = 1;\n\`\`\`\n\n${far}$$\n\\frac{a}{b}\n$$\n\n\`\`\`mermaid\ngraph LR\nA[Start] --> B[End]\n\`\`\`\n`;
  await createWith(page, source);
  const shown = preview(page);
  await expect(shown.locator(".tok-keyword")).toHaveText("const");
  expect(asked.filter((url) => /katex|diagrams/.test(url))).toEqual([]);

  await shown.focus();
  // Blocks are made as they come near: the end is further down then than it was.
  await page.keyboard.press("End");
  await expect(shown.locator(".katex-mathml")).toHaveCount(1);
  const diagram = shown.getByRole("img", { name: "Diagram" });
  await expect(diagram).toBeVisible();
  const inLight = (await diagram.getAttribute("src")) ?? "";
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(diagram).not.toHaveAttribute("src", inLight);
});

test("text and preview scroll in step, both ways", async ({ person }) => {
  const { page } = await person("Ada");
  const sections = Array.from(
    { length: 150 },
    (_, index) => `## Part ${index}\n\n${"Some words to read. ".repeat(12)}\n`,
  );
  await createWith(page, sections.join("\n"));
  const shown = preview(page);
  await expect(shown.getByRole("heading", { name: "Part 0", exact: true })).toBeVisible();

  await page.locator(".cm-content").hover();
  await page.mouse.wheel(0, 6000);
  const part = await topHeading(shown);
  expect(part).toBeGreaterThan(3);
  await expect
    .poll(async () => Math.abs((await topHeading(shown)) - (await topLine(page))))
    .toBeLessThanOrEqual(1);

  await shown.hover();
  await page.mouse.wheel(0, 9000);
  await expect.poll(() => topLine(page)).toBeGreaterThan(part + 3);
  await expect
    .poll(async () => Math.abs((await topHeading(shown)) - (await topLine(page))))
    .toBeLessThanOrEqual(1);
});

/** The number of the first heading that the preview shows. */
async function topHeading(shown: Locator): Promise<number> {
  return shown.evaluate((scroller) => {
    const top = scroller.getBoundingClientRect().top;
    const first = [...scroller.querySelectorAll("h2")].find(
      (heading) => heading.getBoundingClientRect().top >= top - 1,
    );
    return Number(first?.textContent?.replace("Part ", "") ?? -100);
  });
}

/** The number of the first heading that the text shows. */
async function topLine(page: Page): Promise<number> {
  return page.locator(".cm-scroller").evaluate((scroller) => {
    const top = scroller.getBoundingClientRect().top;
    const lines = [...scroller.querySelectorAll(".cm-line")];
    const first = lines.find(
      (line) => line.getBoundingClientRect().top >= top - 1 && line.textContent?.startsWith("## Part"),
    );
    return Number(first?.textContent?.replace("## Part ", "") ?? 100);
  });
}

test("the shortcut goes through the views, and the choice outlives a reload", async ({ person }) => {
  const { page } = await person("Ada");
  const editor = await Editor.create(page);
  await editor.type("# Words");
  await page.keyboard.press("ControlOrMeta+Shift+e");
  await expect(preview(page)).toBeVisible();
  await expect(editor.text).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Shift+e");
  await expect(editor.text).toBeHidden();
  await expect(preview(page)).toBeFocused();
  await page.reload();
  await expect(preview(page).getByRole("heading", { name: "Words" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Shift+e");
  await expect(preview(page)).toBeHidden();
  await expect(editor.text).toBeFocused();
});

test("a phone shows the text or the preview, never both", async ({ person }) => {
  const { page } = await person("Ada");
  await page.setViewportSize({ width: 390, height: 800 });
  const editor = await Editor.create(page);
  await expect(page.getByRole("radio", { name: "Text and preview" })).toHaveCount(0);
  await page.getByRole("radio", { name: "Preview" }).click();
  await expect(preview(page)).toBeVisible();
  await expect(editor.text).toBeHidden();
});

test("toolbar and keys format the text, and lists go on by themselves", async ({ server, person }) => {
  const { page } = await person("Ada");
  const editor = await Editor.create(page);
  const toolbar = page.getByRole("toolbar", { name: "Formatting" });
  await expect(toolbar).toBeVisible();
  await editor.type("word");
  await page.keyboard.press("ControlOrMeta+b");
  await expect(editor.text).toHaveText("**word**");
  await toolbar.getByRole("button", { name: "Bold" }).click();
  await expect(editor.text).toHaveText("word");
  await expect(editor.text).toBeFocused();
  await toolbar.getByRole("button", { name: "Task list" }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("more");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.type("last");
  await page.keyboard.press("Shift+Tab");
  await editor.expectStatus("Saved");
  expect(await server.process.text(editor.documentId)).toBe("- [ ] word\n  - [ ] more\n- [ ] last");

  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(editor.text).not.toBeFocused();
});

test("a table is filled with Tab and aligned, also for the other person", async ({ server, person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  const graces = await Editor.join(grace.page, adas);
  await adas.text.focus();
  await ada.page.getByRole("button", { name: "Table" }).click();
  for (const cell of ["Name", "Words written", "Ada", "12", "Grace", "7"]) {
    await ada.page.keyboard.type(cell);
    await ada.page.keyboard.press("Tab");
  }
  await adas.expectStatus("Saved");
  expect(await server.process.text(adas.documentId)).toBe(
    "| Name  | Words written |\n| ----- | ------------- |\n| Ada   | 12            |\n| Grace | 7             |\n|       |               |",
  );
  await expect(graces.text).toContainText("| Grace | 7             |");
});

test("HTML is pasted as Markdown, plain on request, and an address over words makes a link", async ({
  person,
}) => {
  const { page, context } = await person("Ada");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const editor = await Editor.create(page);
  await expect(page.getByRole("toolbar")).toBeVisible();
  await editor.text.focus();
  await copy(
    page,
    "<h2>Title</h2><p>a <b>bold</b> word<script>window.__ran = 1</script></p>",
    "Title a bold word",
  );
  await page.keyboard.press("ControlOrMeta+v");
  await expect(editor.text.locator(".cm-line")).toHaveText(["## Title", "", "a **bold** word"]);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+Shift+v");
  await expect(editor.text).toHaveText("Title a bold word");
  await page.keyboard.press("ControlOrMeta+a");
  await copy(page, undefined, "https://example.org");
  await page.keyboard.press("ControlOrMeta+v");
  await expect(editor.text).toHaveText("[Title a bold word](https://example.org)");
});

/** Puts `html`, if any, and its plain words on the clipboard. */
async function copy(page: Page, html: string | undefined, text: string): Promise<void> {
  await page.evaluate(
    ([html, text]) => {
      const blob = (type: string, content: string) => ({ [type]: new Blob([content], { type }) });
      const item = { ...blob("text/plain", text ?? ""), ...(html !== undefined && blob("text/html", html)) };
      return navigator.clipboard.write([new ClipboardItem(item)]);
    },
    [html, text],
  );
}

test("the outline leads to headings by keyboard, in the text and in the preview", async ({ person }) => {
  const { page } = await person("Ada");
  const parts = Array.from({ length: 60 }, (_, index) => `## Part ${index}\n\n${"words ".repeat(80)}\n`);
  const editor = await createWith(page, `# Book\n\n${parts.join("\n")}`, "Text");
  await page.getByRole("button", { name: "Outline" }).click();
  const outline = page.getByRole("navigation", { name: "Outline" });
  await expect(outline.getByRole("button")).toHaveCount(61);
  await outline.getByRole("button", { name: "Book" }).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(editor.text).toBeFocused();
  await expect(editor.text.getByText("## Part 58")).toBeInViewport();

  // At once, before there is a preview, and then when there is one.
  await outline.getByRole("button", { name: "Part 40" }).evaluate(async (button: HTMLElement) => {
    document.querySelector<HTMLElement>("input[type=radio][aria-label=Preview]")?.click();
    await new Promise(requestAnimationFrame);
    button.click();
  });
  await expect(preview(page).getByRole("heading", { name: "Part 40" })).toBeInViewport();
  await outline.getByRole("button", { name: "Part 7", exact: true }).click();
  await expect(preview(page).getByRole("heading", { name: "Part 7", exact: true })).toBeInViewport();
  await outline.getByRole("button", { name: "Part 7", exact: true }).press("Escape");
  await expect(outline).toBeHidden();
});

test("a preview that cannot be loaded leaves the text as it is, and comes with a new page", async ({
  person,
}) => {
  const { page } = await person("Ada");
  await page.route(/\/assets\/PreviewPane/, (route) => route.abort());
  const editor = await createWith(page, "# A kettle\n");
  const reload = page.getByRole("button", { name: "Load again" });
  await expect(reload).toBeVisible();
  await editor.type("Words.");
  await editor.expectStatus("Saved");
  await page.unroute(/\/assets\/PreviewPane/);
  await reload.click();
  await expect(preview(page).getByText("Words.")).toBeVisible();
});

test("a text leaves as Markdown, HTML, plain text and on paper", async ({ person }) => {
  const { page } = await person("Ada");
  await createWith(page, readFileSync("fixtures/sampler.md", "utf8"), "Text");
  const saved = async (format: string) => {
    await page.getByRole("button", { name: "More" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: format }).click(),
    ]);
    return { name: download.suggestedFilename(), content: readFileSync(await download.path(), "utf8") };
  };
  const markdown = await saved("Markdown");
  expect(markdown).toEqual({ name: "Untitled.md", content: readFileSync("fixtures/sampler.md", "utf8") });

  const html = await saved("HTML");
  expect(html.name).toBe("Untitled.html");
  for (const part of ["<math", "data:image/svg+xml", 'class="tok-keyword"', "<h1"])
    expect(html.content).toContain(part);
  expect(html.content).not.toMatch(/<(script|link|iframe)|src="(?!data:)/);

  const text = await saved("Plain text");
  expect(text.name).toBe("Untitled.txt");
  expect(text.content).toContain("The quiet room\n\nA place for writing together, with noise code");
  expect(text.content).toContain("- [x] Open the window\n- [ ] Put the kettle on\n  - [ ] with water\n");

  const printed = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        window.print = () => resolve(document.querySelector(".md-print")?.textContent ?? "");
      }),
  );
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "PDF" }).click();
  expect(await printed).toContain("The quiet room");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { name: "The quiet room" })).toBeVisible();
  await expect(page.locator("#root")).toBeHidden();
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(page.locator("#root")).toBeVisible();
});

test("an export that fails says what is missing, and hands over the text when it is asked for", async ({
  person,
}) => {
  const { page } = await person("Ada");
  await page.route(/assets\/diagrams\//, (route) => route.abort());
  const source = "# Plan\n\n```mermaid\ngraph LR\nA --> B\n```\n";
  await createWith(page, source, "Text");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "HTML" }).click();
  const notice = page.getByRole("region", { name: "Export" });
  await expect(notice).toContainText("This document was not exported as HTML.");
  await expectNoViolations(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    notice.getByRole("button", { name: "Download the text as .txt" }).click(),
  ]);
  expect(readFileSync(await download.path(), "utf8")).toBe(source);
  await expect(notice).toBeHidden();
});

test("no payload of the corpus runs in exported HTML", async ({ person }) => {
  test.setTimeout(120_000);
  const { page, context } = await person("Ada");
  const alarms = await watch(page);
  // What a payload leaves open swallows those after it: each is first, or last, in some file.
  const files = [xssCorpus, [...xssCorpus].reverse()];
  files.push(...slices(xssCorpus, 64));
  for (const payloads of files) {
    // Words in front, or the text would be taken for another language.
    await createWith(page, `Words\n\n${payloads.join("\n\n")}`, "Text");
    await page.getByRole("button", { name: "More" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "HTML" }).click(),
    ]);
    const file = readFileSync(await download.path(), "utf8");
    const reader = await context.newPage();
    // Without its own policy, which would hide what the sanitiser lets through.
    const bare = file.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
    expect(bare.length).toBeLessThan(file.length);
    const readersAlarms = await watch(reader);
    await reader.setContent(bare);
    await poke(reader.locator("main"));
    expect([...(await readersAlarms()), ...(await alarms())]).toEqual([]);
    await reader.close();
  }
});

test("an image elsewhere is loaded when the reader asks for it, and not before", async ({ person }) => {
  const { page } = await person("Ada");
  const asked: string[] = [];
  await page.route("https://images.invalid/**", async (route) => {
    asked.push(route.request().headers().referer ?? "");
    await route.fulfill({ contentType: "image/png", body: readFileSync("../apps/web/public/icon-192.png") });
  });
  await createWith(page, "![A picture](https://images.invalid/a.png)\n");
  const load = preview(page).getByRole("button", { name: "Load image from images.invalid" });
  await expect(load).toBeVisible();
  expect(asked).toEqual([]);
  await load.click();
  const frame = preview(page).getByTitle("A picture");
  await expect(frame).toHaveAttribute("data-state", "loaded");
  expect(asked).toEqual([""]);
});

test("no payload of the corpus runs in the preview", async ({ person }) => {
  test.setTimeout(240_000);
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  await dropPolicy(ada.page);
  const alarms = await watch(ada.page);
  const adas = await createWith(ada.page, "");
  const graces = await Editor.join(grace.page, adas);
  const shown = preview(ada.page);
  // A few at a time: what one payload leaves open could shield the next. One by one, the sanitiser's own test has them.
  for (const [index, payloads] of slices(xssCorpus, 4).entries()) {
    await graces.text.fill(`Mark ${index}\n\n${payloads.join("\n\n")}\n`);
    await expect(shown.getByText(`Mark ${index}`, { exact: true })).toBeVisible();
    // What comes later than the text: drawn, or shown as written with the reason why.
    const diagrams = payloads.filter((payload) => payload.startsWith("```mermaid")).length;
    await expect(shown.locator(".md-diagram-drawn, .md-diagram[title]")).toHaveCount(diagrams);
    if (payloads.some((payload) => payload.startsWith("$")))
      await expect(shown.locator(".katex, .katex-error").first()).toBeAttached();
    await poke(shown);
    expect(await alarms(), payloads.join("\n")).toEqual([]);
  }
});

testAlone("no payload of the corpus runs in a title or in a name", async ({ person }) => {
  test.setTimeout(120_000);
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const alarms = await watch(ada.page);
  const adas = await Editor.create(ada.page);
  await Editor.join(grace.page, adas);
  const people = ada.page.getByRole("button", { name: "2 people here" });
  await expect(people).toBeVisible();
  await people.click();
  await grace.page.getByRole("button", { name: "2 people here" }).click();
  const name = grace.page.getByRole("textbox", { name: "Your name" });
  const lines = xssCorpus.map((payload) => payload.replace(/[\p{Cc}]/gu, " ").slice(0, 180));
  for (const line of lines) {
    await ada.page.request.patch(`/api/v1/documents/${adas.documentId}`, { data: { title: line } });
    expect(await alarms(), line).toEqual([]);
  }
  // A name has room for 40 characters.
  for (const line of lines.filter(({ length }) => length <= 40)) {
    await name.fill(line);
    await name.press("Enter");
    await expect(ada.page.getByText(line, { exact: true }).first()).toBeAttached();
    expect(await alarms(), line).toEqual([]);
  }
  await ada.page.goto("/");
  await expect(ada.page.getByText("defaultView")).toBeVisible();
  expect(await alarms()).toEqual([]);
});

function slices<Item>(items: readonly Item[], length: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  );
}

/** Has the browser ignore the page's security policy, which would hide what the sanitiser lets through. */
async function dropPolicy(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setBypassCSP", { enabled: true });
}

/** Collects what must not happen on `page`: what a payload sets, dialogs, requests to other hosts, other pages. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  const alarms: string[] = [];
  page.on("dialog", async (dialog) => {
    alarms.push(`dialog ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") alarms.push(`request ${request.url()}`);
  });
  page.on("framenavigated", (frame) => {
    const { hostname, pathname } = new URL(frame.url());
    const isOurs = hostname === "127.0.0.1" && (pathname === "/" || pathname.startsWith("/d/"));
    if (frame === page.mainFrame() && !isOurs && frame.url() !== "about:blank")
      alarms.push(`went to ${frame.url()}`);
  });
  return async () => {
    const ran = await page.evaluate(() => (window as { __ran?: number }).__ran !== undefined);
    return ran ? [...alarms, "script ran"] : alarms;
  };
}

/** Does what readers do by accident: points at, focuses and clicks everything but links that lead elsewhere. */
async function poke(shown: Locator): Promise<void> {
  await shown.evaluate((region) => {
    for (const element of region.querySelectorAll<HTMLElement>("*")) {
      for (const type of ["mouseover", "mousemove", "pointerdown", "focusin"])
        element.dispatchEvent(new Event(type, { bubbles: true }));
      element.focus?.();
      const href = element.closest("a")?.getAttribute("href") ?? "";
      if (!/^(https?:|\/|[^:]*$)/.test(href) || href.startsWith("#")) element.click?.();
    }
  });
}

test("text and preview meet WCAG 2.2 AA, in light and dark", async ({ person }) => {
  const { page } = await person("Ada");
  await createWith(page, readFileSync("fixtures/sampler.md", "utf8"), "Preview");
  await expect(preview(page).locator(".tok-keyword").first()).toBeVisible();
  await expectNoViolations(page);
  await createWith(page, "# Words\n\n- [ ] to write\n");
  await expect(preview(page).getByRole("checkbox", { name: "to write" })).toBeVisible();
  await expectNoViolations(page);
});
