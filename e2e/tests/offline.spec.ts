import { Editor } from "../support/editor";
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
  await grace.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

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

test("a document that this device never opened says so while there is no network", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace", installing)]);
  const adas = await Editor.create(ada.page);
  await grace.page.goto("/");
  await grace.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
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
