import { Editor } from "../support/editor";
import { expect, testOnSharedServer as test } from "../support/test";

test("two people type at once in the same paragraph, and each sees the other's caret", async ({
  server,
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  await adas.type("It was a quiet morning.");
  const graces = await Editor.join(grace.page, adas);
  await expect(graces.text).toHaveText("It was a quiet morning.");

  // Both are in the one paragraph: Ada at its end, Grace at its start.
  await graces.text.focus();
  await grace.page.keyboard.press("ControlOrMeta+Home");
  const adasWords = " The kettle sang, and nobody spoke.";
  const gracesWords = "Snow had fallen in the night. ";
  await Promise.all([adas.type(adasWords), grace.page.keyboard.type(gracesWords)]);

  const whole = `${gracesWords}It was a quiet morning.${adasWords}`;
  for (const editor of [adas, graces]) {
    await expect(editor.text).toHaveText(whole);
    await editor.expectStatus("Saved");
  }
  await expect(adas.flag("Grace")).toHaveCount(1);
  await expect(graces.flag("Ada")).toHaveCount(1);
  expect(await server.process.text(adas.documentId)).toBe(whole);
});

test("a selection, a title and a name reach the other person", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  await adas.type("one two three");
  const graces = await Editor.join(grace.page, adas);

  await adas.text.focus();
  await ada.page.keyboard.press("ControlOrMeta+a");
  await expect(grace.page.locator(".cm-peer-selection")).not.toHaveCount(0);

  await adas.title.fill("Minutes");
  await adas.title.press("Enter");
  await expect(graces.title).toHaveValue("Minutes");

  await grace.page.getByRole("button", { name: "2 people here" }).click();
  await grace.page.getByRole("textbox", { name: "Your name" }).fill("Grace H");
  await grace.page.keyboard.press("Enter");
  await grace.page.keyboard.press("Escape");
  await graces.text.focus();
  await expect(adas.flag("Grace H")).toHaveCount(1);
});

test("who leaves takes the caret along", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  const graces = await Editor.join(grace.page, adas);
  await graces.type("here");
  await expect(adas.flag("Grace")).toHaveCount(1);

  await grace.page.close();

  await expect(adas.flag("Grace")).toHaveCount(0);
  await expect(ada.page.getByRole("button", { name: "1 person here" })).toBeVisible();
});

test("undo takes back one's own words only", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  await adas.type("mine ");
  const graces = await Editor.join(grace.page, adas);
  await graces.type("hers");
  await expect(adas.text).toHaveText("mine hers");

  await adas.text.focus();
  await ada.page.keyboard.press("ControlOrMeta+z");

  await expect(adas.text).toHaveText("hers");
  await expect(graces.text).toHaveText("hers");
});

test("an input method that turns one emoji into another changes the shared text as it changes the page", async ({
  server,
  person,
}) => {
  const { page } = await person("Ada");
  const editor = await Editor.create(page);
  await editor.type("a");
  const keyboard = await page.context().newCDPSession(page);
  for (const text of ["😀", "😁", "😃"]) {
    await keyboard.send("Input.imeSetComposition", { text, selectionStart: 2, selectionEnd: 2 });
  }
  await keyboard.send("Input.insertText", { text: "😃" });

  await expect(editor.text).toHaveText("a😃");
  await editor.expectStatus("Saved");
  expect(await server.process.text(editor.documentId)).toBe("a😃");
});

test("a title can be extended word by word", async ({ person }) => {
  const { page } = await person("Ada");
  const editor = await Editor.create(page);
  await editor.title.fill("Minutes");
  await editor.title.press("Enter");
  await expect(editor.text).toBeFocused();

  await editor.title.focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" of the meeting");
  await page.keyboard.press("Enter");

  await expect(editor.title).toHaveValue("Minutes of the meeting");
  await page.reload();
  await expect(editor.title).toHaveValue("Minutes of the meeting");
});
