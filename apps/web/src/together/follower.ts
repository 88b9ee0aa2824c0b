import { EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { ySyncAnnotation } from "y-codemirror.next";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { peersField } from "../editor/peers-field";
import { textMovedEvent } from "../editor/text-moved";
import { tell } from "./awareness-fields";
import { findPerson } from "./find-person";
import { type FollowTarget, followTarget } from "./follow-target";

interface FollowerOptions {
  readonly view: EditorView;
  readonly awareness: Awareness;
  readonly text: Y.Text;
  /** The reader goes their own way: `unfollow` has been done. */
  readonly onStop: () => void;
}

/** What says that the reader wants to be elsewhere, wherever in the page's main part it happens. */
const ownWays = ["wheel", "touchmove", "pointerdown"] as const;

/** Moves this view along with somebody's, until the reader goes their own way. */
export class Follower implements PluginValue {
  readonly #options: FollowerOptions;
  readonly #stop = new AbortController();
  #personId: string | undefined;
  #shown: FollowTarget | undefined;
  #frame: number | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
    const { view, awareness, text } = options;
    const { signal } = this.#stop;
    awareness.on("change", this.#schedule);
    text.observe(this.#onText);
    const main = view.dom.closest("main") ?? view.dom;
    for (const way of ownWays) {
      main.addEventListener(way, this.#goOwnWay, { passive: true, capture: true, signal });
    }
    window.addEventListener("keydown", this.#onKeyDown, { capture: true, signal });
  }

  get personId(): string | undefined {
    return this.#personId;
  }

  follow(personId: string): void {
    this.#personId = personId;
    this.#shown = undefined;
    tell(this.#options.awareness, "following", personId);
    this.#schedule();
  }

  unfollow(): void {
    if (this.#personId === undefined) return;
    this.#personId = undefined;
    tell(this.#options.awareness, "following", null);
  }

  update({ transactions, startState, state }: ViewUpdate): void {
    if (this.#personId === undefined) return;
    const selects = transactions.some(
      (transaction) =>
        transaction.selection !== undefined && transaction.annotation(ySyncAnnotation) === undefined,
    );
    if (selects) this.#goOwnWay();
    else if (startState.field(peersField) !== state.field(peersField)) this.#schedule();
  }

  destroy(): void {
    const { awareness, text } = this.#options;
    this.unfollow();
    this.#stop.abort();
    awareness.off("change", this.#schedule);
    text.unobserve(this.#onText);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  readonly #onText = (_event: unknown, { local }: Y.Transaction) => {
    if (local) this.#goOwnWay();
  };

  readonly #onKeyDown = ({ key, target }: KeyboardEvent) => {
    if (!(target instanceof Element)) return;
    const scrolls = /^(Page|Arrow|Home|End)/.test(key) && this.#options.view.scrollDOM.contains(target);
    // In a dialog or a menu, Escape closes that.
    const escapes = key === "Escape" && target.closest("[role=dialog], [role=menu]") === null;
    if (escapes || scrolls) this.#goOwnWay();
  };

  readonly #goOwnWay = () => {
    if (this.#personId === undefined) return;
    this.unfollow();
    this.#options.onStop();
  };

  /** In a frame of its own: the editor cannot be moved while it is being updated. */
  readonly #schedule = () => {
    if (this.#personId === undefined) return;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#moveAlong();
    });
  };

  #moveAlong(): void {
    const { view, awareness, text } = this.#options;
    if (this.#personId === undefined) return;
    const height = view.scrollDOM.clientHeight;
    const target = followTarget(
      findPerson(view.state, awareness, text, this.#personId),
      (from, to) => view.lineBlockAt(to).bottom - view.lineBlockAt(from).top <= height,
    );
    if (target === undefined || sameTarget(target, this.#shown)) return;
    view.dom.dispatchEvent(new Event(textMovedEvent));
    view.dispatch({ effects: scrollTo(target, height, this.#shown === undefined) });
    this.#shown = target;
  }
}

function scrollTo({ kind, position }: FollowTarget, height: number, isFirst: boolean) {
  // Above the first line there is the margin of the page.
  if (kind === "top") {
    return EditorView.scrollIntoView(position, { y: "start", yMargin: position === 0 ? height : 0 });
  }
  // While they type on, a caret that is in view stays where it is.
  return EditorView.scrollIntoView(
    position,
    isFirst ? { y: "center" } : { y: "nearest", yMargin: height / 4 },
  );
}

function sameTarget(a: FollowTarget, b: FollowTarget | undefined): boolean {
  return a.kind === b?.kind && a.position === b.position;
}

/** The follower as an extension of its editor. */
export function following(follower: Follower) {
  return ViewPlugin.define(() => follower);
}
