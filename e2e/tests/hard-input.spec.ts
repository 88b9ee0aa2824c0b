import { mkdir, writeFile } from "node:fs/promises";
import type { CDPSession, Locator, Page } from "@playwright/test";
import { stockClient, synced, textOf } from "../../apps/server/test/harness/clients";
import { createDocument } from "../support/documents";
import { Editor } from "../support/editor";
import { expect, testOnSharedServer as test, test as testAlone } from "../support/test";

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

test("two people compose at once while lines are split and joined around their words", async ({
  server,
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  await adas.type("one **two** three");
  const graces = await Editor.join(grace.page, adas);
  await graces.text.focus();
  await adas.text.focus();
  const go = async ({ page }: { page: Page }, places: number) => {
    await page.keyboard.press("ControlOrMeta+Home");
    for (let place = 0; place < places; place++) await page.keyboard.press("ArrowRight");
  };
  await go(ada, "one **tw".length);
  const [adasMethod, gracesMethod] = await Promise.all([
    InputMethod.of(ada.page),
    InputMethod.of(grace.page),
  ]);
  const both = async (text: string) => {
    for (const editor of [adas, graces]) await expect.poll(() => editor.content()).toBe(text);
  };

  await adasMethod.compose("に");
  await both("one **twにo** three");
  await go(grace, "one".length);
  await grace.page.keyboard.press("Enter");
  await both("one\n**twにo** three");
  await adasMethod.compose("にほ");
  await grace.page.keyboard.press("Backspace");
  await both("one**twにほo** three");
  await adasMethod.compose("にほん");
  await go(grace, "one**tw".length);
  await grace.page.keyboard.press("Backspace");
  await grace.page.keyboard.press("Backspace");
  await both("one**にほんo** three");
  await grace.page.keyboard.press("End");
  await grace.page.keyboard.press("Enter");
  await gracesMethod.compose("か");
  await both("one**にほんo** three\nか");
  await adasMethod.compose("にほんご");
  await gracesMethod.compose("かん");
  await adasMethod.commit("日本語");
  await gracesMethod.commit("漢");

  const whole = "one**日本語o** three\n漢";
  await both(whole);
  for (const editor of [adas, graces]) await editor.expectStatus("Saved");
  expect(await server.process.text(adas.documentId)).toBe(whole);
});

/** A document with `text`, open and in focus, with the caret at its beginning. */
async function open(page: Page, text: string): Promise<Editor> {
  const id = await createDocument(page, { text });
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

testAlone(
  "titles and names that run from right to left keep the documents page in order",
  async ({ server, person }) => {
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
  },
);

const family = "👩‍👩‍👧‍👦";
const flag = "🇺🇳";
const thumb = "👍🏽";
const accented = "é";

test("two people write beside and between emoji and combined letters, and none is torn", async ({
  server,
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await open(ada.page, `${family}${flag}${thumb}${accented}`);
  const graces = await Editor.join(grace.page, adas);
  await graces.text.focus();
  const press = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  // An arrow steps over a whole one, so that what is typed is between two.
  await press(ada.page, "ArrowRight");
  await press(grace.page, "ControlOrMeta+End", "ArrowLeft");
  await Promise.all([ada.page.keyboard.type("a"), grace.page.keyboard.type("g")]);
  await expect(adas.text).toHaveText(`${family}a${flag}${thumb}g${accented}`);
  await press(ada.page, "ArrowRight", "ArrowRight");
  await press(grace.page, "Backspace");
  await ada.page.keyboard.type("😀");
  await expect(graces.text).toHaveText(`${family}a${flag}${thumb}😀${accented}`);

  // Backspace takes what one sees as one, and Grace's at the same time.
  await press(grace.page, "ControlOrMeta+Home", "ArrowRight");
  await Promise.all([press(ada.page, "Backspace", "Backspace"), press(grace.page, "Backspace")]);
  const left = `a${flag}${accented}`;
  for (const editor of [adas, graces]) {
    await expect(editor.text).toHaveText(left);
    await editor.expectStatus("Saved");
  }
  await press(grace.page, "Delete", "Delete");
  await expect(adas.text).toHaveText(accented);
  await expect.poll(() => server.process.text(adas.documentId)).toBe(accented);
});

test("an edit of another program that goes through an emoji leaves the same text everywhere", async ({
  server,
  person,
}) => {
  const { page } = await person("Ada");
  const editor = await open(page, "one 😀 two 😀 three");
  const program = stockClient(server.process.socketUrl, editor.documentId);
  await synced(program);

  program.doc.getText("content").insert("one 😀 two ".length + 1, "|");
  program.doc.getText("content").delete("one ".length, 1);

  const torn = "one \ufffd two \ufffd|\ufffd three";
  await expect(editor.text).toHaveText(torn);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("!");
  await editor.expectStatus("Saved");
  await expect.poll(() => textOf(program.doc)).toBe(`${torn}!`);
  expect(await editor.content()).toBe(`${torn}!`);
  expect(await server.process.text(editor.documentId)).toBe(`${torn}!`);
  await page.reload();
  await expect(editor.text).toHaveText(`${torn}!`);
  program.destroy();
});

test("Vim's keys take emoji whole", async ({ server, person }) => {
  const { page } = await person("Ada");
  const editor = await open(page, "😀a😃b");
  await page.keyboard.press("ControlOrMeta+,");
  await page.getByLabel("Keys").selectOption("Vim");
  await expect(page.locator(".cm-vim-panel")).toBeVisible();
  await page.keyboard.press("Escape");
  await editor.text.focus();

  await page.keyboard.type("0xlrx");
  await expect(editor.text).toHaveText("axb");
  await page.keyboard.type("a😀");
  await page.keyboard.press("Escape");
  await page.keyboard.type("X0p");
  await editor.expectStatus("Saved");
  const text = await editor.content();
  expect(text).not.toMatch(/\ufffd|\p{Surrogate}/u);
  expect(await server.process.text(editor.documentId)).toBe(text);
});

/** Drops files that lie on the disk on the middle of `target`, as from a desktop. */
async function dropFiles(page: Page, target: Locator, files: readonly string[]): Promise<void> {
  const box = await target.boundingBox();
  if (box === null) throw new Error("nothing to drop on");
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data,
    });
  }
  await session.detach();
}

