import type { Page } from "@playwright/test";
import { joinCrowd } from "../support/crowd";
import { createDocument } from "../support/documents";
import { Editor } from "../support/editor";
import { installed } from "../support/installed";
import { expect, installing, testOnSharedServer as test, test as testAlone } from "../support/test";
import { expectNoViolations } from "../support/violations";

/** So many lines that few of them are in view. */
const manyLines = Array.from({ length: 200 }, (_, index) => `line ${index + 1}`).join("\n");

/** Opens a document that has this text already. */
async function openText(page: Page, text: string): Promise<Editor> {
  const id = await createDocument(page, { text });
  await page.goto(`/d/${id}`);
  const editor = new Editor(page);
  await editor.expectStatus("Saved");
  return editor;
}

test("a person goes to another, follows their view, goes their own way, and hears that they left", async ({
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const { page } = ada;
  const adas = await openText(page, manyLines);
  const graces = await Editor.join(grace.page, adas);
  await expect(page.getByRole("button", { name: "2 people here" })).toBeVisible();
  await graces.text.focus();
  await grace.page.keyboard.press("ControlOrMeta+End");

  // Grace is far below: her name stands at the edge, and leads to her.
  const line = (number: number) => adas.text.getByText(`line ${number}`, { exact: true });
  await expect(line(200)).toHaveCount(0);
  const chip = page.getByRole("button", { name: "Grace is below: go there" });
  await expect(chip).toBeVisible();
  await expectNoViolations(page);
  await chip.click();
  await expect(line(200)).toBeInViewport();
  await expect(page.locator(".cm-flash")).toHaveText("line 200");
  await expect(chip).toHaveCount(0);

  // Followed, she is scrolled along with, though her caret stays where it is.
  await page.getByRole("button", { name: "2 people here" }).click();
  await page.getByRole("button", { name: "Follow Grace" }).click();
  const footer = page.getByRole("contentinfo");
  const bar = footer.getByText("Following Grace");
  await expect(bar).toBeVisible();
  await grace.page.locator(".cm-scroller").evaluate((scroller) => scroller.scrollTo(0, 0));
  await expect(line(1)).toBeInViewport();
  await graces.text.getByText("line 3", { exact: true }).click();
  await grace.page.keyboard.press("ControlOrMeta+End");
  await expect(line(200)).toBeInViewport();

  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
  await grace.page.keyboard.press("ControlOrMeta+Home");
  await expect(page.getByRole("button", { name: "Grace is above: go there" })).toBeVisible();
  await expect(line(200)).toBeInViewport();

  await page.getByRole("button", { name: "2 people here" }).click();
  await page.getByRole("button", { name: "Follow Grace" }).click();
  await expect(line(1)).toBeInViewport();
  await grace.page.close();
  await expect(footer.getByText("Grace has left")).toBeVisible();
  await expect(page.getByText("Grace left.")).toBeAttached();
  await expect(footer.getByText("Grace has left")).toHaveCount(0);
});

test("one hears who comes and what they write, sees who types and who is away, and is led to far edits", async ({
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const { page } = ada;
  const adas = await openText(page, manyLines);
  await adas.text.focus();
  const said = page.locator("[aria-live=polite]");
  // Whoever is there within two seconds of one's own arrival was there before.
  await page.waitForFunction(() => performance.now() > 5000);
  const graces = await Editor.join(grace.page, adas);
  await expect(said.getByText("Grace joined.")).toBeAttached();

  await graces.text.focus();
  await grace.page.keyboard.press("ControlOrMeta+End");
  await expect(grace.page.getByRole("button", { name: "Ada is above: go there" })).toBeVisible();
  await grace.page.keyboard.type("!");
  const avatar = page.locator("header .avatar").nth(1);
  await expect(avatar).toHaveAttribute("data-activity", "typing");
  await expect(said.getByText("Grace edited line 200.")).toBeAttached();
  await expect(avatar).toHaveAttribute("data-activity", "here");
  await page.getByRole("button", { name: "Edited by Grace just now" }).click();
  await expect(adas.text.getByText("line 200!", { exact: true })).toBeInViewport();
  await expect(page.getByRole("button", { name: "Edited by Grace just now" })).toHaveCount(0);

  // As when Grace looks at another tab.
  await grace.page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(avatar).toHaveAttribute("data-activity", "away");
  await page.getByRole("button", { name: "2 people here" }).click();
  await expect(page.getByRole("button", { name: "Go to Grace, away" })).toBeVisible();
});

test("twelve people have room in the bar of a phone, and one chip where all are out of view", async ({
  server,
  person,
}) => {
  const { page } = await person("Ada");
  await page.setViewportSize({ width: 390, height: 844 });
  const editor = await openText(page, manyLines);
  const names = ["Bea", "Cleo", "Dora", "Edith", "Fay", "Grace", "Hedy", "Ida", "Joan", "Kay", "Lise"];
  const leave = await joinCrowd({
    socketUrl: `ws://127.0.0.1:${server.process.port}/ws`,
    documentId: editor.documentId,
    names,
  });
  const people = page.getByRole("button", { name: "12 people here" });
  await expect(people).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect((await editor.title.boundingBox())?.width).toBeGreaterThan(90);
  await people.click();
  const list = page.getByRole("list", { name: "Here now" });
  await expect(list.getByRole("listitem")).toHaveCount(11);
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "11 people are below: go to the nearest" }).click();
  await expect(editor.text.getByText("line 200", { exact: true })).toBeInViewport();
  leave();
  await expect(page.getByRole("button", { name: "1 person here" })).toBeVisible();
});

