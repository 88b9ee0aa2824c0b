import type { CDPSession, Locator, Page } from "@playwright/test";
import { Editor } from "../support/editor";
import { expect, test } from "../support/test";

/** What an input method does, by way of the browser's own. */
class InputMethod {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page));
  }

  /** Shows `text` in place of what is being composed, with the caret at its end. */
  async compose(text: string): Promise<void> {
    await this.#session.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }

  /** Ends the composition with `text`. */
  async commit(text: string): Promise<void> {
    await this.#session.send("Input.insertText", { text });
  }
}

test("a word that is composed stays whole while others write before, behind and in its line", async ({
  server,
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  await adas.type("one  two");
  for (let step = 0; step < 4; step++) await ada.page.keyboard.press("ArrowLeft");
  const graces = await Editor.join(grace.page, adas);
  await graces.text.focus();
  const method = await InputMethod.of(ada.page);

  await method.compose("に");
  await expect(graces.text).toHaveText("one に two");
  await grace.page.keyboard.press("ControlOrMeta+Home");
  await grace.page.keyboard.type("Before ");
  await expect(adas.text).toHaveText("Before one に two");
  await method.compose("にほ");
  await expect(graces.text).toHaveText("Before one にほ two");
  await grace.page.keyboard.press("ControlOrMeta+End");
  await grace.page.keyboard.type(" behind");
  await expect(adas.text).toHaveText("Before one にほ two behind");
  await method.compose("にほん");
  await expect(graces.text).toHaveText("Before one にほん two behind");
  // Right beside the word, within its line.
  for (let step = 0; step < " two behind".length; step++) await grace.page.keyboard.press("ArrowLeft");
  await grace.page.keyboard.type("!");
  await expect(adas.text).toHaveText("Before one にほん! two behind");
  await method.compose("にほんご");
  await method.commit("日本語");

  const whole = "Before one 日本語! two behind";
  for (const editor of [adas, graces]) {
    await expect(editor.text).toHaveText(whole);
    await editor.expectStatus("Saved");
  }
  expect(await server.process.text(adas.documentId)).toBe(whole);
  await ada.page.keyboard.press("ControlOrMeta+z");
  await expect(graces.text).toHaveText("Before one ! two behind");
  await ada.page.keyboard.press("ControlOrMeta+y");
  await ada.page.keyboard.type("s");
  await expect(graces.text).toHaveText("Before one 日本語s! two behind");
});

/** A document with `text`, open and in focus, with the caret at its beginning. */
async function open(page: Page, text: string): Promise<Editor> {
  const response = await page.request.post("/api/v1/documents", { data: { text } });
  const { id } = (await response.json()) as { id: string };
  await page.goto(`/d/${id}`);
  const editor = new Editor(page);
  await editor.expectStatus("Saved");
  await editor.text.focus();
  await page.keyboard.press("ControlOrMeta+Home");
  return editor;
}

function lines(editor: Editor): Locator {
  return editor.text.locator(".cm-line");
}

/** Where somebody's caret is drawn, from the left of the page. */
async function leftOf(caret: Locator): Promise<number> {
  return (await caret.boundingBox())?.x ?? Number.NaN;
}

test("every line runs as its own letters do, and carets stand and move accordingly", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await open(ada.page, "Latin words\nمرحبا بالعالم\nשלום abc עולם\nLatin again\n");
  const directions = () =>
    lines(adas).evaluateAll((all) => all.map((line) => getComputedStyle(line).direction));
  expect(await directions()).toEqual(["ltr", "rtl", "rtl", "ltr", "ltr"]);
  const graces = await Editor.join(grace.page, adas);
  await graces.text.focus();
  const press = async (...keys: string[]) => {
    for (const key of keys) await grace.page.keyboard.press(key);
  };
  const arabic = await lines(adas).nth(1).boundingBox();
  const middle = (arabic?.x ?? 0) + (arabic?.width ?? 0) / 2;
  const gracesCaret = ada.page.locator(".cm-peer");

  // The beginning of such a line is at its right; what is typed there is the first of it.
  await press("ControlOrMeta+Home", "ArrowDown", "Home");
  await expect.poll(() => leftOf(gracesCaret)).toBeGreaterThan(middle);
  await grace.page.keyboard.type("١");
  await expect(lines(adas).nth(1)).toHaveText("١مرحبا بالعالم");
  // Where it ends the caret is left of where it was; the left arrow leads on into the text.
  const first = await leftOf(gracesCaret);
  await press("End");
  await expect.poll(() => leftOf(gracesCaret)).toBeLessThan(first);
  await press("Home", "ArrowLeft", "ArrowLeft", "Backspace");
  await expect(lines(adas).nth(1)).toHaveText("١رحبا بالعالم");

  await press("ControlOrMeta+Home", "End");
  await grace.page.keyboard.type(", שלום");
  await expect(lines(adas).first()).toHaveText("Latin words, שלום");
  expect(await directions()).toEqual(["ltr", "rtl", "rtl", "ltr", "ltr"]);

  await ada.page.getByRole("radio", { name: "Preview", exact: true }).click();
  const preview = ada.page.getByRole("region", { name: "Preview" });
  await expect(preview.getByText("Latin words")).toHaveAttribute("dir", "auto");
});

test("titles and names that run from right to left keep the documents page in order", async ({
  server,
  person,
}) => {
  const title = "قائمة المشتريات (2026)!";
  const long = "שלום ".repeat(40).trim();
  for (const each of ["Latin", title, long]) await server.process.createDocument({ title: each });
  const { page } = await person("עדה");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  const row = page.getByRole("link", { name: title });
  await expect(row).toBeVisible();
  await expect(page.getByRole("listitem")).toHaveCount(3);
  const boxes = await page
    .getByRole("listitem")
    .evaluateAll((all) => all.map((each) => [each.scrollWidth - each.clientWidth, each.clientHeight]));
  // All of one height, and nothing hangs out.
  expect(new Set(boxes.map(String)).size).toBe(1);
  expect(boxes[0]?.[0]).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await row.click();
  const editor = new Editor(page);
  await expect(editor.title).toHaveValue(title);
  await expect(editor.title).toHaveCSS("direction", "rtl");
});
