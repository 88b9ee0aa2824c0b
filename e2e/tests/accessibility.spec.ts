import { Editor } from "../support/editor";
import { expect, testOnSharedServer as test, test as testAlone } from "../support/test";
import { expectNoViolations } from "../support/violations";

testAlone("pages meet WCAG 2.2 AA, in light and dark", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  await ada.page.goto("/");
  await expect(ada.page.getByRole("heading", { name: "A blank page is waiting" })).toBeVisible();
  await expectNoViolations(ada.page);

  const adas = await Editor.create(ada.page);
  await adas.type("# A heading\n\nSome *words*, and `code`.");
  const graces = await Editor.join(grace.page, adas);
  await graces.type(" More.");
  await expect(adas.flag("Grace")).toHaveCount(1);
  await expectNoViolations(ada.page);

  await ada.page.getByRole("link", { name: "Back to documents" }).click();
  await expect(ada.page.getByText("1 editing")).toBeVisible();
  await expectNoViolations(ada.page);
});

test("the keyboard alone reaches the text and leaves it again", async ({ person }) => {
  const { page } = await person("Ada");
  await page.goto("/");
  const create = page.getByRole("button", { name: "New document" }).first();
  await create.focus();
  await page.keyboard.press("Enter");
  const editor = new Editor(page);
  await expect(editor.title).toBeFocused();
  await page.keyboard.type("By hand");
  await page.keyboard.press("Enter");
  await expect(editor.text).toBeFocused();
  await page.keyboard.type("words");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(editor.text).not.toBeFocused();
  await expect(editor.text).toHaveText("words");
});
