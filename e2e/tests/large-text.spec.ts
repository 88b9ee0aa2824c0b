import type { Page } from "@playwright/test";
import { createDocument } from "../support/documents";
import { Editor } from "../support/editor";
import { Figures } from "../support/figures";
import { expect, testOnSharedServer as test } from "../support/test";

/** A document with `text`, on the server. */
async function make(page: Page, text: string): Promise<string> {
  const id = await createDocument(page, { text });
  return `/d/${id}`;
}

async function wrap(page: Page, choice: "Always" | "Never"): Promise<void> {
  await page.keyboard.press("ControlOrMeta+,");
  await page.getByLabel("Wrap long lines").selectOption(choice);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
}

for (const [what, unit] of [
  ["words", "word "],
  ["one word", "x"],
] as const) {
  test(`a line of 100,000 characters that is ${what} is written in, wrapped and not, by two`, async ({
    server,
    person,
  }, info) => {
    const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
    const { page } = ada;
    const figures = await Figures.of(page, info);
    const line = unit.repeat(100_000 / unit.length);
    const adas = new Editor(page);
    const path = await make(page, line);
    await figures.time("opening", async () => {
      await page.goto(path);
      await adas.expectStatus("Saved");
    });
    const graces = await Editor.join(grace.page, adas);

    await figures.time("typing at the end", async () => {
      await adas.type("tail");
      await expect(adas.text).toContainText("tail");
    });
    // The middle of the page is the middle of the line by now.
    const middle = { position: { x: 300, y: 300 } };
    await page.getByRole("textbox", { name: "Document text" }).hover();
    await page.mouse.wheel(0, -6000);
    await page.locator(".cm-scroller").click(middle);
    await figures.time("typing in the middle", async () => {
      await page.keyboard.type("MIDDLE");
      await expect(adas.text).toContainText("MIDDLE");
    });
    await graces.type(" and Grace's");

    await wrap(page, "Never");
    await figures.time("going to the end of what is not wrapped", async () => {
      await adas.text.focus();
      await page.keyboard.press("ControlOrMeta+End");
      await expect(adas.text).toContainText("tail and Grace's");
    });
    await figures.time("typing there", async () => {
      await page.keyboard.type("!");
      await expect(adas.text).toContainText("tail and Grace's!");
    });
    await figures.time("typing at its beginning", async () => {
      await page.keyboard.press("Home");
      await page.keyboard.type("start ");
      await expect(adas.text).toContainText(`start ${unit}`);
    });
    await expect(graces.text).toContainText("tail and Grace's!");
    for (const editor of [adas, graces]) await editor.expectStatus("Saved");
    const text = await server.process.text(adas.documentId);
    expect(text.length).toBe(100_000 + "start MIDDLEtail and Grace's!".length);
    expect(text).toMatch(/^start (?:word |x).*MIDDLE.*tail and Grace's!$/);
    const at = text.indexOf("MIDDLE");
    expect(at).toBeGreaterThan(1000);
    expect(at).toBeLessThan(99_900);
  });
}

/** A book of 5 MB. */
function book(): string {
  const words = "It was a quiet *morning*, and the kettle sang. ".repeat(60);
  const chapters: string[] = [];
  for (let length = 0; length < 5_000_000; length += chapters.at(-1)?.length ?? 0)
    chapters.push(`## Chapter ${chapters.length + 1}\n\n${words}\n\n- a point\n- another, with \`code\`\n\n`);
  return `${chapters.join("")}The very end`;
}

test("a document of 5 MB is opened, searched, previewed and written in by two", async ({
  server,
  person,
}, info) => {
  test.slow();
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const { page } = ada;
  const [figures, gracesFigures] = await Promise.all([ada, grace].map((each) => Figures.of(each.page, info)));
  const adas = new Editor(page);
  const graces = new Editor(grace.page);
  const text = book();
  const found = text.split("## Chapter 17").length - 1;
  const path = await make(page, text);
  await figures?.time("opening", async () => {
    await page.goto(path);
    await expect(adas.text).toContainText("Chapter 1");
    await adas.expectStatus("Saved");
  });
  await figures?.time("going to the end", async () => {
    await adas.text.focus();
    await page.keyboard.press("ControlOrMeta+End");
    await expect(adas.text).toContainText("The very end");
  });
  await figures?.time("typing there", async () => {
    await page.keyboard.type(", by Ada.");
    await expect(adas.text).toContainText("The very end, by Ada.");
  });
  await gracesFigures?.time("joining", async () => {
    await grace.page.goto(path);
    await expect(graces.text).toContainText("Chapter 1");
    await graces.expectStatus("Saved");
  });
  await graces.text.focus();
  await grace.page.keyboard.press("ControlOrMeta+Home");
  await grace.page.keyboard.type("Foreword by Grace\n\n");

  await figures?.time("counting what is found", async () => {
    await page.keyboard.press("ControlOrMeta+f");
    await page.keyboard.type("## Chapter 17");
    await expect(page.locator(".cm-search-count")).toHaveText(`${found} found`);
  });
  await figures?.time("finding the last", async () => {
    await page.keyboard.press("Shift+Enter");
    await expect(page.locator(".cm-search-count")).toHaveText(`${found} of ${found}`);
  });
  await page.keyboard.press("Escape");
  await figures?.time("showing the preview", async () => {
    await page.getByRole("radio", { name: "Text and preview" }).click();
    await adas.text.focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await expect(page.getByRole("region", { name: "Preview" }).getByText("Foreword by Grace")).toBeVisible();
  });
  await figures?.time("showing the outline", async () => {
    await page.getByRole("button", { name: "Outline" }).click();
    const outline = page.getByRole("navigation", { name: "Outline" });
    // Not all: a list of all would keep the page busy.
    await expect(outline.getByRole("button")).toHaveCount(500);
    await outline.getByRole("searchbox", { name: "Find a heading" }).fill("Chapter 1700");
    await outline.getByRole("button", { name: "Chapter 1700" }).click();
    await expect(adas.text).toContainText("Chapter 1700");
  });
  for (const editor of [adas, graces]) await editor.expectStatus("Saved");
  expect(await server.process.text(adas.documentId)).toBe(`Foreword by Grace\n\n${text}, by Ada.`);
});