testAlone(
  "who begins documents without a network finds them on the server when it is back",
  async ({ server, person }) => {
    const { page, context, network } = await person("Ada", installing);
    await page.goto("/");
    await installed(page);
    await page.reload();
    network.cut();

    // One is left for the documents page, the other is open when the network returns.
    const editor = new Editor(page);
    const begin = async (title: string, text: string) => {
      await page.evaluate(() => document.documentElement.setAttribute("data-page", "same"));
      await page.getByRole("button", { name: "New document" }).first().click();
      await editor.title.fill(title);
      await editor.title.press("Enter");
      await editor.type(text);
      await editor.expectStatus(`Offline: ${text.length} edits only on this device`);
      // A grammar that cannot be had is no reason to load the page anew, in the middle of a word.
      await expect(page.locator("html[data-page=same]")).toBeAttached();
    };
    await begin("On the train", "Snow.");
    await page.reload();
    await expect(editor.title).toHaveValue("On the train");
    await expect(editor.text).toHaveText("Snow.");
    await page.goto("/");
    const onlyHere = page.getByRole("list", { name: "Only on this device" });
    await expect(onlyHere.getByRole("link", { name: "On the train" })).toContainText(
      "5 edits not on the server yet",
    );
    await expectNoViolations(page);
    await begin("In the tunnel", "Dark");
    const begunAs = editor.documentId;

    // A second tab has the text, and neither says anything else than the other of what waits.
    const second = new Editor(await context.newPage());
    await second.page.goto(`/d/${begunAs}`);
    await second.expectStatus("Offline: 4 edits only on this device");
    await second.type("!");
    for (const tab of [editor, second]) await tab.expectStatus("Offline: 5 edits only on this device");

    network.restore();
    for (const tab of [editor, second]) {
      await expect(tab.text).toHaveText("Dark!");
      await tab.expectStatus("Saved");
      expect(tab.documentId).not.toBe(begunAs);
    }
    expect(second.documentId).toBe(editor.documentId);
    expect(await server.process.text(editor.documentId)).toBe("Dark!");
    await second.page.close();
    // One goes on where one was, also by the address that it had at first.
    await page.keyboard.type(" again");
    await expect(editor.text).toHaveText("Dark again!");
    // What one did before is undone there still: "!" is the other tab's.
    for (const text of ["Dark!", "!"]) {
      await page.keyboard.press("ControlOrMeta+z");
      await expect(editor.text).toHaveText(text);
    }
    for (const text of ["Dark!", "Dark again!"]) {
      await page.keyboard.press("ControlOrMeta+Shift+z");
      await expect(editor.text).toHaveText(text);
    }
    await page.goto(`/d/${begunAs}`);
    await expect(editor.text).toHaveText("Dark again!");
    await editor.expectStatus("Saved");

    await page.goto("/");
    await expect(onlyHere).toHaveCount(0);
    await page
      .getByRole("list", { name: "Documents" })
      .getByRole("link", { name: /On the train/ })
      .click();
    await editor.expectStatus("Saved");
    expect(await server.process.text(editor.documentId)).toBe("Snow.");
  },
);

test("a document that was deleted meanwhile goes on as a new one", async ({ person }) => {
  const { page, network } = await person("Ada");
  const editor = await Editor.create(page);
  await editor.title.fill("Minutes");
  await editor.title.press("Enter");
  await editor.type("Kept words");
  await editor.expectStatus("Saved");
  const deleted = editor.documentId;
  await page.request.delete(`${network.origin}/api/v1/documents/${deleted}`);
  await page.getByRole("button", { name: "Make a new document of it" }).click();
  await expect(editor.title).toHaveValue("Minutes (copy)");
  await editor.expectStatus("Saved");
  await expect(editor.text).toHaveText("Kept words");
  expect(editor.documentId).not.toBe(deleted);
});
