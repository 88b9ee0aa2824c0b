import type { Page } from "@playwright/test";
import { Editor } from "../support/editor";
import { keptOnDevice } from "../support/kept-on-device";
import { expect, testOnSharedServer as test, test as testAlone } from "../support/test";
import { expectNoViolations } from "../support/violations";
import { Wire } from "../support/wire";

const offer = (page: Page) => page.getByRole("region", { name: "Copy from before the restore" });

/** The texts of the copies that this device keeps. */
function setAsideTexts(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const opening = indexedDB.open("scriptorium-set-aside");
        opening.onsuccess = () => {
          const reading = opening.result.transaction("copies").objectStore("copies").getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.map(({ text }: { text: string }) => text));
          };
        };
      }),
  );
}

/** Ada writes two sentences, of which a restore undoes the second: this device has it, and the server has not. */
async function writeAndRestore(page: Page, wire: Wire): Promise<Editor> {
  const editor = await Editor.create(page);
  await editor.title.fill("Plans");
  await editor.title.press("Enter");
  await editor.type("Kept. ");
  await editor.expectStatus("Saved");
  wire.swallows = true;
  await editor.type("Undone.");
  await expect(editor.text).toHaveText("Kept. Undone.");
  await wire.restore();
  await expect(editor.text).toHaveText("Kept. ");
  await editor.expectStatus("Saved");
  return editor;
}

test("after a restore the text of before is offered as a copy, over a reload, and becomes a document", async ({
  server,
  person,
}) => {
  const { page } = await person("Ada");
  const wire = await Wire.tap(page);
  const editor = await writeAndRestore(page, wire);
  const id = editor.documentId;
  await expect(offer(page)).toContainText("This document was restored to an earlier moment.");
  // The visit that was refused named its epoch; the fresh one has none yet.
  expect(wire.urls.at(-1)?.searchParams.get("epoch")).toBeNull();
  await editor.type("Written on.");
  await editor.expectStatus("Saved");

  await page.reload();
  await expect(editor.text).toHaveText("Kept. Written on.");
  await expect(offer(page)).toBeVisible();
  expect(wire.urls.at(-1)?.searchParams.get("epoch")).toBe(id);
  const downloading = page.waitForEvent("download");
  await offer(page).getByRole("button", { name: "Download" }).click();
  expect((await downloading).suggestedFilename()).toBe("Plans (copy from before the restore).txt");

  await offer(page).getByRole("button", { name: "Create a document from it" }).click();
  await expect(editor.text).toHaveText("Kept. Undone.");
  await expect(editor.title).toHaveValue("Plans (copy from before the restore)");
  await editor.expectStatus("Saved");
  expect(editor.documentId).not.toBe(id);
  expect(await server.process.text(id)).toBe("Kept. Written on.");

  await page.goto(`/d/${id}`);
  await expect(editor.text).toHaveText("Kept. Written on.");
  await editor.expectStatus("Saved");
  await expect(offer(page)).toHaveCount(0);
});

test("a copy that is the same as the restored document is not offered", async ({ person }) => {
  const { page } = await person("Ada");
  const wire = await Wire.tap(page);
  const editor = await Editor.create(page);
  await editor.type("All of it was kept.");
  await editor.expectStatus("Saved");
  const connections = wire.urls.length;
  await wire.restore();
  await expect.poll(() => wire.urls.length).toBe(connections + 1);
  await editor.expectStatus("Saved");
  await expect(editor.text).toHaveText("All of it was kept.");
  // It was looked at, and let go of.
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const opening = indexedDB.open("scriptorium-set-aside");
            opening.onsuccess = () => {
              const counting = opening.result.transaction("copies").objectStore("copies").count();
              counting.onsuccess = () => {
                opening.result.close();
                resolve(counting.result);
              };
            };
          }),
      ),
    )
    .toBe(0);
  await expect(offer(page)).toHaveCount(0);
});

async function keepDatabases(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign(IDBFactory.prototype, { deleteDatabase: () => undefined });
  });
}

