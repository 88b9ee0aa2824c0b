import { Editor } from "../support/editor";
import { expect, test } from "../support/test";

declare global {
  interface Window {
    /** Every state that the page has shown since it was watched. It goes with the page. */
    statesSeen: string[];
  }
}

async function watchStates({ page }: Editor): Promise<void> {
  await page.evaluate(() => {
    const status = document.querySelector('[role="status"][data-state]');
    if (status === null) throw new Error("the editor is not there");
    window.statesSeen = [];
    const note = () => window.statesSeen.push(status.getAttribute("data-state") ?? "");
    new MutationObserver(note).observe(status, { attributeFilter: ["data-state"] });
  });
}

test("the server is stopped and started anew: people see that it reconnects, and go on typing", async ({
  server,
  person,
}) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  const graces = await Editor.join(grace.page, adas);
  await adas.type("Before the upgrade. ");
  for (const editor of [adas, graces]) await editor.expectStatus("Saved");
  await Promise.all([watchStates(adas), watchStates(graces)]);

  expect(await server.process.stop("SIGTERM")).toBe(0);
  await adas.expectStatus("Reconnecting…");
  await adas.type("Meanwhile. ");
  await server.restart();

  for (const editor of [adas, graces]) await editor.expectStatus("Saved");
  await adas.type("After it.");
  const whole = "Before the upgrade. Meanwhile. After it.";
  await expect(graces.text).toHaveText(whole);
  await expect.poll(() => server.process.text(adas.documentId)).toBe(whole);
  for (const { page } of [adas, graces]) {
    // Had the page been loaded anew, nobody would have watched it.
    const seen = await page.evaluate(() => window.statesSeen);
    expect(seen).toContain("reconnecting");
    expect(seen.filter((state) => !["reconnecting", "saving", "saved"].includes(state))).toEqual([]);
    await expect(page.getByRole("alert")).toHaveCount(0);
  }
});
