import { type ChangeDesc, ChangeSet, Compartment, MapMode, StateEffect, type Text } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";
import type { RenderPatch } from "../render/render-patch";

/** As much as is needed of a worker that runs `render-worker.ts`. */
export interface RenderPort {
  onmessage: ((event: MessageEvent<RenderPatch>) => void) | null;
  postMessage(text: string): void;
  terminate(): void;
}

const pauseMs = 120;
/** Where people never pause, the preview follows all the same. */
const patienceMs = 700;

/**
 * Has an editor's text rendered off the page's thread: after a pause, one text at a time, and the rarer the longer it
 * takes. Knows where lines of the rendered text are in today's text, however much was typed since.
 */
export class PreviewSource {
  readonly #view: EditorView;
  readonly #port: RenderPort;
  readonly #onPatch: (patch: RenderPatch) => void;
  readonly #listener = new Compartment();
  #sent: { doc: Text; since: ChangeDesc; atMs: number } | undefined;
  #shown: { doc: Text; since: ChangeDesc } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirtySinceMs: number | undefined;
  #costMs = 0;

  constructor(view: EditorView, port: RenderPort, onPatch: (patch: RenderPatch) => void) {
    this.#view = view;
    this.#port = port;
    this.#onPatch = onPatch;
    port.onmessage = ({ data }) => this.#show(data);
    const listener = EditorView.updateListener.of((update) => this.#onUpdate(update));
    view.dispatch({ effects: StateEffect.appendConfig.of(this.#listener.of(listener)) });
    this.#send();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#port.onmessage = null;
    this.#port.terminate();
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
    this.#port.postMessage(doc.sliceString(0));
  }

  #show(patch: RenderPatch): void {
    if (this.#sent === undefined) return;
    this.#shown = this.#sent;
    this.#costMs = performance.now() - this.#sent.atMs;
    this.#sent = undefined;
    this.#onPatch(patch);
    if (this.#dirtySinceMs !== undefined) this.#schedule();
  }
}
