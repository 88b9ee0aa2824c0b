import { isDark, watchDarkness } from "../../ui/darkness";
import { strings } from "../../ui/strings";

const diagram = ".md-diagram";
const enhanced = `code[class^="language-"], code.md-math, ${diagram}`;

/** A diagram as it was written, and in which colours it was drawn. */
interface Diagram {
  readonly source: string;
  readonly dark: boolean;
}

/**
 * Makes of code, formulas and diagrams what they say, once they are in sight; each kind's library comes with the first.
 * Diagrams are images, whose colours are their own: with another theme they are drawn anew.
 */
export class Enhancer {
  readonly #observer: IntersectionObserver;
  readonly #scroller: HTMLElement;
  readonly #diagrams = new WeakMap<Element, Diagram>();
  readonly #stopWatching = watchDarkness(() => this.#redraw());

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          this.#observer.unobserve(target);
          if (target instanceof HTMLElement) this.#enhance(target);
        }
      },
      { root: scroller, rootMargin: "300px 0px" },
    );
  }

  destroy(): void {
    this.#stopWatching();
    this.#observer.disconnect();
  }

  watch(block: HTMLElement): void {
    for (const element of block.querySelectorAll(enhanced)) this.#observer.observe(element);
  }

  #enhance(element: HTMLElement): void {
    const source = this.#diagrams.get(element)?.source ?? element.textContent ?? "";
    const dark = isDark();
    if (element.matches(diagram)) this.#diagrams.set(element, { source, dark });
    void enhance(element, { dark, math: "htmlAndMathml" }, source);
  }

  /** What is in sight is drawn at once, the rest when it comes into sight. */
  #redraw(): void {
    const dark = isDark();
    for (const element of this.#scroller.querySelectorAll(diagram)) {
      const drawn = this.#diagrams.get(element);
      if (drawn !== undefined && drawn.dark !== dark) this.#observer.observe(element);
    }
  }
}

interface Look {
  readonly dark: boolean;
  readonly math: "mathml" | "htmlAndMathml";
}

/** Everything in `root`, in sight or not: for what leaves the page. */
export async function enhanceAll(root: HTMLElement, look: Look): Promise<void> {
  const elements = [...root.querySelectorAll<HTMLElement>(enhanced)];
  await Promise.all(elements.map((element) => enhance(element, look)));
}

/** @param source what the element was written as */
async function enhance(element: HTMLElement, look: Look, source = element.textContent ?? ""): Promise<void> {
  try {
    if (element.classList.contains("md-math")) {
      const { renderMath } = await import("./render-math");
      renderMath(element, look.math);
    } else if (element.classList.contains("md-diagram")) {
      const { renderDiagram } = await import("./render-diagram");
      await renderDiagram(element, { source, dark: look.dark, label: strings.markdown.diagram });
    } else {
      const name = /language-(\S+)/.exec(element.className)?.[1] ?? "";
      const { highlightElement } = await import("./highlight-code");
      await highlightElement(element, name);
    }
  } catch (cause) {
    // As written is what the reader sees then: half-typed diagrams are no errors, and offline a library may be missing.
    element.title = cause instanceof Error ? cause.message : "";
  }
}
