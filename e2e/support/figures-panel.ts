import type { Locator, Page } from "@playwright/test";

/** The figures of a document beside its text, found as a person finds them. */
export class FiguresPanel {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens it from the menu of the editor. */
  static async open(page: Page): Promise<FiguresPanel> {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Figures" }).click();
    return new FiguresPanel(page);
  }

  get root(): Locator {
    return this.page.getByRole("complementary", { name: "Figures of this document" });
  }

  get status(): Locator {
    return this.root.getByTestId("liveness");
  }

  /** The part below a heading. */
  part(heading: string): Locator {
    return this.root.getByRole("region", { name: heading, exact: true });
  }

  /** One figure of a part, by its name. */
  figure(heading: string, name: string): Locator {
    return this.part(heading)
      .locator("dl > div")
      .filter({ has: this.page.getByText(name, { exact: true }) })
      .getByRole("definition")
      .first();
  }

  /** What is said of the bar that is pointed at, or of all. */
  get readout(): Locator {
    return this.root.getByTestId("readout");
  }

  get scrubber(): Locator {
    return this.root.getByRole("slider", { name: "Point in time" });
  }

  author(name: string): Locator {
    return this.root.getByRole("table", { name: "Authors" }).getByRole("row").filter({ hasText: name });
  }
}
