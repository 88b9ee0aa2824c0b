import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { peersField } from "../editor/peers-field";
import type { Observable } from "../ui/observable";
import { distanceFromView } from "./distance-from-view";
import { type Edges, sameEdges, sortToEdges } from "./edges";

function measure(view: EditorView): Edges {
  const carets = view.state
    .field(peersField)
    .map(({ person, head }) => ({ ...person, distance: distanceFromView(view, head) }));
  const { offsetTop, offsetHeight } = view.scrollDOM;
  const inset = { top: offsetTop, bottom: view.dom.clientHeight - offsetTop - offsetHeight };
  return { ...sortToEdges(carets), inset };
}

/** Where the carets go is followed at this pace; where the reader scrolls, in every frame. */
const everyMs = 200;

/** Keeps `edges` up to date with the carets that are out of view. Measures when the editor does. */
class EdgeWatch implements PluginValue {
  readonly #view: EditorView;
  readonly #edges: Observable<Edges>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #request = {
    key: this,
    read: measure,
    write: (edges: Edges) => {
      if (!sameEdges(edges, this.#edges.get())) this.#edges.set(edges);
    },
  };

  constructor(view: EditorView, edges: Observable<Edges>) {
    this.#view = view;
    this.#edges = edges;
    view.scrollDOM.addEventListener("scroll", this.#look, { passive: true });
    this.#look();
  }

  update({ docChanged, geometryChanged, startState, state }: ViewUpdate): void {
    const peers = state.field(peersField);
    const before = startState.field(peersField);
    if (peers.length === 0 && before.length === 0) return;
    if (docChanged || geometryChanged || peers !== before) this.#timer ??= setTimeout(this.#look, everyMs);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#view.scrollDOM.removeEventListener("scroll", this.#look);
  }

  readonly #look = () => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#view.requestMeasure(this.#request);
  };
}

export function edgeWatch(edges: Observable<Edges>) {
  return ViewPlugin.define((view) => new EdgeWatch(view, edges));
}
