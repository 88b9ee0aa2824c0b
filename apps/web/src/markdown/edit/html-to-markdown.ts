import { gfm } from "@joplin/turndown-plugin-gfm";
import TurndownService from "turndown";
import { createSanitiser } from "../sanitise/sanitise";

/** Markdown that says what `html` does. The HTML is sanitised first: it comes from anywhere. */
export function htmlToMarkdown(html: string): string {
  const root = document.implementation.createHTMLDocument("").createElement("div");
  root.append(createSanitiser(window).sanitise(html));
  // Pasting is not asking for: an image keeps its address, as text.
  for (const image of root.querySelectorAll<HTMLImageElement>("img[data-src]"))
    image.setAttribute("src", image.dataset.src ?? "");
  const service = new TurndownService({
    headingStyle: "atx",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
    hr: "---",
  });
  service.use(gfm);
  // One tilde is not GitHub's.
  service.addRule("strikethrough", { filter: ["del", "s"], replacement: (content) => `~~${content}~~` });
  return service
    .turndown(root)
    .replace(/^(\s*(?:[-*+]|\d+\.)) {2,3}(?=\S)/gm, "$1 ")
    .trim();
}
