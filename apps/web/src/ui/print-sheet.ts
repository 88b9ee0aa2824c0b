import "./print-sheet.css";

/** Has the browser print `sheet` in place of the page, until it has printed. */
export function layPrintSheet(sheet: HTMLElement): void {
  sheet.classList.add("print-sheet");
  document.body.append(sheet);
  document.documentElement.classList.add("printing");
  const done = () => {
    document.documentElement.classList.remove("printing");
    sheet.remove();
  };
  window.addEventListener("afterprint", done, { once: true });
}

/** Whether a sheet waits to be printed. */
export function hasPrintSheet(): boolean {
  return document.documentElement.classList.contains("printing");
}
