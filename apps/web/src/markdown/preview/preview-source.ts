import { type ChangeDesc, ChangeSet, Compartment, MapMode, StateEffect, type Text } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";
import type { RenderPatch } from "../render/render-patch";

/** As much as is needed of a worker that runs `render-worker.ts`. */
export interface RenderPort {
  onmessage: ((event: MessageEvent<RenderPatch>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(text: string): void;
  terminate(): void;
}

const pauseMs = 120;
/** Where people never pause, the preview follows all the same. */
const patienceMs = 700;

/** However slow a device is, a text that takes longer is not one that ends: a megabyte takes half a second. */
const limitMs = (length: number) => 10_000 + length / 100;
/** How long one that failed is left alone after a change. */
const restMs = 1000;

interface PreviewSourceOptions {
  /** Begins a worker that has rendered nothing yet. */
  readonly openPort: () => RenderPort;
  readonly onPatch: (patch: RenderPatch) => void;
  /** Told when a text takes too long or cannot be rendered at all, and when one can again. */
  readonly onStuck: (isStuck: boolean) => void;
}

/**
 * Has an editor's text rendered off the page's thread: after a pause, one text at a time, and the rarer the longer it
 * takes. A worker that does not come to an end is replaced, and the next change is tried anew. Knows where lines of the rendered text are in today's text, however much was typed since.
 */
export class PreviewSource {
  readonly #view: EditorView;
  readonly #options: PreviewSourceOptions;
  readonly #listener = new Compartment();
  #sent: { doc: Text; since: ChangeDesc; atMs: number } | undefined;
  #shown: { doc: Text; since: ChangeDesc } | undefined;
  /** Undefined after a failure, until the next change. */
  #port: RenderPort | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #dirtySinceMs: number | undefined;
  #costMs = 0;

  constructor(view: EditorView, options: PreviewSourceOptions) {
    this.#view = view;
    this.#options = options;
    const listener = EditorView.updateListener.of((update) => this.#onUpdate(update));
    view.dispatch({ effects: StateEffect.appendConfig.of(this.#listener.of(listener)) });
    this.#send();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#closePort();
    this.#view.dispatch({ effects: this.#listener.reconfigure([]) });
  }

  /** Where the rendered text's line `line`, from 0, begins today; undefined if it is gone. */
  positionOfLine(line: number): number | undefined {
    if (this.#shown === undefined || line < 0 || line >= this.#shown.doc.lines) return undefined;
    const { from, to } = this.#shown.doc.line(line + 1);
    const end = this.#shown.since.mapPos(to, -1, MapMode.TrackDel);
    // What was typed before a line pushes it on; a line whose ends are both gone is gone.
    const start = this.#shown.since.mapPos(from, 1, MapMode.TrackDel);
    return start ?? (end === null ? undefined : this.#view.state.doc.lineAt(end).from);
  }

  /** The line of the rendered text, from 0, that holds what is at `position` today. */
  lineAtPosition(position: number): number {
    if (this.#shown === undefined) return 0;
    const { doc, since } = this.#shown;
    return doc.lineAt(since.invertedDesc.mapPos(position)).number - 1;
  }

  #onUpdate({ docChanged, changes }: ViewUpdate): void {
    if (!docChanged) return;
    for (const text of [this.#sent, this.#shown]) if (text) text.since = text.since.composeDesc(changes.desc);
    this.#schedule();
  }

  #schedule(): void {
    const now = performance.now();
    this.#dirtySinceMs ??= now;
    if (this.#sent !== undefined) return;
    clearTimeout(this.#timer);
    const dueMs = this.#dirtySinceMs + Math.max(patienceMs, 8 * this.#costMs);
    this.#timer = setTimeout(() => this.#send(), Math.max(0, Math.min(pauseMs + this.#costMs, dueMs - now)));
  }

  #send(): void {
    const { doc } = this.#view.state;
    this.#dirtySinceMs = undefined;
    this.#sent = { doc, since: ChangeSet.empty(doc.length).desc, atMs: performance.now() };
    this.#port ??= this.#openPort();
    this.#watchdog = setTimeout(() => this.#fail(), limitMs(doc.length));
    this.#port.postMessage(doc.sliceString(0));
  }

  #openPort(): RenderPort {
    const port = this.#options.openPort();
    port.onmessage = ({ data }) => this.#show(data);
    port.onerror = () => this.#fail();
    return port;
  }

  #closePort(): void {
    clearTimeout(this.#watchdog);
    if (this.#port === undefined) return;
    this.#port.onmessage = this.#port.onerror = null;
    this.#port.terminate();
    this.#port = undefined;
  }

  /** What is shown stays, and the next change may be of another kind. */
  #fail(): void {
    this.#closePort();
    this.#sent = undefined;
    this.#costMs = restMs;
    this.#options.onStuck(true);
    if (this.#dirtySinceMs !== undefined) this.#schedule();
  }

  #show(patch: RenderPatch): void {
    if (this.#sent === undefined) return;
    clearTimeout(this.#watchdog);
    this.#shown = this.#sent;
    this.#costMs = performance.now() - this.#sent.atMs;
    this.#sent = undefined;
    this.#options.onStuck(false);
    this.#options.onPatch(patch);
    if (this.#dirtySinceMs !== undefined) this.#schedule();
  }
}
