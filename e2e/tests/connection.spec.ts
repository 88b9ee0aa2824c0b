import { Editor } from "../support/editor";
import { expect, testOnSharedServer as test, test as testAlone } from "../support/test";
import { expectNoViolations } from "../support/violations";
import { Wire } from "../support/wire";

testAlone("a visit goes on from where the last one stood", async ({ server, person }) => {
  const { page } = await person("Ada");
  const wire = await Wire.tap(page);
  const editor = await Editor.create(page);
  await editor.type("Saved. ");
  await editor.expectStatus("Saved");
  const name = `scriptorium.${editor.documentId}`;
  const kept = () =>
    page.evaluate(
      (database) =>
        new Promise<string>((resolve) => {
          const opening = indexedDB.open(database);
          opening.onsuccess = () => {
            const reading = opening.result.transaction("custom").objectStore("custom").get("resumePoint");
            reading.onsuccess = () => {
              opening.result.close();
              resolve(String(reading.result?.revision));
            };
          };
        }),
      name,
    );
  // The server says so once nothing has been on its way to the disk for a while.
  await expect.poll(kept).toMatch(/^\d{15,}$/);
  const since = await kept();

  await page.reload();
  await expect(editor.text).toHaveText("Saved. ");
  await editor.expectStatus("Saved");
  const params = wire.urls.at(-1)?.searchParams ?? [];
  expect(Object.fromEntries(params)).toEqual({ v: "1", epoch: editor.documentId, since });
  expect(await server.process.metric("scriptorium_connections_resumed_total")).toBe(1);
});

test("a document that may only be read says why, and takes no edits, not even by undoing", async ({
  person,
}) => {
  const { page } = await person("Ada");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const wire = await Wire.tap(page);
  const editor = await Editor.create(page);
  await editor.type("Written before.");
  await editor.expectStatus("Saved");
  wire.tell({ type: "permission", access: "read", reason: "a part of it is damaged on the server's disk." });
  const banner = page.getByRole("region", { name: "Read-only" });
  await expect(banner).toHaveText(
    "You can read this document, but not change it: a part of it is damaged on the server's disk.",
  );
  // What it says in a word that stays is told in the language of the page.
  wire.tell({ type: "permission", access: "read", reason: "segment 1", code: "DAMAGED" });
  await expect(banner).toHaveText(/^You can read this document, but not change it: part of what was written/);
  await expect(editor.text).toHaveAttribute("aria-readonly", "true");
  await editor.type("lost");
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("Backspace");
  await expect(editor.text).toHaveText("Written before.");
  await expectNoViolations(page);

  wire.tell({ type: "permission", access: "write" });
  await expect(banner).toHaveCount(0);
  await editor.type(" And after.");
  await expect(editor.text).toHaveText("Written before. And after.");
  await editor.expectStatus("Saved");
});
