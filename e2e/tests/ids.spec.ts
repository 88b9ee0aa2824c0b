import type { Page } from "@playwright/test";
import { Editor } from "../support/editor";
import { expect, testOnSharedServer as test } from "../support/test";
import { expectNoViolations } from "../support/violations";

const ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** The bits in colour that have not stepped back, by the names of their fields. */
function shownFields(page: Page): Promise<string[]> {
  return page
    .getByTestId("bits")
    .locator("span")
    .evaluateAll((cells) => [
      ...new Set(
        cells
          .filter((cell) => !cell.className.includes("opacity-25"))
          .map((cell) => (cell as HTMLElement).dataset.field ?? ""),
      ),
    ]);
}

test("any ID that is pasted is explained bit by bit, and what is none is refused in words", async ({
  person,
}) => {
  const { page } = await person("Ada");
  await page.goto("/");
  await page.getByRole("link", { name: "What is in an ID?" }).click();
  const field = page.getByRole("textbox", { name: "An ID" });
  await field.fill("O1ARZ3NDEKTSV4RRFFQ69G5FAV");
  await expect(page.getByRole("status")).toContainText("character 1, “O”, is none of its alphabet");
  await page.getByRole("button", { name: ulid }).click();
  await expect(field).toHaveValue(ulid);
  await expect(page.getByText("2016-07-30T23:54:10.259Z")).toBeVisible();
  await expect(page.getByText("80 of its 128 bits are random")).toBeVisible();
  await expect(page.getByText("No document of this server.")).toBeVisible();
  await expect(page).toHaveURL(`/ids?id=${ulid}`);

  // By the keyboard: a field shows its bits, and a screen reader has a table of them.
  const bits = page.getByTestId("bits").locator("span");
  await expect(bits).toHaveCount(128);
  const table = page.getByRole("table", { name: "Bits of this ID" });
  await expect(table.getByRole("row")).toHaveCount(3);
  await table.getByRole("button", { name: "time" }).focus();
  expect(await shownFields(page)).toEqual(["time"]);
  await page.keyboard.press("Tab");
  expect(await shownFields(page)).toEqual(["random"]);
  await page.keyboard.press("Tab");
  expect(await shownFields(page)).toEqual(["time", "random"]);

  // The address says it, too.
  await page.goto("/ids?id=017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
  await expect(page.getByRole("article", { name: "UUID version 7" })).toBeVisible();
  await field.fill("9223372036854775808");
  await expect(page.getByRole("status")).toContainText("September 2093");
  await field.fill("325000000000000000");
  await expect(page.getByText("No edit that this server can find.")).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBe(0);
});

test("samples are minted, schemes compared, and a measurement can be cancelled", async ({ person }) => {
  const { page } = await person("Ada");
  await page.goto("/ids");
  await page.getByRole("button", { name: "Mint" }).click();
  const minted = page.getByRole("list", { name: "Minted samples" }).getByRole("listitem");
  await expect(minted).toHaveCount(5);
  await page
    .getByRole("button", { name: /^Explain / })
    .first()
    .click();
  await expect(page.getByRole("textbox", { name: "An ID" })).toHaveValue(
    (await minted.first().textContent()) ?? "",
  );

  const odds = page.getByRole("list", { name: "Chance that two IDs are the same" });
  await page.getByRole("slider", { name: "IDs per second" }).fill("9");
  await page.getByRole("slider", { name: "For how many years" }).fill("100");
  await expect(odds.getByRole("listitem").filter({ hasText: "UUID version 4" })).toContainText("61 %");
  await expect(odds.getByRole("listitem").filter({ hasText: "Snowflake" })).toContainText(
    "more than one node",
  );

  await page.getByRole("button", { name: "Run the experiment" }).click();
  const results = page.getByRole("list", { name: "Results of the experiment" }).getByRole("listitem");
  await expect(results).toHaveCount(6);
  await expect(results.filter({ hasText: "ULID" })).toContainText("pages 100 % full; 0 pages divided");
  await expect(results.filter({ hasText: "UUID version 4" })).toContainText(
    /pages (6|7)\d % full; 4\d\d pages divided/,
  );

  await page.getByRole("button", { name: "Measure" }).click();
  const speeds = page.getByRole("list", { name: "IDs per second" }).getByRole("listitem");
  await expect(speeds.first()).toContainText(/ULID[\d,]+ per second/);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Measure" })).toBeVisible();
  expect(await speeds.count()).toBeLessThan(6);
  await expectNoViolations(page);
});

test("the editor shows the IDs of the document and of its newest revision, and explains them", async ({
  person,
}) => {
  const { page } = await person("Ada");
  const editor = await Editor.create(page);
  await editor.title.fill("Letter");
  await editor.type("Dear Grace");
  await editor.expectStatus("Saved");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "IDs…" }).click();
  const dialog = page.getByRole("dialog", { name: "IDs of this document" });
  await expect(dialog.getByText(editor.documentId, { exact: true })).toBeVisible();
  await expectNoViolations(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await dialog.getByRole("button", { name: `Copy ${editor.documentId}` }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(editor.documentId);

  await dialog.getByRole("link", { name: /^Explain \d+$/ }).click();
  await expect(page.getByRole("article", { name: "Snowflake" })).toBeVisible();
  await expect(page.getByText(/^an edit of/)).toHaveText("an edit of Letter");
  await page.getByRole("link", { name: "Letter" }).click();
  await expect(editor.text).toHaveText("Dear Grace");
});
