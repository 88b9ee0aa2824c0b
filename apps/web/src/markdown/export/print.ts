import "../preview/preview.css";
import "./print.css";
import { layPrintSheet } from "../../ui/print-sheet";
import { renderWhole } from "./render-whole";

/** Opens the browser's print dialog, which also makes PDFs, on the text alone. */
export async function printDocument(text: string): Promise<void> {
  const content = await renderWhole(text, { math: "htmlAndMathml" });
  const sheet = document.createElement("div");
  sheet.className = "md-print";
  sheet.append(content);
  layPrintSheet(sheet);
  await Promise.all([document.fonts.ready, ...[...content.querySelectorAll("img")].map(loaded)]);
  window.print();
}

function loaded(image: HTMLImageElement): Promise<void> {
  image.loading = "eager";
  // What cannot be shown is no reason not to print.
  return image.decode().catch(() => undefined);
}
