import { strings } from "../../ui/strings";

const enhanced = 'code[class^="language-"], code.md-math, .md-diagram';

/** Makes of code, formulas and diagrams what they say, once they are in sight; each kind's library comes with the first. */
export class Enhancer {
  readonly #observer: IntersectionObserver;

  constructor(scroller: HTMLElement) {
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          this.#observer.unobserve(target);
          if (target instanceof HTMLElement) void enhance(target, { dark: isDark(), math: "htmlAndMathml" });
        }
      },
      { root: scroller, rootMargin: "300px 0px" },
    );
  }

  destroy(): void {
    this.#observer.disconnect();
  }

  watch(block: HTMLElement): void {
    for (const element of block.querySelectorAll(enhanced)) this.#observer.observe(element);
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

async function enhance(element: HTMLElement, look: Look): Promise<void> {
  try {
    if (element.classList.contains("md-math")) {
      const { renderMath } = await import("./render-math");
      renderMath(element, look.math);
    } else if (element.classList.contains("md-diagram")) {
      const { renderDiagram } = await import("./render-diagram");
      await renderDiagram(element, look.dark, strings.markdown.diagram);
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

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? window.matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
}
