// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Enhancer } from "./enhancer";
import { renderDiagram } from "./render-diagram";

vi.mock("./render-diagram", () => ({
  renderDiagram: vi.fn(async (element: HTMLElement, { dark }: { dark: boolean }) => {
    element.replaceChildren(dark ? "drawn in dark" : "drawn in light");
  }),
}));

/** Whatever is observed is in sight at once. */
class AllInSight implements Pick<IntersectionObserver, "observe" | "unobserve" | "disconnect"> {
  readonly #tell: (entries: { isIntersecting: boolean; target: Element }[]) => void;
  constructor(tell: (entries: { isIntersecting: boolean; target: Element }[]) => void) {
    this.#tell = tell;
  }
  observe(target: Element): void {
    queueMicrotask(() => this.#tell([{ isIntersecting: true, target }]));
  }
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", AllInSight);
  vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: false }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
  delete document.documentElement.dataset.theme;
});

function show(html: string) {
  const block = document.createElement("div");
  block.innerHTML = html;
  document.body.replaceChildren(block);
  const enhancer = new Enhancer(document.body);
  enhancer.watch(block);
  return { enhancer, block };
}

/** The library is loaded with the first diagram, which takes a busy machine its time. */
async function until(block: HTMLElement, text: string): Promise<void> {
  await vi.waitFor(() => expect(block.textContent).toBe(text), 20_000);
}

/** Observers tell in microtasks. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("draws diagrams anew, from what was written, when the theme changes", async () => {
  const { enhancer, block } = show('<pre class="md-diagram">graph LR</pre>');
  await until(block, "drawn in light");
  document.documentElement.dataset.theme = "dark";
  await until(block, "drawn in dark");
  delete document.documentElement.dataset.theme;
  await until(block, "drawn in light");
  const sources = vi.mocked(renderDiagram).mock.calls.map(([, { source }]) => source);
  expect(sources).toEqual(["graph LR", "graph LR", "graph LR"]);
  enhancer.destroy();
});

test("leaves alone what has the colours already, has gone, or is watched no more", async () => {
  const { enhancer, block } = show('<pre class="md-diagram">graph LR</pre>');
  await until(block, "drawn in light");
  document.documentElement.dataset.theme = "light";
  await settled();
  expect(renderDiagram).toHaveBeenCalledOnce();
  block.remove();
  document.documentElement.dataset.theme = "dark";
  await settled();
  document.body.append(block);
  enhancer.destroy();
  delete document.documentElement.dataset.theme;
  await settled();
  expect(renderDiagram).toHaveBeenCalledOnce();
});
