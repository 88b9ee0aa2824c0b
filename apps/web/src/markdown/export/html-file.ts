import style from "./export.css?raw";
import { renderWhole } from "./render-whole";

/** Of the file itself: whatever else is done to it, it runs nothing and asks nobody. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A text as one HTML file that needs nothing else: no scripts, no fonts, no server. */
export async function htmlFile(text: string, title: string): Promise<string> {
  const content = await renderWhole(text, { math: "mathml" });
  await Promise.all([...content.querySelectorAll("img")].map(inline));
  const page = document.implementation.createHTMLDocument(title);
  page.head.prepend(
    meta(page, { charset: "utf-8" }),
    meta(page, { "http-equiv": "Content-Security-Policy", content: policy }),
    meta(page, { name: "viewport", content: "width=device-width, initial-scale=1" }),
    meta(page, { name: "color-scheme", content: "light dark" }),
    meta(page, { name: "generator", content: "Scriptorium" }),
  );
  const sheet = page.createElement("style");
  sheet.textContent = style;
  page.head.append(sheet);
  page.body.append(content);
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`;
}

function meta(page: Document, attributes: Record<string, string>): HTMLMetaElement {
  const element = page.createElement("meta");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Takes an image of this server into the file; one that cannot be had leaves its words. */
async function inline(image: HTMLImageElement): Promise<void> {
  const source = image.getAttribute("src") ?? "";
  if (source.startsWith("data:")) return;
  try {
    const response = await fetch(source);
    const blob = await response.blob();
    if (!response.ok || !blob.type.startsWith("image/")) throw new Error(`${response.status} ${blob.type}`);
    image.src = await dataAddress(blob);
  } catch {
    image.replaceWith(image.alt);
  }
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