test("a text file that is dropped on the text is inserted there; what is none is refused in words", async ({
  person,
}, testInfo) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await open(ada.page, "first\n\nlast\n");
  const graces = await Editor.join(grace.page, adas);
  const on = (name: string) => testInfo.outputPath(name);
  await mkdir(on("folder"), { recursive: true });
  await writeFile(on("note.txt"), "\ufeffdropped\r\nGrüße 😀");
  await writeFile(on("photo.png"), Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  await writeFile(
    on("paper.pdf"),
    Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.from([0xe2, 0xe3, 0xcf, 0xd3])]),
  );
  const middle = lines(adas).nth(1);

  await dropFiles(ada.page, middle, [on("note.txt")]);
  const whole = "first\ndropped\nGrüße 😀\nlast\n";
  await expect.poll(() => graces.content()).toBe(whole);
  await ada.page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => graces.content()).toBe("first\n\nlast\n");

  await dropFiles(ada.page, middle, [on("photo.png")]);
  await expect(ada.page.getByText("photo.png was not inserted. This is no text")).toBeVisible();
  await dropFiles(ada.page, middle, [on("paper.pdf")]);
  await expect(ada.page.getByText("paper.pdf was not inserted. This is no text")).toBeVisible();
  await dropFiles(ada.page, middle, [on("folder")]);
  await expect(
    ada.page.getByText("folder was not inserted. It could not be read: it may be a folder"),
  ).toBeVisible();
  await dropFiles(ada.page, ada.page.getByRole("banner"), [on("note.txt")]);
  await expect(ada.page.getByText("Drop files on the text")).toBeVisible();
  expect(await adas.content()).toBe("first\n\nlast\n");
  await adas.type("on");
  await expect.poll(() => graces.content()).toBe("first\n\nlast\non");
});

test.describe("where one change may not be large", () => {
  test.use({ serverEnv: { SCRIPTORIUM_MESSAGE_BYTES_MAX: "65536" } });

  testAlone(
    "a paste past the limit is refused in words, nothing is lost, and writing goes on after undoing it",
    async ({ server, person }) => {
      const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
      const adas = await open(ada.page, "kept\n");
      const graces = await Editor.join(grace.page, adas);
      await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const pasted = "0123456789abcdef\n".repeat(5000);
      await ada.page.evaluate((words) => navigator.clipboard.writeText(words), pasted);
      await ada.page.keyboard.press("ControlOrMeta+End");
      await ada.page.keyboard.press("ControlOrMeta+v");

      const alert = ada.page.getByRole("alert");
      await expect(alert).toContainText("larger than the server accepts");
      await adas.expectStatus(/Too large/);
      // All of it is still here, to be copied.
      await ada.page.getByRole("button", { name: "Copy text" }).click();
      await expect(ada.page.getByText("Text copied")).toBeVisible();
      expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(`kept\n${pasted}`);
      await expect.poll(() => graces.content()).toBe("kept\n");
      await graces.type("by Grace");

      await adas.text.focus();
      await ada.page.keyboard.press("ControlOrMeta+z");
      await ada.page.getByRole("button", { name: "Try again" }).click();
      await adas.expectStatus("Saved");
      await expect.poll(() => adas.content()).toBe("kept\nby Grace");
      await adas.type(" and Ada");
      await expect.poll(() => graces.content()).toBe("kept\nby Grace and Ada");
      await adas.expectStatus("Saved");
      expect(await server.process.text(adas.documentId)).toBe("kept\nby Grace and Ada");
    },
  );
});
