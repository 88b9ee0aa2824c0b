import { Editor } from "../support/editor";
import { expect, test } from "../support/test";
import { expectNoViolations } from "../support/violations";
import { Wire } from "../support/wire";

const epoch = "01HZY0000000000000000000E1";

test("a document that may only be read says why, and takes no edits, not even by undoing", async ({
  person,
}) => {
  const { page } = await person("Ada");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const wire = await Wire.tap(page, epoch);
  const editor = await Editor.create(page);
  await editor.type("Written before.");
  await editor.expectStatus("Saved");
  wire.tell({ type: "permission", access: "read", reason: "a part of it is damaged on the server's disk." });
  const banner = page.getByRole("region", { name: "Read-only" });
  await expect(banner).toHaveText(
    "You can read this document, but not change it: a part of it is damaged on the server's disk.",
  );
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
