import { EditorSelection } from "@codemirror/state";
import { type EditorView, type LayerMarker, RectangleMarker } from "@codemirror/view";
import { type FlagPlace, flagPlace } from "./flag-place";
import type { Peer } from "./peer";

/** In pixels, within the layer. */
interface Place {
  readonly left: number;
  readonly top: number;
  readonly height: number;
  readonly flag: FlagPlace;
}

/** Somebody's caret with the flag that bears their name, drawn over the text so that it moves no letter. */
export class PeerCaret implements LayerMarker {
  readonly peer: Peer;
  readonly #place: Place;

  private constructor(peer: Peer, { left, top, height }: RectangleMarker, ownMiddle: number | undefined) {
    this.peer = peer;
    this.#place = { left, top, height, flag: flagPlace({ top, height }, ownMiddle) };
  }

  /** Of those peers whose carets are in what is drawn. */
  static all(view: EditorView, peers: readonly Peer[]): readonly PeerCaret[] {
    const { from, to } = view.viewport;
    const drawn = peers.filter(({ head }) => head >= from && head <= to);
    if (drawn.length === 0) return [];
    const { head } = view.state.selection.main;
    const [own] = view.hasFocus && head >= from && head <= to ? placesOf(view, head) : [];
    const ownMiddle = own && own.top + own.height / 2;
    return drawn.flatMap((peer) =>
      placesOf(view, peer.head).map((place) => new PeerCaret(peer, place, ownMiddle)),
    );
  }

  eq(other: PeerCaret): boolean {
    return (
      this.peer.clientId === other.peer.clientId &&
      this.peer.moves === other.peer.moves &&
      samePerson(this.peer, other.peer) &&
      this.#place.left === other.#place.left &&
      this.#place.top === other.#place.top &&
      this.#place.height === other.#place.height &&
      this.#place.flag === other.#place.flag
    );
  }

  draw(): HTMLElement {
    const caret = document.createElement("div");
    caret.className = "cm-peer person";
    const flag = document.createElement("span");
    flag.className = "cm-peer-flag person-fill";
    flag.dir = "auto";
    caret.append(flag);
    this.#adjust(caret, undefined);
    return caret;
  }

  /** Moves the element rather than replacing it; a movement shows the name again. */
  update(caret: HTMLElement, before: LayerMarker): boolean {
    if (!(before instanceof PeerCaret) || before.peer.clientId !== this.peer.clientId) return false;
    this.#adjust(caret, before);
    if (before.peer.moves !== this.peer.moves) {
      const flag = caret.firstElementChild;
      for (const animation of flag?.getAnimations() ?? []) {
        animation.cancel();
        animation.play();
      }
    }
    return true;
  }

  /** Sets only what differs from `before`: each property that is set has styles computed anew, the same value or not. */
  #adjust(caret: HTMLElement, before: PeerCaret | undefined): void {
    const { person } = this.peer;
    const { left, top, height, flag: side } = this.#place;
    const was = before === undefined ? undefined : before.#place;
    if (left !== was?.left) caret.style.left = `${left}px`;
    if (top !== was?.top) caret.style.top = `${top}px`;
    if (height !== was?.height) caret.style.height = `${height}px`;
    if (side !== was?.flag) caret.dataset.flag = side;
    if (before === undefined || !samePerson(this.peer, before.peer)) {
      caret.style.setProperty("--person-on-light", person.onLight);
      caret.style.setProperty("--person-on-dark", person.onDark);
    }
    const flag = caret.firstElementChild;
    if (flag !== null && flag.textContent !== person.name) flag.textContent = person.name;
  }
}

function placesOf(view: EditorView, position: number): readonly RectangleMarker[] {
  return RectangleMarker.forRange(view, "", EditorSelection.cursor(position));
}

function samePerson(a: Peer, b: Peer): boolean {
  return (
    a.person.name === b.person.name &&
    a.person.onLight === b.person.onLight &&
    a.person.onDark === b.person.onDark
  );
}
