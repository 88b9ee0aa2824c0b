import type { Locator, Page } from "@playwright/test";
import { createDocument } from "../support/documents";
import { Editor } from "../support/editor";
import { expect, testOnSharedServer as test, test as testAlone } from "../support/test";

/** By how much the page, or a part of it that scrolls up and down, is wider than what one sees of it. */
function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(
    // A phone's own measure grows with what it shows.
    (width) => {
      const parts = [...document.querySelectorAll(".cm-scroller, .md-scroller, nav, dialog, [role=dialog]")];
      const { documentElement, body } = document;
      return Math.max(
        documentElement.scrollWidth - width,
        body.scrollWidth - width,
        ...parts.map((part) => part.scrollWidth - part.clientWidth),
      );
    },
    page.viewportSize()?.width ?? 0,
  );
}

/** WCAG 2.2, 2.5.8: what can be touched measures 24 px each way, unless it is a link within words. */
async function smallTargets(page: Page): Promise<readonly string[]> {
  return page
    .locator(
      "a, button, input, select, textarea, [role=button], [role=menuitem], [role=radio], [role=option]",
    )
    .evaluateAll((all) =>
      all
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ element, box }) => box.width > 1 && box.height > 1 && element.checkVisibility())
        .filter(({ box }) => box.width < 24 || box.height < 24)
        .map(({ element, box }) => `${element.outerHTML.slice(0, 120)} ${box.width} × ${box.height}`),
    );
}

function radio(page: Page, name: string): Locator {
  return page.getByRole("radio", { name, exact: true });
}

testAlone(
  "a phone writes, formats, previews, finds and follows its menu by touch alone",
  async ({ person }) => {
    const { page } = await person("Ada", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    });
    const inOrder = async () => {
      expect(await sidewaysOverflow(page)).toBe(0);
      expect(await smallTargets(page)).toEqual([]);
    };
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "A blank page is waiting" })).toBeVisible();
    await inOrder();
    await page.getByRole("button", { name: "New document" }).first().tap();
    const editor = new Editor(page);
    await editor.expectStatus("Saved");
    await editor.title.tap();
    await page.keyboard.type("Notes on the way");
    await editor.text.tap();
    await expect(editor.text).toBeFocused();
    await page.keyboard.type("A kettle of tea ");

    const toolbar = page.getByRole("toolbar", { name: "Formatting" });
    await toolbar.getByRole("button", { name: "Bold" }).tap();
    await expect(editor.text).toBeFocused();
    await page.keyboard.type("now");
    await expect(editor.text).toHaveText("A kettle of tea **now**");
    // The last of the tools is out of sight, and can be drawn into it.
    const last = toolbar.getByRole("button", { name: "Code block" });
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport({ ratio: 1 });
    await inOrder();

    await radio(page, "Preview").tap();
    await expect(page.getByRole("region", { name: "Preview" }).locator("strong")).toHaveText("now");
    await inOrder();
    await radio(page, "Text").tap();
    await page.getByRole("button", { name: "Outline" }).tap();
    await expect(page.getByRole("navigation", { name: "Outline" })).toBeVisible();
    await inOrder();
    await page.getByRole("button", { name: "Outline" }).tap();

    await page.getByRole("button", { name: "More" }).tap();
    await expect(page.getByRole("menu")).toBeVisible();
    await inOrder();
    await page.getByRole("menuitem", { name: /^Find and replace/ }).tap();
    await page.getByRole("textbox", { name: "Find" }).tap();
    await page.keyboard.type("tea");
    await expect(page.locator(".cm-search-count")).toHaveText("1 found");
    await inOrder();
    await page.getByRole("button", { name: "Next" }).tap();
    await expect(page.locator(".cm-search-count")).toHaveText("1 of 1");
    await page.locator(".cm-search").getByRole("button", { name: "Close" }).tap();

    await page.getByRole("button", { name: "1 person here" }).tap();
    await expect(page.getByRole("textbox", { name: "Your name" })).toBeVisible();
    await inOrder();
    await page.keyboard.press("Escape");
    await editor.expectStatus("Saved");
    await page.getByRole("link", { name: "Back to documents" }).tap();
    await expect(page.getByRole("link", { name: "Notes on the way" })).toBeVisible();
    await inOrder();
  },
);