test("two tabs of a device set the same copy aside, and one offer is made in each", async ({ person }) => {
  const { page, context } = await person("Ada");
  const wire = await Wire.tap(page);
  const other = await context.newPage();
  const otherWire = await Wire.tap(other);
  const editor = await Editor.create(page);
  await editor.type("Kept. ");
  await editor.expectStatus("Saved");
  const others = await Editor.join(other, editor);
  wire.swallows = true;
  otherWire.swallows = true;
  await editor.type("Here. ");
  await others.type("There. ");
  // A tab sets aside what is on the device by then; what is on its way there makes an offer of its own.
  await Promise.all([page, other].map(keptOnDevice));
  // On a busy machine one may hear of it when the other has removed that: a story of its own, which follows.
  await Promise.all([page, other].map(keepDatabases));
  await Promise.all([wire.restore(), otherWire.restore()]);
  for (const { text, page: tab } of [editor, others]) {
    await expect(text).toHaveText("Kept. ");
    await expect(offer(tab)).toBeVisible();
  }
  await page.reload();
  await expect(editor.text).toHaveText("Kept. ");
  await offer(page).getByRole("button", { name: "Create a document from it" }).click();
  await expect(editor.text).toContainText("Here. ");
  await expect(editor.text).toContainText("There. ");
  await other.reload();
  await expect(others.text).toHaveText("Kept. ");
  await others.expectStatus("Saved");
  await expect(offer(other)).toHaveCount(0);
});

test("a tab that hears of the restore later takes nothing away from what the other has set aside", async ({
  person,
}) => {
  const { page, context } = await person("Ada");
  const wire = await Wire.tap(page);
  const other = await context.newPage();
  const otherWire = await Wire.tap(other);
  const editor = await Editor.create(page);
  await editor.type("Kept. ");
  await editor.expectStatus("Saved");
  const others = await Editor.join(other, editor);
  wire.swallows = true;
  otherWire.swallows = true;
  await editor.type("Here. ");
  await others.type("There. ");
  await wire.restore();
  await expect(offer(page)).toBeVisible();
  await others.type("And later. ");
  await otherWire.restore();
  await expect(others.text).toHaveText("Kept. ");
  await expect(offer(other)).not.toHaveCount(0);

  await page.reload();
  await expect(editor.text).toHaveText("Kept. ");
  const texts = (await setAsideTexts(page)).join();
  expect(texts).toContain("Here. ");
  expect(texts).toContain("There. ");
  expect(texts).toContain("And later. ");
});

test("the offer works by keyboard, on a phone, in the dark, and discarding can be undone", async ({
  person,
}) => {
  const { page } = await person("Ada");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const wire = await Wire.tap(page);
  const editor = await writeAndRestore(page, wire);
  await expect(offer(page)).toBeVisible();
  await expect(offer(page).getByRole("status")).toHaveText(
    /What you had on this device is kept as a copy\.$/,
  );
  await expectNoViolations(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);

  const discard = offer(page).getByRole("button", { name: "Discard" });
  await offer(page).getByRole("button", { name: "Create a document from it" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(discard).toBeFocused();
  await page.keyboard.press("Enter");
  const undo = offer(page).getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await expectNoViolations(page);
  await page.keyboard.press("Enter");
  await expect(discard).toBeVisible();
  await expect(editor.text).toBeFocused();

  await discard.click();
  await offer(page).getByRole("button", { name: "Close" }).click();
  await expect(offer(page)).toHaveCount(0);
  await page.reload();
  await editor.expectStatus("Saved");
  await expect(offer(page)).toHaveCount(0);
});

testAlone(
  "a restored server keeps undone edits out, of clients that were connected and of one that was offline",
  async ({ server, person }) => {
    const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
    const adas = await Editor.create(ada.page);
    await adas.type("Kept. ");
    const graces = await Editor.join(grace.page, adas);
    await expect(graces.text).toHaveText("Kept. ");
    await adas.expectStatus("Saved");
    const id = adas.documentId;
    const moment = new Date();
    await expect.poll(() => Date.now()).toBeGreaterThan(moment.getTime() + 10);
    await adas.type("Undone. ");
    await expect(graces.text).toHaveText("Kept. Undone. ");
    await adas.expectStatus("Saved");
    grace.network.cut();
    await graces.type("Offline.");
    await graces.expectStatus(/on this device/);

    await server.restoreTo(moment);
    await expect(adas.text).toHaveText("Kept. ");
    await adas.expectStatus("Saved");
    await expect(offer(ada.page)).toBeVisible();
    await adas.type("Anew. ");
    await adas.expectStatus("Saved");
    grace.network.restore();
    await expect(graces.text).toHaveText("Kept. Anew. ");
    await graces.expectStatus("Saved");
    expect(await server.process.text(id)).toBe("Kept. Anew. ");

    // Nothing that a person typed is gone.
    await offer(grace.page).getByRole("button", { name: "Create a document from it" }).click();
    await expect(graces.text).toHaveText("Kept. Undone. Offline.");
    await graces.expectStatus("Saved");
    expect(await server.process.text(id)).toBe("Kept. Anew. ");
  },
);
