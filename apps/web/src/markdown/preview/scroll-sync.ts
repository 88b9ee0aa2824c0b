import type { EditorView } from "@codemirror/view";
import { textMovedEvent } from "../../editor/text-moved";
import type { PreviewSource } from "./preview-source";
import type { PreviewView } from "./preview-view";

interface SyncOptions {
  readonly editor: EditorView;
  /** What the preview scrolls in. */
  readonly scroller: HTMLElement;
  /** What is scrolled there. */
  readonly content: HTMLElement;
  readonly preview: PreviewView;
  readonly source: PreviewSource;
}

const passesMax = 6;
/** A pane that does not move may be at its end only because what comes is not laid out yet: it is looked at twice. */
const passesAtRest = 2;

/** What is left of looking at a pane that is being moved. */
interface Passes {
  readonly left: number;
  readonly atRest: number;
}

const allPasses: Passes = { left: passesMax, atRest: 0 };

/** After a look that moved the pane by `moved` pixels; undefined if that was the last. */
function nextPass({ left, atRest }: Passes, moved: number): Passes | undefined {
  const next = { left: left - 1, atRest: Math.abs(moved) > 1 ? 0 : atRest + 1 };
  return next.left > 0 && next.atRest < passesAtRest ? next : undefined;
}

const inputs = ["wheel", "pointerdown", "touchstart", "keydown", "focusin"] as const;

/**
 * Keeps text and preview at the same line. The one that a person last touched leads, and the other follows; what the
 * follower's scrolling reports is never heeded, so that neither drives the other in a circle.
 */
export class ScrollSync {
  readonly #options: SyncOptions;
  readonly #stop = new AbortController();
  readonly #resizes: ResizeObserver;
  #leader: "editor" | "preview" = "editor";
  /** The reader asked for the end of the preview, and for nothing else since. */
  #wantsEnd = false;
  #frame: number | undefined;

  constructor(options: SyncOptions) {
    this.#options = options;
    const { editor, scroller, content } = options;
    const listening = { passive: true, capture: true, signal: this.#stop.signal };
    for (const input of inputs) {
      editor.dom.addEventListener(input, () => this.#lead("editor"), listening);
      scroller.addEventListener(input, () => this.#lead("preview"), listening);
    }
    scroller.addEventListener("keydown", ({ key }) => (this.#wantsEnd = key === "End"), listening);
    editor.dom.addEventListener(textMovedEvent, () => this.#lead("editor"), listening);
    editor.scrollDOM.addEventListener("scroll", () => this.#onScroll("editor"), listening);
    scroller.addEventListener("scroll", () => this.#onScroll("preview"), listening);
    this.#resizes = new ResizeObserver(() => this.#onResize());
    this.#resizes.observe(content);
  }

  destroy(): void {
    this.#stop.abort();
    this.#resizes.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  /** What is shown has changed, or the panes have. */
  refresh(): void {
    this.#onScroll(this.#leader);
  }

  /** Has the preview lead, with line `line` of the source at its top. */
  leadTo(line: number): void {
    this.#lead("preview");
    this.#show(line, allPasses);
  }

  /** What comes into view gets its real height only then. */
  #show(line: number, passes: Passes): void {
    const { scroller } = this.#options;
    const before = scroller.scrollTop;
    this.#showInPreview(line);
    const next = nextPass(passes, scroller.scrollTop - before);
    if (next === undefined) return;
    requestAnimationFrame(() => {
      if (this.#leader === "preview" && !this.#stop.signal.aborted) this.#show(line, next);
    });
  }

  #showInPreview(line: number): void {
    const { scroller, preview } = this.#options;
    scroller.scrollTop += preview.topOf(line) - scroller.getBoundingClientRect().top;
  }

  #lead(pane: "editor" | "preview"): void {
    this.#leader = pane;
    this.#wantsEnd = false;
  }

  /** What came into view got its real height: the lines are elsewhere, and the end is. */
  #onResize(): void {
    const { scroller } = this.#options;
    if (this.#wantsEnd) scroller.scrollTop = scroller.scrollHeight;
    this.refresh();
  }

  #onScroll(pane: "editor" | "preview"): void {
    if (pane !== this.#leader) return;
    this.#schedule(allPasses);
  }

  /** What comes into view gets its real height only then: the follower's place is corrected until it holds. */
  #schedule(passes: Passes): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      const follower = this.#leader === "editor" ? this.#options.scroller : this.#options.editor.scrollDOM;
      const before = follower.scrollTop;
      if (this.#leader === "editor") this.#followEditor();
      else this.#followPreview();
      const next = nextPass(passes, follower.scrollTop - before);
      if (next !== undefined) this.#schedule(next);
    });
  }

  #followEditor(): void {
    const { editor, scroller, source } = this.#options;
    const top = editor.scrollDOM.scrollTop;
    if (top <= 0) {
      scroller.scrollTop = 0;
      return;
    }
    const height = editor.scrollDOM.getBoundingClientRect().top - editor.documentTop;
    const block = editor.lineBlockAtHeight(Math.max(0, height));
    const share = block.height <= 0 ? 0 : Math.min(1, Math.max(0, (height - block.top) / block.height));
    this.#showInPreview(source.lineAtPosition(block.from) + share);
  }

  #followPreview(): void {
    const { editor, scroller, preview, source } = this.#options;
    if (scroller.scrollTop <= 0) {
      editor.scrollDOM.scrollTop = 0;
      return;
    }
    const line = preview.lineAt(scroller.getBoundingClientRect().top);
    const position = source.positionOfLine(Math.floor(line));
    if (position === undefined) return;
    const block = editor.lineBlockAt(position);
    const place = editor.documentTop + block.top + (line % 1) * block.height;
    editor.scrollDOM.scrollTop += place - editor.scrollDOM.getBoundingClientRect().top;
  }
}
