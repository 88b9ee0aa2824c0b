import type { Page } from "@playwright/test";
import { Editor } from "../support/editor";
import { expect, type Person, test } from "../support/test";

declare global {
  interface Window {
    /** The highest number of this person's that the page called saved. */
    savedNumber: number;
  }
}

/** Notes, whenever the page says "Saved", which of the person's numbered words were in the text at that moment. */
async function watchPromises(page: Page, letter: string): Promise<void> {
  await page.evaluate((prefix) => {
    window.savedNumber = -1;
    const status = document.querySelector('[role="status"][data-state]');
    const text = document.querySelector(".cm-content");
    if (status === null || text === null) throw new Error("the editor is not there");
    const note = () => {
      if (!status.textContent?.includes("Saved") || status.getAttribute("data-state") !== "saved") return;
      const numbers = [...(text.textContent ?? "").matchAll(new RegExp(`${prefix}(\\d+)\\.`, "g"))];
      window.savedNumber = Math.max(window.savedNumber, ...numbers.map(([, number]) => Number(number)));
    };
    new MutationObserver(note).observe(status, {
      attributes: true,
      childList: true,
      subtree: true,
      characterData: true,
    });
    note();
  }, letter);
}

/** From the server's death until it is back. */
class Outage {
  begin: () => void = () => undefined;
  readonly begun = new Promise<void>((resolve) => {
    this.begin = resolve;
  });
}

async function isSaved({ page }: Editor): Promise<void> {
  await page.locator('[role="status"][data-state="saved"]').waitFor();
}

test("the server is killed while two people type: what was called saved is there, and both go on", async ({
  server,
  person,
}) => {
  // Three starts of a server take most of it on a busy machine.
  test.slow();
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  const graces = await Editor.join(grace.page, adas);
  await Promise.all([watchPromises(ada.page, "a"), watchPromises(grace.page, "g")]);
  const id = adas.documentId;

  let typing = true;
  let outage = new Outage();
  const typed = { a: 0, g: 0 };
  const typeNumbers = async (editor: Editor, letter: "a" | "g") => {
    await editor.text.focus();
    while (typing) {
      await editor.page.keyboard.type(`${letter}${typed[letter]++}.`);
      // As people do, they pause now and then: on a slow machine nothing would ever be called saved otherwise.
      if (typed[letter] % 10 === 0) await Promise.race([isSaved(editor), outage.begun]);
    }
  };
  const typists = [typeNumbers(adas, "a"), typeNumbers(graces, "g")];

  const somethingSaved = ({ page }: Person) =>
    expect.poll(() => page.evaluate(() => window.savedNumber)).toBeGreaterThan(-1);
  await Promise.all([ada, grace].map(somethingSaved));

  for (let round = 0; round < 3; round++) {
    const before = typed.a + typed.g;
    await expect.poll(() => typed.a + typed.g).toBeGreaterThan(before + 10);
    await server.kill();
    outage.begin();
    // Nobody reaches the new server before it has been asked what it kept.
    ada.network.cut();
    grace.network.cut();
    const saved = await Promise.all([ada, grace].map(({ page }) => page.evaluate(() => window.savedNumber)));
    await server.restart();
    const kept = await server.process.text(id);
    for (const [index, letter] of (["a", "g"] as const).entries()) {
      for (let number = 0; number <= (saved[index] ?? -1); number++) {
        expect(kept).toContain(`${letter}${number}.`);
      }
    }
    outage = new Outage();
    ada.network.restore();
    grace.network.restore();
  }
  typing = false;
  await Promise.all(typists);

  for (const editor of [adas, graces]) await editor.expectStatus("Saved");
  const whole = await server.process.text(id);
  for (const letter of ["a", "g"] as const) {
    for (let number = 0; number < typed[letter]; number++) expect(whole).toContain(`${letter}${number}.`);
  }
  await expect(adas.text).toHaveText(whole);
  await expect(graces.text).toHaveText(whole);
});
