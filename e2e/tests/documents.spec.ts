import { Editor } from "../support/editor";
import { expect, testOnSharedServer as test, test as testAlone } from "../support/test";

testAlone("the documents page invites, lists, finds titles, and shows who is editing", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  await ada.page.goto("/");
  await expect(ada.page.getByRole("heading", { name: "A blank page is waiting" })).toBeVisible();

  const adas = await Editor.create(ada.page);
  await adas.title.fill("Shopping list");
  await adas.title.press("Enter");
  await grace.page.goto("/");
  const row = grace.page.getByRole("link", { name: /Shopping list/ });
  await expect(row).toBeVisible();
  await expect(grace.page.getByText("1 editing")).toBeVisible();

  await grace.page.getByRole("searchbox", { name: "Search documents" }).fill("nothing like it");
  await expect(
    grace.page.getByRole("heading", { name: "Nothing found for “nothing like it”" }),
  ).toBeVisible();
  await grace.page.getByRole("searchbox", { name: "Search documents" }).fill("shop");
  await row.click();
  await expect(new Editor(grace.page).title).toHaveValue("Shopping list");
});

test("an unknown document and an unknown page say so and lead back", async ({ person }) => {
  const { page } = await person("Ada");
  for (const [path, heading] of [
    ["/d/01ARZ3NDEKTSV4RRFFQ69G5FAV", "There is no document here"],
    ["/d/not-an-id", "There is no document here"],
    ["/nowhere", "There is no page here"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
  }
  await page.getByRole("link", { name: "Go to documents" }).click();
  await expect(page.getByRole("button", { name: "New document" }).first()).toBeVisible();
});
