import type { Page } from "@playwright/test";
import { createDocument } from "../support/documents";
import { Editor } from "../support/editor";
import { installed } from "../support/installed";
import { expect, installing, testOnSharedServer as test, test as testAlone } from "../support/test";
import { expectNoViolations } from "../support/violations";

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
    // What was typed with pauses is undone in as many steps.
    await expect(async () => {
      await ada.page.keyboard.press("ControlOrMeta+z");
      await expect(adas.text).toHaveText("Write here", { timeout: 200 });
    }).toPass();
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
    const { page, network } = await person("Ada", installing);
    const id = await createDocument(page, { title: "No hint", language: "ruby", text: "puts 1" });
    await page.goto(`/d/${id}`);
    await new Editor(page).expectStatus("Saved");
    await expect(languageButton(page)).toHaveText("Ruby");

    await installed(page);
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

/** A document in `language` with `text`, open and in focus. */
async function openSource(page: Page, language: string, text: string): Promise<Editor> {
  const id = await createDocument(page, { language, text });
  await page.goto(`/d/${id}`);
  const editor = new Editor(page);
  await editor.expectStatus("Saved");
  await editor.text.focus();
  await page.keyboard.press("ControlOrMeta+Home");
  return editor;
}

test.describe("the text", () => {
  test("is edited by the keys that programmers know", async ({ person }) => {
    const { page } = await person("Ada");
    const editor = await openSource(page, "javascript", "one();\ntwo();\none();\n");
    const content = () => editor.content();
    await expect(page.locator(".cm-lineNumbers .cm-gutterElement", { hasText: "3" })).toBeVisible();

    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(content).toBe("two();\none();\none();\n");
    await page.keyboard.press("Shift+Alt+ArrowDown");
    await expect.poll(content).toBe("two();\none();\none();\none();\n");
    await page.keyboard.press("ControlOrMeta+Shift+k");
    await page.keyboard.press("ControlOrMeta+/");
    await expect.poll(content).toBe("two();\none();\n// one();\n");
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("ControlOrMeta+Alt+ArrowDown");
    await page.keyboard.type("x.");
    await expect.poll(content).toBe("x.two();\nx.one();\n// one();\n");
    await page.keyboard.press("Escape");

    await page.keyboard.press("ControlOrMeta+Alt+g");
    await page.keyboard.type("3");
    await page.keyboard.press("Enter");
    await expect(page.locator(".cm-activeLine")).toHaveText("// one();");
  });

  test("takes carets by the mouse, folds, and closes brackets", async ({ person }) => {
    const { page } = await person("Ada");
    const editor = await openSource(page, "javascript", "a = [\n  1,\n  2,\n];\nb = 1;\n");
    const lines = editor.text.locator(".cm-line");
    await lines.nth(1).click({ position: { x: 2, y: 5 } });
    await lines.nth(2).click({ position: { x: 2, y: 5 }, modifiers: ["ControlOrMeta"] });
    await page.keyboard.press("Home");
    await page.keyboard.type("0+");
    await expect.poll(() => editor.content()).toBe("a = [\n  0+1,\n  0+2,\n];\nb = 1;\n");
    await page.keyboard.press("Escape");

    await page.getByTitle("Fold line").filter({ visible: true }).first().click();
    await expect(page.getByTitle("unfold", { exact: true })).toBeVisible();
    await page.getByTitle("unfold", { exact: true }).click();

    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("f(");
    await expect(lines.last()).toHaveText("f()");
  });

  test("offers words in code after a few letters, and in prose only on request", async ({ person }) => {
    const { page } = await person("Ada");
    const editor = await openSource(page, "javascript", "const kettleOfTea = 1;\n");
    // Completion is loaded once the text is on the screen.
    await expect(editor.text).toHaveAttribute("aria-autocomplete", "list");
    await editor.type("ket");
    await expect(page.getByRole("option", { name: "kettleOfTea" })).toBeVisible();
    await expect(page.getByRole("option", { name: "kettleOfTea" })).toHaveAttribute("aria-selected", "true");
    // What is offered is taken by a key only after a moment in which one could have meant the key itself: that is over.
    await page.clock.setFixedTime(Date.now() + 60_000);
    await page.keyboard.press("Enter");
    await expect(editor.text.locator(".cm-line").nth(1)).toHaveText("kettleOfTea");

    await languageButton(page).click();
    await pick(page, "markdown");
    await editor.type(" ket");
    await expect(page.getByRole("option")).toHaveCount(0);
    await page.keyboard.press("Control+Space");
    await expect(page.getByRole("option", { name: "kettleOfTea" })).toBeVisible();
  });

  test("is searched with a count, and replaced by a pattern", async ({ person }) => {
    const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
    const adas = await Editor.create(ada.page);
    await adas.type("tea, Tea and toast, 12 teas");
    await ada.page.keyboard.press("ControlOrMeta+Home");
    await ada.page.keyboard.press("ControlOrMeta+f");
    await ada.page.keyboard.type("tea");
    const count = ada.page.locator(".cm-search-count");
    await expect(count).toHaveText("3 found");
    await ada.page.keyboard.press("Enter");
    await expect(count).toHaveText("1 of 3");
    await ada.page.getByRole("button", { name: "Match case" }).click();
    await expect(count).toHaveText("1 of 2");

    const graces = await Editor.join(grace.page, adas);
    await graces.type(" for tea");
    await expect(count).toHaveText("1 of 3");

    await ada.page.getByRole("button", { name: "Regular expression" }).click();
    await ada.page.getByRole("textbox", { name: "Find" }).fill("(");
    await expect(count).toHaveText("Not a pattern");
    await ada.page.getByRole("textbox", { name: "Find" }).fill("(\\d+) (\\w+)");
    await expect(count).toHaveText("1 found");
    await ada.page.getByRole("textbox", { name: "Replace" }).fill("$2: $1");
    await ada.page.getByRole("button", { name: "Replace all" }).click();
    await expect(graces.text).toHaveText("tea, Tea and toast, teas: 12 for tea");

    // Would go through more ways to split the line than there is time for.
    await ada.page.getByRole("textbox", { name: "Find" }).fill("(.+)+:$");
    await expect(count).toHaveText("Too slow in this text");
    await ada.page.getByRole("textbox", { name: "Find" }).press("Enter");
    await ada.page.getByRole("textbox", { name: "Find" }).fill("tea?");
    await expect(count).toHaveText("1 of 3");
    await ada.page.keyboard.press("Escape");
    await expect(count).toBeHidden();
  });

  test("is undone by whoever wrote it, around what others wrote meanwhile", async ({ person }) => {
    const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
    const adas = await Editor.create(ada.page);
    await adas.type("kettle");
    const graces = await Editor.join(grace.page, adas);
    await graces.text.focus();
    await grace.page.keyboard.press("ControlOrMeta+Home");
    await grace.page.keyboard.type("the ");
    await expect(adas.text).toHaveText("the kettle");
    await ada.page.keyboard.press("ControlOrMeta+/");
    await expect(graces.text).toHaveText("<!-- the kettle -->");
    await graces.type(" sings");

    await adas.text.focus();
    await ada.page.keyboard.press("ControlOrMeta+z");
    await expect(graces.text).toHaveText("the kettle sings");
    await ada.page.keyboard.press("ControlOrMeta+y");
    await expect(graces.text).toHaveText("<!-- the kettle --> sings");
  });
});

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: "Commands and documents" })).toBeFocused();
}

