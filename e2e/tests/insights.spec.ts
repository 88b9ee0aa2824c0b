import { Editor } from "../support/editor";
import { FiguresPanel } from "../support/figures-panel";
import { expect, testOnSharedServer as test } from "../support/test";
import { expectNoViolations } from "../support/violations";

test("the figures of a document rise as others write, and stay when the network goes", async ({ person }) => {
  const [ada, grace] = await Promise.all([person("Ada"), person("Grace")]);
  const adas = await Editor.create(ada.page);
  await adas.type("Dear Grace,");
  await adas.expectStatus("Saved");
  const panel = await FiguresPanel.open(ada.page);
  await expect(panel.root).toBeFocused();
  await expect(panel.figure("The text", "Words")).toHaveText("2");
  await expect(panel.figure("The text", "Characters")).toHaveText("11");
  await expect(panel.figure("Now", "Editors")).toHaveText("1");
  await expect(panel.author("Ada").getByRole("cell")).toHaveText(["11", "11", "0", "just now"]);
  await expect(panel.readout).toHaveText("The last hour: 11 edits, 11 written, 0 deleted");

  const graces = await Editor.join(grace.page, adas);
  await graces.type(" I write to you");
  await expect(panel.figure("The text", "Words")).toHaveText("6");
  await expect(panel.figure("Now", "Editors")).toHaveText("2");
  await expect(panel.figure("Now", "People here")).toHaveText("2");
  await expect(panel.author("Grace").getByRole("cell").first()).toHaveText("15");
  await expect(panel.author("Grace")).toContainText("here now");
  await expect(panel.readout).toHaveText("The last hour: 26 edits, 26 written, 0 deleted");
  await expect(panel.figure("How long until saved", "Usual (half)")).toHaveText(/ms|sec/);
  await expect(panel.status).toHaveText("Live");

  ada.network.cut();
  await expect(panel.status).toHaveText(/^Not live: as it was at \d/);
  await expect(panel.figure("The text", "Words")).toHaveText("6");
  await graces.type(" today");
  await graces.expectStatus("Saved");
  ada.network.restore();
  await expect(panel.figure("The text", "Words")).toHaveText("7");
  await expect(panel.status).toHaveText("Live");
  await expect(panel.readout).toHaveText(/^The last hour: 32 edits/);

  await ada.page.keyboard.press("Escape");
  await expect(panel.root).toBeHidden();
  await expect(adas.text).toBeFocused();
});

test("activity is read from charts, by the keyboard and from a table", async ({ person }) => {
  const { page } = await person("Ada", { viewport: { width: 1440, height: 900 } });
  const editor = await Editor.create(page);
  // The palette knows it, too; and there is something to say where nothing has happened.
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox").fill("figures of");
  await page.keyboard.press("Enter");
  const panel = new FiguresPanel(page);
  await expect(panel.part("Activity")).toContainText("Nobody has edited in this hour.");
  await editor.type("abcdef");
  await page.keyboard.press("Backspace");
  await editor.expectStatus("Saved");
  await expect(panel.readout).toHaveText("The last hour: 7 edits, 6 written, 1 deleted");

  // The newest minutes hold them all, even if one has gone by since.
  await panel.scrubber.focus();
  await expect(panel.scrubber).toHaveAttribute("aria-valuetext", / · \d edits? · /);
  const newest = await panel.scrubber.inputValue();
  await page.keyboard.press("ArrowLeft");
  expect(Number(await panel.scrubber.inputValue())).toBe(Number(newest) - 1);
  await page.keyboard.press("Home");
  await expect(panel.scrubber).toHaveAttribute(
    "aria-valuetext",
    / · 0 edits · 0 written, 0 deleted · 0 editors$/,
  );
  expect(await panel.readout.textContent()).toBe(await panel.scrubber.getAttribute("aria-valuetext"));

  // Dragging looks at a part, pointing reads one bar of it.
  const plot = panel.part("Activity").locator(".u-over").first();
  const box = await plot.boundingBox();
  if (box === null) throw new Error("there is no chart");
  const place = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  await page.mouse.move(...place(0.52));
  await page.mouse.down();
  await page.mouse.move(...place(0.7));
  await page.mouse.move(...place(0.996));
  await page.mouse.up();
  await page.mouse.move(0, 0);
  await expect(panel.readout).toHaveText(/^\d+:\d\d.[AP]M to \d+:\d\d.[AP]M: 7 edits/);
  await page.mouse.move(...place(0.01));
  await expect(panel.readout).toHaveText(/ · 0 edits · /);
  await page.mouse.move(0, 0);
  await panel.part("Activity").getByRole("button", { name: "Show all" }).click();
  await expect(panel.readout).toHaveText("The last hour: 7 edits, 6 written, 1 deleted");
  await expectNoViolations(page);

  await panel.root.getByRole("radio", { name: "Day" }).check();
  await expect(panel.readout).toHaveText(/^The last 90 days: 7 edits/);
  await panel.root.getByRole("checkbox", { name: "Show as table" }).check();
  const rows = panel.root.getByRole("table", { name: "Activity" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1).getByRole("cell")).toHaveText(["7", "6", "1", "1"]);
  await panel.part("Activity").getByRole("button", { name: "What is meant by “Activity”" }).click();
  await expect(panel.part("Activity")).toContainText("Days begin at midnight UTC.");
  await panel.root.getByRole("button", { name: "Name" }).click();
  await expect(panel.root.getByRole("columnheader", { name: "Name" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );

  // Remembered, where it does not cover the text; and it takes the focus from nobody.
  await page.reload();
  await expect(rows).toHaveCount(2);
  await expect(editor.title).toBeFocused();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(rows).toHaveCount(2);
  const overflow = await panel.root.evaluate((root) => {
    const scrolling = [...root.querySelectorAll("*")].filter(
      (part) => getComputedStyle(part).overflowY === "auto",
    );
    return scrolling.map((part) => part.scrollWidth - part.clientWidth);
  });
  expect(overflow).toEqual([0]);
  await page.reload();
  await editor.expectStatus("Saved");
  await expect(panel.root).toBeHidden();
});
