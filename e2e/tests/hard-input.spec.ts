import type { CDPSession, Page } from "@playwright/test";
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
