import type { Page } from "@playwright/test";
import { installed } from "../support/installed";
import { expect, installing, test } from "../support/test";
import { expectNoViolations } from "../support/violations";

test("a German browser reads German, also offline, and English once it is chosen", async ({ person }) => {
  const { page, network } = await person("Ada", { ...installing, locale: "de-DE" });
  const html = page.locator("html");
  const germanText = page.getByRole("textbox", { name: "Text des Dokuments" });
  const germanStatus = page.getByRole("status", { name: "Speicherstand" });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Ein leeres Blatt wartet" })).toBeVisible();
  await expect(html).toHaveAttribute("lang", "de");
  expect(await catalogues(page)).toEqual(["de"]);
  await expectNoViolations(page);

  await page.getByRole("button", { name: "Neues Dokument" }).click();
  await expect(germanStatus).toHaveText("Gespeichert");
  await germanText.fill("Im Zug");
  await expect(germanStatus).toHaveText("Gespeichert");
  await expectNoViolations(page);
  await installed(page);

  network.cut();
  await page.reload();
  await expect(germanText).toHaveText("Im Zug");
  await expect(germanStatus).toHaveText("Offline");
  await expect(html).toHaveAttribute("lang", "de");
  network.restore();
  await expect(germanStatus).toHaveText("Gespeichert");

  await page.getByRole("button", { name: "Mehr" }).click();
  await page.getByRole("menuitem", { name: "Einstellungen" }).click();
  await page.getByRole("combobox", { name: "Sprache der Oberfläche" }).selectOption("English");
  const englishText = page.getByRole("textbox", { name: "Document text" });
  await expect(englishText).toHaveText("Im Zug");
  await expect(html).toHaveAttribute("lang", "en");
  await page.reload();
  await expect(englishText).toHaveText("Im Zug");
  expect(await catalogues(page)).toEqual(["en"]);

  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox").fill("language of the interface");
  await page.getByRole("option", { name: "Change the language of the interface" }).click();
  await page.getByRole("option", { name: "As the browser" }).click();
  await expect(germanText).toHaveText("Im Zug");

  await page.getByRole("link", { name: "Zurück zu den Dokumenten" }).click();
  await expect(page.getByRole("heading", { name: "Dokumente" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Befehle und Dokumente" }).fill("Erscheinungsbild");
  await page.keyboard.press("Enter");
  await expect(html).toHaveAttribute("data-theme", "light");
  await page.getByRole("button", { name: "Sprache der Oberfläche" }).click();
  await page.getByRole("option", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Documents" })).toBeVisible();
});

/** The catalogues that the page has loaded. */
function catalogues(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .flatMap(({ name }) => /\/assets\/(en|de)-[^/]*\.js$/.exec(name)?.[1] ?? []),
  );
}
