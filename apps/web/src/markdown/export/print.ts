import "../preview/preview.css";
import "./print.css";
import { renderWhole } from "./render-whole";

/** Opens the browser's print dialog, which also makes PDFs, on the text alone. */
export async function printDocument(text: string): Promise<void> {
  const content = await renderWhole(text, { math: "htmlAndMathml" });
  const sheet = document.createElement("div");
  sheet.className = "md-print";
  sheet.append(content);
  document.body.append(sheet);
  document.documentElement.classList.add("md-printing");
  await Promise.all([document.fonts.ready, ...[...content.querySelectorAll("img")].map(loaded)]);
  const done = () => {
    document.documentElement.classList.remove("md-printing");
    sheet.remove();
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}

function loaded(image: HTMLImageElement): Promise<void> {
  image.loading = "eager";
  // What cannot be shown is no reason not to print.
  return image.decode().catch(() => undefined);
}
