import type { Page } from "@playwright/test";
import { makeZip } from "../../apps/web/test/make-zip";
import { Editor } from "../support/editor";
import { expect, type TestServer, test } from "../support/test";
import { expectNoViolations } from "../support/violations";

const titlesOf = (page: Page) =>
  page.getByRole("list", { name: "Documents" }).locator("[data-document] > span:first-child");

const searchBox = (page: Page) => page.getByRole("searchbox", { name: "Search documents" });

/** Until the server finds a word, as it does within seconds. */
async function untilFound(server: TestServer, word: string): Promise<void> {
  await expect
    .poll(async () => {
      const answer = await fetch(`${server.process.origin}/api/v1/documents?query=${word}`);
      return ((await answer.json()) as { documents: unknown[] }).documents.length;
    })
    .toBeGreaterThan(0);
}

test("words in titles and texts are found while typing, with what is around them; offline, what is known", async ({
  server,
  person,
}) => {
  const { page, network } = await person("Ada");
  await server.process.createDocument({ title: "Lamps", text: "" });
  await server.process.createDocument({
    title: "Minutes",
    text: "Grace asked for <img src=x onerror=alert(1)> lamps.",
  });
  await untilFound(server, "grace");
  await page.goto("/");
  await expect(titlesOf(page)).toHaveText(["Minutes", "Lamps"]);

  await page.keyboard.press("/");
  await page.keyboard.type("lam");
  await expect(titlesOf(page)).toHaveText(["Lamps", "Minutes"]);
  await expect(page.locator("mark")).toHaveText(["Lam", "lamps"]);
  await expect(page.getByRole("link", { name: /Minutes/ })).toContainText("<img src=x onerror=alert(1)>");
  await expect(page.getByRole("status").filter({ hasText: "2 documents found" })).toBeAttached();
  await expectNoViolations(page);

  // The address holds it, for those who come back.
  await expect(page).toHaveURL(/q=lam/);
  await page.reload();
  await expect(searchBox(page)).toHaveValue("lam");
  await expect(titlesOf(page)).toHaveText(["Lamps", "Minutes"]);

  await searchBox(page).fill("");
  await expect(titlesOf(page)).toHaveText(["Minutes", "Lamps"]);
  network.cut();
  await searchBox(page).fill("lamp");
  await expect(page.getByText("This is what this device knows.")).toBeVisible();
  await expect(titlesOf(page)).toHaveText(["Lamps", "Minutes"]);
  await searchBox(page).fill("minu");
  await expect(titlesOf(page)).toHaveText(["Minutes"]);
});

test("the keyboard alone stars, deletes, undoes, sorts and finds the way back", async ({
  server,
  person,
}) => {
  const { page } = await person("Ada");
  for (const title of ["Note 10", "Note 9", "Alpha"]) await server.process.createDocument({ title });
  await page.goto("/");
  await expect(titlesOf(page)).toHaveText(["Alpha", "Note 9", "Note 10"]);

  await page.getByRole("combobox", { name: "Sort by" }).selectOption("Title");
  await expect(titlesOf(page)).toHaveText(["Alpha", "Note 9", "Note 10"]);
  await page.keyboard.press("/");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: /Alpha/ })).toBeFocused();
  await page.keyboard.press("s");
  await expect(page.getByRole("button", { name: "Star: Alpha" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await expect(titlesOf(page)).toHaveText(["Alpha", "Note 10"]);
  await expect(page.getByRole("link", { name: /Note 10/ })).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(titlesOf(page)).toHaveText(["Alpha", "Note 9", "Note 10"]);

  await page.getByRole("link", { name: "Starred" }).click();
  await expect(titlesOf(page)).toHaveText(["Alpha"]);
  await expect(page).toHaveURL(/show=starred/);
  await page.goBack();
  await expect(titlesOf(page)).toHaveText(["Alpha", "Note 9", "Note 10"]);
});

test("a template begins a document; the menu duplicates, renames and deletes, and the trash gives back", async ({
  server,
  person,
}) => {
  const { page } = await person("Ada");
  await page.goto("/");
  await page.getByRole("button", { name: "New from template" }).click();
  await page.getByRole("menuitem", { name: "Changelog" }).click();
  await expect(new Editor(page).text).toContainText("Unreleased");
  const original = new Editor(page).documentId;
  await page.goBack();
  await page.getByRole("button", { name: "More: CHANGELOG.md" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(titlesOf(page)).toHaveText(["CHANGELOG (copy).md", "CHANGELOG.md"]);
  const copy = await page.getByRole("link", { name: /copy/ }).getAttribute("data-document");
  expect(await server.process.text(copy ?? "")).toBe(await server.process.text(original));
  await page.getByRole("link", { name: "CHANGELOG (copy).md" }).focus();
  await page.keyboard.press("Delete");
  await expect(titlesOf(page)).toHaveText(["CHANGELOG.md"]);

  await page.getByRole("button", { name: "More: CHANGELOG.md" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Document title" }).fill("Final");
  await page.keyboard.press("Enter");
  await expect(titlesOf(page)).toHaveText(["Final"]);
  await expect(page.getByRole("link", { name: /Final/ })).toBeFocused();

  await page.getByRole("button", { name: "More: Final" }).click();
  await expectNoViolations(page);
  await page.getByRole("menuitem", { name: "Move to the trash" }).click();
  await expect(page.getByText("“Final” is in the trash")).toBeVisible();
  await expect(page.getByRole("heading", { name: "A blank page is waiting" })).toBeVisible();
  await page.getByRole("link", { name: "Trash" }).click();
  await expect(page.getByRole("link", { name: /Final Deleted just now/ })).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Restore: Final" }).click();
  await expect(page.getByRole("button", { name: "Restore: Final" })).toHaveCount(0);
  await page.getByRole("link", { name: "All" }).click();
  await expect(titlesOf(page)).toHaveText(["Final"]);
});

const file = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});

test("files are imported by choosing or dropping them; what fails says why and can be tried again", async ({
  server,
  person,
}) => {
  const { page, network } = await person("Ada");
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "A blank page is waiting" })).toBeVisible();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import" }).click();
  await (await chooser).setFiles([
    file("page.html", "<title>Page</title><h1>Hi</h1><script>alert(1)</script>"),
    file("photo.png", Uint8Array.from([0x89, 0x50, 0, 0])),
    file("more.zip", makeZip([{ name: "src/main.rs", content: "fn main() {}" }])),
  ]);
  const panel = page.getByRole("region", { name: "Import" });
  await expect(panel.getByRole("status")).toHaveText("2 documents imported, 1 failed");
  await expect(panel.getByRole("listitem").filter({ hasText: "photo.png" })).toContainText("This is no text");
  await expect(titlesOf(page)).toHaveText(["main.rs", "Page"]);
  await expectNoViolations(page);

  network.cut();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["\ufeffdropped\r\ntext"], "note.txt"));
    return transfer;
  });
  await page.dispatchEvent("body", "dragover", { dataTransfer: dropped });
  await expect(page.getByText("Drop files to import them")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  const note = panel.getByRole("listitem").filter({ hasText: "note.txt" });
  await expect(note).toContainText("The server cannot be reached.");
  network.restore();
  await panel.getByRole("button", { name: "Try the rest again" }).click();
  await note.getByRole("link").click();
  const editor = new Editor(page);
  await editor.expectStatus("Saved");
  expect(await server.process.text(editor.documentId)).toBe("dropped\ntext");
});
