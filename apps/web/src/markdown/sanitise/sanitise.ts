import createPurifier, { type Config, type WindowLike } from "dompurify";
import { describeImage } from "./image-source";
import { isOwnClass } from "./own-classes";

/** Makes untrusted HTML harmless. */
export interface Sanitiser {
  /** The result is built from nodes, never parsed again. */
  sanitise(html: string): DocumentFragment;
}

const config = {
  ALLOWED_TAGS: (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure " +
    "h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub " +
    "summary sup table tbody td tfoot th thead time tr u ul var wbr #text"
  ).split(" "),
  ALLOWED_ATTR: (
    "align alt checked class colspan data-line dir disabled height href id lang open reversed rowspan src start title " +
    "type width"
  ).split(" "),
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // Ids are prefixed below, together with the links to them.
  SANITIZE_DOM: false,
  RETURN_DOM_FRAGMENT: true,
} as const satisfies Config;

/** What runs the way that its own first letter does. */
const directed = new Set(
  "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote table th td caption details summary figcaption".split(
    " ",
  ),
);

/**
 * What may stand in a text that anybody can write: structure, links and images; no script, no styles, no forms, no
 * frames, no classes and ids but our own, and nothing that asks another server without being told to.
 */
export function createSanitiser(window: WindowLike): Sanitiser {
  const purifier = createPurifier(window);
  purifier.addHook("uponSanitizeAttribute", (node, data) => {
    const { attrName, attrValue } = data;
    if (attrName === "src" && node.localName !== "img") data.keepAttr = false;
    if (attrName === "id") data.attrValue = prefixed(attrValue);
    if (attrName === "href" && attrValue.startsWith("#")) data.attrValue = `#${prefixed(attrValue.slice(1))}`;
    if (attrName === "class") data.attrValue = attrValue.split(/\s+/).filter(isOwnClass).join(" ");
    if (attrName === "data-line" && !/^\d{1,9}$/.test(attrValue)) data.keepAttr = false;
    if (attrName === "dir" && !/^(ltr|rtl|auto)$/i.test(attrValue)) data.keepAttr = false;
  });
  purifier.addHook("afterSanitizeAttributes", (node) => {
    if (directed.has(node.localName) && !node.hasAttribute("dir")) node.setAttribute("dir", "auto");
    if (node.localName === "a" && node.hasAttribute("href")) makeQuiet(node);
    if (node.localName === "img") makeAsk(node);
    if (node.localName === "input") node.setAttribute("type", "checkbox");
    if (node.localName === "input" && !node.classList.contains("md-task")) node.setAttribute("disabled", "");
  });
  return { sanitise: (html) => purifier.sanitize(html, config) };
}

/** Keeps a text's ids away from those of the page, and from names that scripts look up. */
function prefixed(id: string): string {
  return id.startsWith("md-") ? id : `md-${id}`;
}

function makeQuiet(link: Element): void {
  link.setAttribute("rel", "noopener noreferrer nofollow");
  if (!link.getAttribute("href")?.startsWith("#")) link.setAttribute("target", "_blank");
}

/** An image elsewhere tells its server who reads: it keeps its address as `data-src` until somebody asks for it. */
function makeAsk(image: Element): void {
  const source = describeImage(image.getAttribute("src") ?? "");
  if (source.kind === "own") {
    image.setAttribute("loading", "lazy");
    return;
  }
  image.removeAttribute("src");
  if (source.kind === "remote") image.setAttribute("data-src", source.url);
}
