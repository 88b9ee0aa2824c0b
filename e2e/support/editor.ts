import { expect, type Locator, type Page } from "@playwright/test";

/** The parts of the editor page, found as a person finds them. */
export class Editor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Makes a new document from the documents page, and waits until it can be written. */
  static async create(page: Page): Promise<Editor> {
    await page.goto("./");
    await page.getByRole("button", { name: "New document" }).first().click();
    const editor = new Editor(page);
    await editor.expectStatus("Saved");
    return editor;
  }

  /** Opens the document that `other` shows. */
  static async join(page: Page, other: Editor): Promise<Editor> {
    await page.goto(new URL(other.page.url()).pathname);
    const editor = new Editor(page);
    await editor.expectStatus("Saved");
    return editor;
  }

  get documentId(): string {
    return new URL(this.page.url()).pathname.split("/").at(-1) ?? "";
  }

  get text(): Locator {
    return this.page.getByRole("textbox", { name: "Document text" });
  }

  get title(): Locator {
    return this.page.getByRole("textbox", { name: "Document title" });
  }

  get status(): Locator {
    return this.page.getByRole("status", { name: "Save status" });
  }

  /** The flags at other people's carets. */
  flag(name: string): Locator {
    return this.page.locator(".cm-peer-flag", { hasText: name });
  }

  async expectStatus(text: string | RegExp): Promise<void> {
    await expect(this.status).toHaveText(text);
  }

  /** Types at the end of the text, key by key. */
  async type(text: string): Promise<void> {
    await this.text.focus();
    await this.page.keyboard.press("ControlOrMeta+End");
    await this.page.keyboard.type(text);
  }

  async content(): Promise<string> {
    const lines = await this.text.locator(".cm-line").allTextContents();
    return lines.join("\n");
  }
}
