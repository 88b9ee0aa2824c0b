import type { Page } from "@playwright/test";
import { Editor } from "../support/editor";
import { expect, test } from "../support/test";

/** What the line below the text says, which is the way to change it. */
function languageButton(page: Page) {
  return page.getByRole("button", { name: /^Language: / });
}

/** Chooses by the keyboard, as the picker is open. */
async function pick(page: Page, letters: string): Promise<void> {
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type(letters);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
}

test.describe("the language of a document", () => {
  test("is chosen by one for all, also offline, and is not undone with the text", async ({ person }) => {
    const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
    const adas = await Editor.create(ada.page);
    await adas.type("let answer = 42;");
    const graces = await Editor.join(grace.page, adas);
    await expect(languageButton(grace.page)).toHaveText("Markdown");

    await languageButton(ada.page).click();
    await pick(ada.page, "javascr");

    await expect(languageButton(grace.page)).toHaveText("JavaScript");
    await expect(adas.text).toBeFocused();
    for (const { text } of [adas, graces]) {
      await expect(text).toHaveAttribute("spellcheck", "false");
      // Coloured by its grammar.
      await expect(text.locator(".cm-line span").first()).toHaveText("let");
    }

    ada.network.cut();
    await languageButton(ada.page).click();
    await pick(ada.page, "plain text");
    await expect(languageButton(ada.page)).toHaveText("Plain Text");
    await expect(languageButton(grace.page)).toHaveText("JavaScript");
    await ada.page.keyboard.press("ControlOrMeta+z");
    await expect(adas.text).toHaveText("Write here");
    await expect(languageButton(ada.page)).toHaveText("Plain Text");

    ada.network.restore();
    await expect(languageButton(grace.page)).toHaveText("Plain Text");
    await expect(graces.text).toHaveAttribute("spellcheck", "true");
  });

  test("follows from the title and the text until somebody chooses", async ({ person }) => {
    const { page } = await person("Ada");
    const editor = await Editor.create(page);
    await editor.type("#!/usr/bin/env python3");
    await expect(languageButton(page)).toHaveText("Python");

    await editor.title.fill("build.rs");
    await editor.title.press("Enter");
    await expect(languageButton(page)).toHaveText("Rust");

    await languageButton(page).click();
    await pick(page, "typescript");
    await editor.title.fill("main.go");
    await editor.title.press("Enter");
    await expect(languageButton(page)).toHaveText("TypeScript");

    await languageButton(page).click();
    await pick(page, "as title");
    await expect(languageButton(page)).toHaveText("Go");
  });

  test("is the one that it was created with, also without the server", async ({ person }) => {
    const { page, network, context } = await person("Ada");
    const response = await context.request.post("/api/v1/documents", {
      data: { title: "No hint", language: "ruby", text: "puts 1" },
    });
    const { id } = await response.json();
    await page.goto(`/d/${id}`);
    await new Editor(page).expectStatus("Saved");
    await expect(languageButton(page)).toHaveText("Ruby");

    await page.evaluate(() => navigator.serviceWorker.ready);
    network.cut();
    await page.reload();
    await expect(languageButton(page)).toHaveText("Ruby");
  });

  test("decides how wide its indentation is", async ({ person }) => {
    const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
    const adas = await Editor.create(ada.page);
    await adas.title.fill("notes.py");
    await adas.title.press("Enter");
    const graces = await Editor.join(grace.page, adas);

    await ada.page.getByRole("button", { name: "Indentation: Spaces: 2" }).click();
    await pick(ada.page, "tabs: 8");

    await expect(grace.page.getByRole("button", { name: "Indentation: Tabs: 8" })).toBeVisible();
    await graces.text.focus();
    await grace.page.keyboard.type("if x:\ny");
    await expect.poll(() => graces.content()).toBe("if x:\n\ty");
  });
});
