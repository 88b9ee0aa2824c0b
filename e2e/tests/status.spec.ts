import { Editor } from "../support/editor";
import { expect, test } from "../support/test";
import { expectNoViolations } from "../support/violations";

const token = "correct-horse-battery";

test.use({ serverEnv: { SCRIPTORIUM_OPERATOR_TOKEN: token } });

test("the operator sees how the server is, once the token is known", async ({ person }) => {
  const { page } = await person("Ada");
  const editor = await Editor.create(page);
  await editor.title.fill("Letter");
  await editor.type("Dear Grace");
  await editor.expectStatus("Saved");

  await page.goto("/status");
  const field = page.getByLabel("Operator’s token");
  await field.fill("a wrong one, alas");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("The server does not know this token.");
  await field.fill(token);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "All is well." })).toBeVisible();

  const figure = (table: string, name: string) =>
    page.getByRole("table", { name: table }).getByRole("row", { name }).getByRole("cell").first();
  await expect(figure("Documents", "Created")).toHaveText("1");
  await expect(figure("Users", "People who edited today")).toHaveText("1");
  // The address of the browser's first connection is gone by now: what is shown follows.
  await expect(figure("Traffic", "Connections")).toHaveText("0");
  const busiest = page.getByRole("region", { name: "Busiest documents" });
  await expect(busiest.getByRole("row", { name: "Letter" })).toBeVisible();
  await busiest.getByRole("radio", { name: "5 minutes" }).press("ArrowRight");
  await expect(busiest.getByRole("radio", { name: "1 hour" })).toBeChecked();
  await expectNoViolations(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);

  // This tab remembers it, until it is told not to.
  await page.reload();
  await busiest.getByRole("link", { name: "Letter" }).click();
  await expect(editor.text).toHaveText("Dear Grace");
  await page.goBack();
  await page.getByRole("button", { name: "Forget the token" }).click();
  await expect(field).toBeVisible();
});
