import type { EditorView } from "@codemirror/view";
import type { Outline } from "../outline/outline";
import type { Heading } from "../render/heading";
import RenderWorker from "../render/render-worker?worker";
import { createSanitiser } from "../sanitise/sanitise";
import { Enhancer } from "./enhancer";
import { PreviewSource } from "./preview-source";
import { PreviewView } from "./preview-view";
import type { RemoteImages } from "./remote-images";
import { ScrollSync } from "./scroll-sync";
import { toggleTask } from "./toggle-task";

interface LivePreviewOptions {
  readonly editor: EditorView;
  readonly scroller: HTMLElement;
  readonly content: HTMLElement;
  readonly images: RemoteImages;
  readonly onOutline: (outline: Outline) => void;
  /** Told when the text takes too long to be shown, and when it can be again. */
  readonly onStuck: (isStuck: boolean) => void;
}

/** The preview of what an editor holds, for as long as it is shown: renders, keeps in step, and hands ticks back. */
export class LivePreview {
  readonly #editor: EditorView;
  readonly #content: HTMLElement;
  readonly #enhancer: Enhancer;
  readonly #view: PreviewView;
  readonly #source: PreviewSource;
  readonly #sync: ScrollSync;
  /** Undefined until the text was rendered. */
  #headings: readonly Heading[] | undefined;
  /** Where to jump then. */
  #wanted: string | undefined;

  constructor({ editor, scroller, content, images, onOutline, onStuck }: LivePreviewOptions) {
    this.#editor = editor;
    this.#content = content;
    this.#enhancer = new Enhancer(scroller);
    this.#view = new PreviewView({
      parent: content,
      scroller,
      sanitiser: createSanitiser(window),
      onBlock: (block) => {
        images.mount(block);
        nameTasks(block);
        this.#enhancer.watch(block);
      },
    });
    this.#source = new PreviewSource(editor, {
      openPort: () => new RenderWorker(),
      onStuck,
      onPatch: (patch) => {
        const focused = this.#focusedTask();
        this.#view.apply(patch);
        if (focused !== undefined) this.#view.taskAt(focused)?.focus({ preventScroll: true });
        this.#headings = patch.headings;
        onOutline({
          headings: patch.headings,
          positionOfLine: (line) => this.#source.positionOfLine(line),
        });
        this.#sync.refresh();
        if (this.#wanted !== undefined) this.jump(this.#wanted);
        this.#wanted = undefined;
      },
    });
    this.#sync = new ScrollSync({ editor, scroller, content, preview: this.#view, source: this.#source });
  }

  destroy(): void {
    this.#sync.destroy();
    this.#source.destroy();
    this.#enhancer.destroy();
    this.#view.destroy();
  }

  /** Ticks or unticks the task of `checkbox` in the text, where it stands by now; false if it is gone. */
  tick(checkbox: Element): boolean {
    const line = this.#view.lineOf(checkbox);
    const position = line === undefined ? undefined : this.#source.positionOfLine(line);
    const change = position === undefined ? undefined : toggleTask(this.#editor.state, position);
    if (change !== undefined) this.#editor.dispatch(change);
    return change !== undefined;
  }

  #focusedTask(): number | undefined {
    const focused = document.activeElement;
    if (focused === null || !this.#content.contains(focused) || !focused.matches("input.md-task"))
      return undefined;
    return this.#view.lineOf(focused);
  }

  /** Shows what a link `#id` points to, be it not built yet. */
  jump(id: string): void {
    if (this.#headings === undefined) {
      this.#wanted = id;
      return;
    }
    const heading = this.#headings.find((candidate) => `md-${candidate.id}` === decoded(id));
    if (heading !== undefined) this.#sync.leadTo(heading.line);
    else this.#content.querySelector(`#${CSS.escape(id)}`)?.scrollIntoView({ block: "start" });
  }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** A checkbox is named by what follows it. */
function nameTasks(block: HTMLElement): void {
  for (const checkbox of block.querySelectorAll("input.md-task")) {
    checkbox.setAttribute("aria-label", checkbox.parentElement?.textContent?.trim().slice(0, 200) ?? "");
  }
}
