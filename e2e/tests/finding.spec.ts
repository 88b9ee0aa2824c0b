import type { Page } from "@playwright/test";
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

test("the menu renames and deletes; what is in the trash comes back", async ({ server, person }) => {
  const { page } = await person("Ada");
  await server.process.createDocument({ title: "Draft" });
  await page.goto("/");
  await page.getByRole("button", { name: "More: Draft" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Document title" }).fill("Final");
  await page.keyboard.press("Enter");
  await expect(titlesOf(page)).toHaveText(["Final"]);

  await page.getByRole("button", { name: "More: Final" }).click();
  await expectNoViolations(page);
  await page.getByRole("menuitem", { name: "Move to the trash" }).click();
  await expect(page.getByText("“Final” is in the trash")).toBeVisible();
  await expect(page.getByRole("heading", { name: "A blank page is waiting" })).toBeVisible();
  await page.getByRole("link", { name: "Trash" }).click();
  await expect(page.getByText(/Deleted just now/)).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Restore: Final" }).click();
  await expect(page.getByRole("heading", { name: "The trash is empty" })).toBeVisible();
  await page.getByRole("link", { name: "All" }).click();
  await expect(titlesOf(page)).toHaveText(["Final"]);
});