test.describe("the command palette", () => {
  testAlone("runs commands and opens documents by the keyboard alone", async ({ person }) => {
    const { page } = await person("Ada");
    const other = await Editor.create(page);
    await other.title.fill("Shopping list");
    await other.title.press("Enter");
    await expect(page).toHaveTitle(/Shopping list/);
    const editor = await openSource(page, "javascript", "b();\na();\n");

    await openPalette(page);
    await page.keyboard.type("mvlndwn");
    await expect(page.getByRole("option").first()).toHaveText(/Move the line down/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(editor.text).toBeFocused();
    await expect.poll(() => editor.content()).toBe("a();\nb();\n");

    // What formats Markdown is there where the text is Markdown: see below.
    await openPalette(page);
    await page.keyboard.type("numbered list");
    await expect(page.getByRole("option", { name: /^Numbered list/ })).toHaveCount(0);
    await page.keyboard.press("Escape");

    // Shut again, it leaves the focus where it was.
    await editor.title.focus();
    await page.keyboard.press("ControlOrMeta+Shift+P");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(editor.title).toBeFocused();

    await openPalette(page);
    await page.keyboard.type("shopping");
    await expect(page.getByRole("option", { name: "Shopping list" })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(editor.title).toHaveValue("Shopping list");
    await editor.type("tea");
    await openPalette(page);
    await page.keyboard.type("numbered list");
    await page.keyboard.press("Enter");
    await expect(editor.text).toHaveText("1. tea");
    await page.keyboard.press("F1");
    await expect(page.getByRole("dialog").getByText("Numbered list")).toBeVisible();
  });

  test("says whenever it is asked for that it could not be loaded", async ({ person }) => {
    const { page } = await person("Ada");
    await page.route(/\/assets\/EditorDialogs/, (route) => route.abort());
    const editor = await Editor.create(page);
    const said = page.getByText("This could not be loaded.");
    for (const opens of [1, 2]) {
      await expect(said).toBeHidden();
      await page.keyboard.press("ControlOrMeta+k");
      await expect(said, `${opens}`).toBeVisible();
    }
    await editor.type("Words.");
    await editor.expectStatus("Saved");
  });

  testAlone("opens documents that this device knows without the server", async ({ person }) => {
    const { page, network } = await person("Ada", installing);
    const editor = await Editor.create(page);
    await editor.title.fill("Night train");
    await editor.title.press("Enter");
    await expect(page).toHaveTitle(/Night train/);
    await openSource(page, "javascript", "a();");
    await installed(page);
    await page.reload();
    await editor.expectStatus("Saved");
    network.cut();
    await editor.expectStatus(/Offline|Reconnecting/);

    await openPalette(page);
    await page.keyboard.type("night");
    await expect(page.getByRole("option", { name: "Night train" })).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(editor.title).toHaveValue("Night train");
  });
});

test.describe("the settings", () => {
  test("apply at once, in other tabs too, and are there after a reload", async ({ person }) => {
    const { page, context } = await person("Ada");
    const editor = await Editor.create(page);
    await editor.type("prose");
    const tab = await context.newPage();
    await Editor.join(tab, editor);
    const numbers = ".cm-lineNumbers";
    await expect(page.locator(numbers)).toHaveCount(0);

    await page.keyboard.press("ControlOrMeta+,");
    await page.getByLabel("Line numbers").selectOption("Always");
    await page.getByLabel("Typeface of prose").selectOption("Sans serif");
    await page.getByLabel("Size of letters").selectOption("20 px");
    await page.getByLabel("Ruler").selectOption("At 80 columns");

    for (const each of [page, tab]) {
      await expect(each.locator(numbers)).toBeVisible();
      await expect(each.locator(".cm-line").first()).toHaveCSS("font-size", "20px");
      await expect(each.locator(".cm-line").first()).toHaveCSS("font-family", /Inter/);
      await expect(each.locator(".cm-editor")).toHaveClass(/cm-ruled/);
    }
    await page.reload();
    await editor.expectStatus("Saved");
    await expect(page.locator(numbers)).toBeVisible();

    await page.keyboard.press("ControlOrMeta+,");
    await page.getByRole("button", { name: "Back to the defaults" }).click();
    await expect(page.locator(numbers)).toHaveCount(0);
  });

  test("give Vim its keys, Escape among them, and undo one's own edits only", async ({ person }) => {
    const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
    const adas = await Editor.create(ada.page);
    await adas.type("one two");
    const graces = await Editor.join(grace.page, adas);
    await ada.page.keyboard.press("ControlOrMeta+,");
    await ada.page.getByLabel("Keys").selectOption("Vim");
    await expect(ada.page.locator(".cm-vim-panel")).toBeVisible();
    await ada.page.keyboard.press("Escape");
    await adas.text.focus();

    await ada.page.keyboard.type("0dw");
    await expect(graces.text).toHaveText("two");
    await graces.type(" three");
    await expect(adas.text).toHaveText("two three");
    await ada.page.keyboard.type("u");
    await expect(graces.text).toHaveText("one two three");
    await ada.page.keyboard.type("ix");
    await ada.page.keyboard.press("Escape");
    await ada.page.keyboard.type("x");
    await expect(graces.text).toHaveText("one two three");
  });

  test("give Emacs its keys", async ({ person }) => {
    const { page } = await person("Ada");
    const editor = await Editor.create(page);
    await editor.type("one two");
    await page.keyboard.press("ControlOrMeta+,");
    await page.getByLabel("Keys").selectOption("Emacs");
    await page.keyboard.press("Escape");
    await editor.text.focus();
    await page.keyboard.press("Home");
    // Its keys are loaded when they are wished for.
    await expect(page.locator(".cm-emacsMode")).toBeVisible();
    await page.keyboard.press("Control+d");
    await expect(editor.text).toHaveText("ne two");
    await page.keyboard.press("Control+k");
    await expect(editor.text).toHaveText("Write here");
    await page.keyboard.press("Control+/");
    await expect(editor.text).toHaveText(/^o?ne two$/);
  });
});

test("everything that opens over the text meets WCAG 2.2 AA, in light and dark", async ({ person }) => {
  // Six looks at a whole page.
  test.slow();
  const { page } = await person("Ada");
  await openSource(page, "javascript", "// a comment\nconst kettle = `tea`; let n = 12;\n");
  await expect(page.locator(".cm-line span").first()).toBeVisible();
  await expectNoViolations(page);
  const dialog = page.getByRole("dialog");

  await page.keyboard.press("F1");
  await expect(dialog).toContainText("Escape, then Tab leaves the text");
  await expectNoViolations(page);
  await page.keyboard.press("Escape");

  for (const key of ["ControlOrMeta+k", "ControlOrMeta+,"]) {
    await page.keyboard.press(key);
    await expect(dialog).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }

  await languageButton(page).click();
  await expect(dialog).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await expect(languageButton(page)).toBeFocused();

  // From anywhere on the page.
  await page.keyboard.press("ControlOrMeta+f");
  await page.keyboard.type("kettle");
  await expect(page.locator(".cm-search-count")).toHaveText(/1/);
  await expectNoViolations(page);
});