testAlone(
  "nothing scrolls sideways from 390 to 2560 pixels, with preview and panels open",
  async ({ person }) => {
    const { page } = await person("Ada");
    const id = await createDocument(page, {
      title: "A long title that says much about what is in the text below it, and then some more",
      text: `# Heading ${"word ".repeat(60)}\n\n${"Unbrokenwords".repeat(40)}\n\n| a | b |\n|---|---|\n| ${"x".repeat(300)} | 2 |\n\n\`\`\`js\n${"code ".repeat(80)}\n\`\`\`\n\n${"prose ".repeat(200)}\n`,
    });
    for (const width of [390, 768, 1440, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto("/");
      await expect(page.getByRole("listitem")).toHaveCount(1);
      expect.soft(await sidewaysOverflow(page), `documents at ${width}`).toBe(0);
      await page.goto(`/d/${id}`);
      const editor = new Editor(page);
      await editor.expectStatus("Saved");
      await radio(page, width < 832 ? "Preview" : "Text and preview").click();
      await expect(page.getByRole("region", { name: "Preview" }).getByRole("table")).toBeVisible();
      await page.getByRole("button", { name: "Outline" }).click();
      await expect(page.getByRole("navigation", { name: "Outline" })).toBeVisible();
      expect.soft(await sidewaysOverflow(page), `preview and outline at ${width}`).toBe(0);
      await page.getByRole("button", { name: "Outline" }).click();
      await radio(page, "Text").click();
      await page.keyboard.press("ControlOrMeta+f");
      await expect(page.getByRole("textbox", { name: "Find" })).toBeFocused();
      expect.soft(await sidewaysOverflow(page), `text and search at ${width}`).toBe(0);
      await page.keyboard.press("Escape");
      await page.keyboard.press("ControlOrMeta+,");
      await expect(page.getByRole("dialog")).toBeVisible();
      expect.soft(await sidewaysOverflow(page), `settings at ${width}`).toBe(0);
    }
  },
);

/** As many pages as the browser would print. */
async function printedPages(page: Page): Promise<number> {
  const pdf = (await page.pdf()).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test("printing prints the whole text, or its preview, and nothing of the page around it", async ({
  person,
}) => {
  const { page } = await person("Ada");
  const text = `# Heading\n\n${Array.from({ length: 400 }, (_, index) => `- item ${index}`).join("\n")}\n`;
  const id = await createDocument(page, { text });
  await page.goto(`/d/${id}`);
  const editor = new Editor(page);
  await editor.expectStatus("Saved");
  await page.evaluate(() => {
    // As a browser does, but for the paper.
    window.print = () => window.dispatchEvent(new Event("beforeprint"));
  });
  const printed = () => window.dispatchEvent(new Event("afterprint"));
  const paper = page.locator(".print-sheet");

  await editor.text.focus();
  await page.keyboard.press("ControlOrMeta+p");
  await page.emulateMedia({ media: "print" });
  await expect(paper).toBeVisible();
  expect(await paper.textContent()).toBe(text);
  await expect(page.locator("#root")).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await expect(paper).toBeHidden();
  await page.evaluate(printed);
  await expect(paper).toHaveCount(0);

  await radio(page, "Preview").click();
  await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+p");
  await page.emulateMedia({ media: "print" });
  await expect(paper.getByRole("listitem")).toHaveCount(400);
  await expect(paper.getByRole("heading", { name: "Heading" })).toBeVisible();
  await expect(page.locator("#root")).toBeHidden();
  await page.evaluate(printed);
  await page.emulateMedia({ media: null });

  // The browser's own way to the printer.
  expect(await printedPages(page)).toBeGreaterThan(4);
  await expect(paper).toHaveCount(0);
});
