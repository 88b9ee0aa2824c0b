import { EditorSelection } from "@codemirror/state";
import { type EditorView, type LayerMarker, RectangleMarker } from "@codemirror/view";
import { type FlagPlace, flagPlace } from "./flag-place";
import type { Peer } from "./peer";

/** Somebody's caret with the flag that bears their name, drawn over the text so that it moves no letter. */
export class PeerCaret implements LayerMarker {
  readonly peer: Peer;
  readonly #left: number;
  readonly #top: number;
  readonly #height: number;
  readonly #flag: FlagPlace;

  private constructor(peer: Peer, place: RectangleMarker, ownMiddle: number | undefined) {
    this.peer = peer;
    this.#flag = flagPlace(place, ownMiddle);
    this.#left = place.left;
    this.#top = place.top;
    this.#height = place.height;
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
      this.#left === other.#left &&
      this.#top === other.#top &&
      this.#height === other.#height &&
      this.#flag === other.#flag
    );
  }

  draw(): HTMLElement {
    const caret = document.createElement("div");
    caret.className = "cm-peer person";
    const flag = document.createElement("span");
    flag.className = "cm-peer-flag person-fill";
    flag.dir = "auto";
    caret.append(flag);
    this.#adjust(caret);
    return caret;
  }

  /** Moves the element rather than replacing it; a movement shows the name again. */
  update(caret: HTMLElement, before: LayerMarker): boolean {
    if (!(before instanceof PeerCaret) || before.peer.clientId !== this.peer.clientId) return false;
    this.#adjust(caret);
    if (before.peer.moves !== this.peer.moves) {
      const flag = caret.firstElementChild;
      for (const animation of flag?.getAnimations() ?? []) {
        animation.cancel();
        animation.play();
      }
    }
    return true;
  }

  #adjust(caret: HTMLElement): void {
    const { person } = this.peer;
    caret.style.left = `${this.#left}px`;
    caret.style.top = `${this.#top}px`;
    caret.style.height = `${this.#height}px`;
    caret.style.setProperty("--person-on-light", person.onLight);
    caret.style.setProperty("--person-on-dark", person.onDark);
    caret.dataset.flag = this.#flag;
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
