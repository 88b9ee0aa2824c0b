import type { Page } from "@playwright/test";
import { Editor } from "../support/editor";
import { expect, type TestServer, test } from "../support/test";
import { expectNoViolations } from "../support/violations";

async function post(server: TestServer, document: object): Promise<void> {
  const response = await fetch(`${server.process.origin}/api/v1/documents`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(document),
  });
  expect(response.status).toBe(201);
}

function row(page: Page, title: string) {
  return page.getByRole("link", { name: new RegExp(title) });
}

function tagsOf(page: Page, title: string) {
  return page.getByRole("list", { name: `Tags of “${title}”` });
}

test("one tags documents by the keyboard, the other filters by the tags", async ({ person, server }) => {
  for (const title of ["Letter", "Menu", "Plan"]) await post(server, { title });
  const [ada, grace] = (await Promise.all([person("Ada"), person("Grace")])).map(({ page }) => page) as [
    Page,
    Page,
  ];
  await Promise.all([ada.goto("/"), grace.goto("/")]);

  await row(ada, "Plan").focus();
  await ada.keyboard.press("t");
  const dialog = ada.getByRole("dialog", { name: "Tags of “Plan”" });
  const field = dialog.getByRole("combobox", { name: "Add a tag" });
  await expect(field).toBeFocused();
  await ada.keyboard.type("Work, wrong,urgent");
  await ada.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Remove the tag wrong" }).press("Enter");
  await expect(field).toBeFocused();
  await expect(dialog.getByRole("listitem")).toHaveText(["Work", "urgent"]);
  await ada.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(row(ada, "Plan")).toBeFocused();
  await expect(ada.getByText("“Plan” has other tags")).toBeVisible();
  await expect(tagsOf(ada, "Plan").getByRole("listitem")).toHaveText(["Work", "urgent"]);

  // What one tagged is offered for the next.
  await ada.keyboard.press("ArrowDown");
  await ada.keyboard.press("t");
  await expect(ada.getByRole("dialog", { name: "Tags of “Menu”" }).getByRole("option")).toHaveText([
    "urgent",
    "Work",
  ]);
  await ada.keyboard.type("wo");
  await ada.keyboard.press("ArrowDown");
  await ada.keyboard.press("Enter");
  await expectNoViolations(ada);
  await ada.keyboard.press("Escape");
  await expect(tagsOf(ada, "Menu")).toHaveText("Work");

  await expect(tagsOf(grace, "Menu")).toHaveText("Work");
  await grace.getByRole("button", { name: "Filter by tags" }).press("Enter");
  const picker = grace.getByRole("dialog", { name: "Filter by tags" });
  await expect(picker.getByRole("option")).toHaveText([/^Work.*2 documents$/, /^urgent.*1 document$/]);
  await grace.keyboard.type("work");
  await grace.keyboard.press("Enter");
  await expect(row(grace, "Letter")).toBeHidden();
  await expect(row(grace, "Menu")).toBeVisible();
  await tagsOf(grace, "Plan").getByRole("button", { name: "Only documents with the tag urgent" }).click();
  await expect(row(grace, "Menu")).toBeHidden();
  await expectNoViolations(grace);

  await grace.reload();
  await expect(row(grace, "Plan")).toBeVisible();
  await expect(row(grace, "Menu")).toBeHidden();
  await grace.goBack();
  await expect(row(grace, "Menu")).toBeVisible();
  await grace
    .getByRole("list", { name: "Filter by tags" })
    .getByRole("button", { name: "No longer only with the tag Work" })
    .press("Enter");
  await expect(row(grace, "Letter")).toBeVisible();
  await expect(grace.getByRole("button", { name: "Filter by tags" })).toBeFocused();
});

test("tagging is undone by a click, and what fails is said and changes nothing", async ({
  person,
  server,
}) => {
  await post(server, { title: "Plan", tags: ["kept"] });
  const { page } = await person("Ada");
  await page.goto("/");
  const tags = tagsOf(page, "Plan").getByRole("listitem");
  await page.getByRole("button", { name: "More: Plan" }).click();
  await page.getByRole("menuitem", { name: "Tags…" }).click();
  const dialog = page.getByRole("dialog", { name: "Tags of “Plan”" });
  await expect(dialog.getByRole("listitem")).toHaveText(["kept"]);
  await page.keyboard.press("Backspace");
  await page.keyboard.type(`${"x".repeat(41)},`);
  await expect(dialog.getByRole("alert")).toHaveText("A tag can have 40 characters; this one is longer.");
  await dialog.getByRole("combobox").fill("other");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "More: Plan" })).toBeFocused();
  await expect(tags).toHaveText(["other"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tags).toHaveText(["kept"]);

  await page.route("**/api/v1/documents/*", (route) =>
    route.request().method() === "PATCH" ? route.abort() : route.continue(),
  );
  await page.getByRole("button", { name: "More: Plan" }).click();
  await page.getByRole("menuitem", { name: "Tags…" }).click();
  await expect(dialog.getByRole("listitem")).toHaveText(["kept"]);
  await expect(dialog.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("lost,");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "More: Plan" })).toBeFocused();
  await expect(page.getByText("Nothing was changed. The server cannot be reached.")).toBeVisible();
  await expect(tags).toHaveText(["kept"]);
});

test("a document is tagged from within, and found by a tag typed into the search", async ({
  person,
  server,
}) => {
  await post(server, { title: "Other" });
  const { page } = await person("Ada");
  const editor = await Editor.create(page);
  await editor.title.fill("Notes");
  await editor.title.press("Enter");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog", { name: "Commands and documents" }).getByRole("combobox").fill("tags of");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Tags of “Notes”" });
  await expect(dialog.getByRole("combobox", { name: "Add a tag" })).toBeFocused();
  await page.keyboard.type("draft,");
  await page.keyboard.press("Enter");
  await expect(page.getByText("“Notes” has other tags")).toBeVisible();
  await expect(editor.text).toBeFocused();

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Tags…" }).click();
  await expect(dialog.getByRole("listitem")).toHaveText(["draft"]);
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Back to documents" }).click();
  await expect(row(page, "Other")).toBeVisible();
  await page.keyboard.press("/");
  const known = page.waitForResponse("**/api/v1/tags?*");
  await page.keyboard.type("#draft");
  await (await known).finished();
  await page.keyboard.type(" ");
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await expect(row(page, "Notes")).toBeVisible();
  await expect(row(page, "Other")).toBeHidden();

  await row(page, "Notes").focus();
  await page.keyboard.press("Delete");
  await page.getByRole("link", { name: "Trash" }).click();
  await expect(page.getByRole("list", { name: "Tags of “Notes”" }).getByRole("listitem")).toHaveText([
    "draft",
  ]);
});
