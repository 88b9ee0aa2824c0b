import mermaid from "mermaid";

let count = 0;
let last: Promise<unknown> = Promise.resolve();

interface DiagramOptions {
  /** In Mermaid's language. */
  readonly source: string;
  readonly dark: boolean;
  /** What readers are told who do not see it. */
  readonly label: string;
}

/**
 * Draws a diagram in `element`. It becomes an image: whatever a diagram says, an image runs no script, asks no
 * server and stays in its frame. A diagram that cannot be drawn stays as it was written.
 *
 * @throws what Mermaid has to say about the source
 */
export async function renderDiagram(
  element: HTMLElement,
  { source, dark, label }: DiagramOptions,
): Promise<void> {
  // Mermaid draws with one configuration at a time.
  const drawn = last.then(() => draw(source, dark));
  last = drawn.catch(() => undefined);
  const { svg, width, height } = await drawn;
  const image = document.createElement("img");
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  image.alt = label;
  image.width = width;
  image.height = height;
  element.classList.add("md-diagram-drawn");
  element.replaceChildren(image);
}

async function draw(source: string, dark: boolean): Promise<{ svg: string; width: number; height: number }> {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    htmlLabels: false,
    theme: dark ? "dark" : "neutral",
    // An image has only the fonts of the system.
    fontFamily: "Arial, Helvetica, sans-serif",
    secure: [
      "secure",
      "securityLevel",
      "startOnLoad",
      "maxTextSize",
      "suppressErrorRendering",
      "maxEdges",
      "htmlLabels",
      "themeCSS",
      "themeVariables",
      "fontFamily",
      "theme",
    ],
  });
  const table = drawingTable();
  const { svg } = await mermaid.render(`md-diagram-${count++}`, source, table).finally(() => table.remove());
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const [, , width = 0, height = 0] = (root.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  // An image needs measures of its own; the page's width is not one.
  root.setAttribute("width", String(Math.ceil(width)));
  root.setAttribute("height", String(Math.ceil(height)));
  return {
    svg: new XMLSerializer().serializeToString(root),
    width: Math.ceil(width),
    height: Math.ceil(height),
  };
}

/** Where Mermaid draws: laid out, since it measures there, but to be seen and heard by nobody. */
function drawingTable(): HTMLElement {
  const table = document.createElement("div");
  table.ariaHidden = "true";
  table.style.cssText =
    "position: fixed; inset: 0 auto auto 0; height: 0; overflow: hidden; visibility: hidden";
  document.body.append(table);
  return table;
}
