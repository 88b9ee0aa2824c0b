import "katex/dist/katex.min.css";
import { render } from "katex";

/** Sets the TeX that `element` holds. What cannot be set is shown as it was written, with the reason as its title. */
export function renderMath(element: HTMLElement, output: "mathml" | "htmlAndMathml"): void {
  const tex = element.textContent ?? "";
  const formula = document.createElement("span");
  render(tex, formula, {
    displayMode: element.classList.contains("md-math-display"),
    output,
    throwOnError: false,
    errorColor: "currentColor",
    // No links, images, classes or styles out of a formula; nothing as large as a page.
    trust: false,
    strict: "ignore",
    maxSize: 20,
    maxExpand: 500,
  });
  formula.className = element.className;
  element.replaceWith(formula);
}
