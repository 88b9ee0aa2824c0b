import { createDocument } from "../support/documents";
import { Editor } from "../support/editor";
import { installed } from "../support/installed";
import { expect, installing, testOnSharedServer as test } from "../support/test";

test("what is written offline survives a reload and joins what others wrote meanwhile", async ({
  server,
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace", installing)]);
  const adas = await Editor.create(ada.page);
  await adas.type("Together. ");
  const graces = await Editor.join(grace.page, adas);
  await graces.expectStatus("Saved");
  // The service worker takes charge of the page from its second load on.
  await installed(grace.page);

  grace.network.cut();
  await graces.expectStatus("Offline");
  await graces.type("On the train.");
  await graces.expectStatus("Offline: 13 edits only on this device");
  await adas.type("At home. ");
  await adas.expectStatus("Saved");

  await grace.page.reload();
  await expect(graces.text).toHaveText("Together. On the train.");
  await graces.expectStatus("Offline: 13 edits only on this device");
  await graces.type("!");
  await graces.expectStatus("Offline: 14 edits only on this device");

  grace.network.restore();
  await graces.expectStatus("Saved");
  await expect(adas.text).toContainText("On the train.!");
  await adas.expectStatus("Saved");
  const merged = await adas.content();
  expect(merged).toContain("At home. ");
  await expect(graces.text).toHaveText(merged);
  expect(await server.process.text(adas.documentId)).toBe(merged);
});

test("what was written offline and left is handed over by any page, without opening the document", async ({
  server,
  person,
}) => {
  const { page, context, network } = await person("Ada");
  const open = async (id: string, tab = page) => {
    await tab.goto(`/d/${id}`);
    const editor = new Editor(tab);
    await editor.expectStatus("Saved");
    return editor;
  };
  const minutes = await createDocument(page, { title: "Minutes", text: "Minutes: " });
  const notes = await createDocument(page, { title: "Notes", text: "Notes: " });
  const tabs = [await open(minutes), await open(notes, await context.newPage())];
  const writeAndLeave = async (editor: Editor | undefined) => {
    await editor?.type("on the train");
    await editor?.expectStatus("Offline: 12 edits only on this device");
    await editor?.page.close();
  };
  network.cut();
  for (const tab of tabs) await writeAndLeave(tab);
  network.restore();

  const other = await createDocument(page, { title: "Other" });
  const editor = await open(other, await context.newPage());
  for (const [id, text] of [
    [minutes, "Minutes: on the train"],
    [notes, "Notes: on the train"],
  ] as const) {
    await expect.poll(() => server.process.text(id)).toBe(text);
  }

  network.cut();
  await writeAndLeave(editor);
  const documents = await context.newPage();
  network.restore();
  await documents.goto("/");
  await expect.poll(() => server.process.text(other)).toBe("on the train");
  await expect(documents.getByRole("list", { name: "Only on this device" })).toBeHidden();
});

test("a document that this device never opened says so while there is no network", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace", installing)]);
  const adas = await Editor.create(ada.page);
  await grace.page.goto("/");
  await installed(grace.page);
  await grace.page.reload();

  grace.network.cut();
  await grace.page.goto(new URL(ada.page.url()).pathname);
  await expect(
    grace.page.getByRole("heading", { name: "This document is not on this device yet" }),
  ).toBeVisible();

  grace.network.restore();
  await expect(new Editor(grace.page).text).toBeVisible();
  await adas.expectStatus("Saved");
});
