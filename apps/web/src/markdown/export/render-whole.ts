import { strings } from "../../ui/strings";
import { enhanceAll } from "../preview/enhancer";
import { markdownParser } from "../render/markdown-parser";
import { renderDocument } from "../render/render-document";
import { createSanitiser } from "../sanitise/sanitise";
import { withAllParts } from "./with-all-parts";

interface WholeOptions {
  /** How formulas are set: as MathML, which needs no fonts, or as it looks best. */
  readonly math: "mathml" | "htmlAndMathml";
}

/**
 * A whole text, sanitised, with code, formulas and diagrams set, in light colours as on paper.
 *
 * @throws {ExportError} PART_MISSING
 */
export async function renderWhole(text: string, { math }: WholeOptions): Promise<HTMLElement> {
  const root = document.createElement("main");
  root.className = "md-content";
  const sanitiser = createSanitiser(window);
  for (const { html } of renderDocument(markdownParser(), text).blocks) root.append(sanitiser.sanitise(html));
  for (const image of root.querySelectorAll<HTMLImageElement>("img:not([src])"))
    image.replaceWith(imageLink(image));
  for (const task of root.querySelectorAll("input")) task.setAttribute("disabled", "");
  for (const noted of root.querySelectorAll("[data-line]")) noted.removeAttribute("data-line");
  await withAllParts(() => enhanceAll(root, { dark: false, math }));
  return root;
}

/** An image elsewhere would tell its server of every reader: what leaves here links to it. */
function imageLink({ alt, dataset, ownerDocument }: HTMLImageElement): Node {
  if (dataset.src === undefined) return ownerDocument.createTextNode(alt);
  const link = ownerDocument.createElement("a");
  link.href = dataset.src;
  link.rel = "noopener noreferrer nofollow";
  link.textContent = alt === "" ? strings.markdown.image : alt;
  return link;
}
