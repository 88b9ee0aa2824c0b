import type { ChangeDesc, Text } from "@codemirror/state";
import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { ySyncAnnotation } from "y-codemirror.next";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { readPerson } from "../collaboration/person";
import { strings } from "../ui/strings";
import { distanceFromView } from "./distance-from-view";
import { insertingClients } from "./edit-authors";
import type { RemoteEdit } from "./remote-edit";

/** How often what others did is told of. */
const everyMs = 4000;

/** So many changes tell enough: what comes after them before the next telling is not counted. */
const keptMax = 200;

type Author = RemoteEdit["author"];

interface PlacedEdit {
  readonly author: Author;
  position: number;
}

interface RemoteEditsOptions {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly selfId: string;
  /** Called every few seconds in which others edited. */
  readonly onEdits: (edits: readonly RemoteEdit[]) => void;
  /** The latest change that is out of view. */
  readonly onFarEdit: (author: Author) => void;
  /** It has come into view. */
  readonly onFarEditSeen: () => void;
}

/** Watches what others do to the text: who, and where that is now. Knows the author of an insertion, and guesses none. */
export class RemoteEdits implements PluginValue {
  readonly #options: RemoteEditsOptions;
  readonly #view: EditorView;
  #author: Author;
  /** Whether the transaction that is under way is this person's, here or in another tab. */
  #isOwn = false;
  #edits: PlacedEdit[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest: PlacedEdit | undefined;
  #far: PlacedEdit | undefined;
  readonly #request = {
    key: this,
    read: (view: EditorView) => ({
      latest: this.#latest && distanceFromView(view, this.#latest.position) !== 0,
      far: this.#far && distanceFromView(view, this.#far.position) !== 0,
    }),
    write: (isOutOfView: { readonly latest: boolean | undefined; readonly far: boolean | undefined }) =>
      this.#place(isOutOfView),
  };

  constructor(view: EditorView, options: RemoteEditsOptions) {
    this.#view = view;
    this.#options = options;
    options.doc.on("beforeObserverCalls", this.#onTransaction);
    view.scrollDOM.addEventListener("scroll", this.#onScroll, { passive: true });
  }

  /** Where the latest change out of view is now. */
  get farPosition(): number | undefined {
    return this.#far?.position;
  }

  forgetFarEdit(): void {
    this.#far = undefined;
  }

  update({ docChanged, transactions, changes }: ViewUpdate): void {
    if (!docChanged) return;
    for (const edit of new Set([...this.#edits, this.#latest, this.#far])) {
      if (edit !== undefined) edit.position = changes.mapPos(edit.position);
    }
    for (const transaction of transactions) {
      if (transaction.annotation(ySyncAnnotation) !== undefined) this.#note(transaction.changes.desc);
    }
  }

  destroy(): void {
    this.#options.doc.off("beforeObserverCalls", this.#onTransaction);
    this.#view.scrollDOM.removeEventListener("scroll", this.#onScroll);
    clearTimeout(this.#timer);
  }

  /** Before the editor hears of the same transaction. */
  readonly #onTransaction = (transaction: Y.Transaction) => {
    this.#isOwn = transaction.local;
    const clients = insertingClients(transaction);
    const [client] = clients;
    this.#author = client === undefined || clients.length > 1 ? undefined : this.#personOf(client);
  };

  #personOf(client: number): Author {
    const { awareness, selfId } = this.#options;
    const state = awareness.getStates().get(client);
    if (state?.user === undefined) return undefined;
    const { id, name } = readPerson(state.user, client, strings.people.anonymous);
    if (id === selfId) this.#isOwn = true;
    return { id, name };
  }

  #note(changes: ChangeDesc): void {
    if (this.#isOwn) return;
    changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
      const edit = { author: toB > fromB ? this.#author : undefined, position: toB };
      if (this.#edits.length < keptMax) this.#edits.push(edit);
      this.#latest = edit;
    });
    this.#timer ??= setTimeout(() => this.#flush(), everyMs);
    this.#view.requestMeasure(this.#request);
  }

  #flush(): void {
    this.#timer = undefined;
    const { doc } = this.#view.state;
    const edits = this.#edits.map((edit) => placed(edit, doc));
    this.#edits = [];
    this.#options.onEdits(edits);
  }

  readonly #onScroll = () => {
    if (this.#far !== undefined) this.#view.requestMeasure(this.#request);
  };

  #place(isOutOfView: { readonly latest: boolean | undefined; readonly far: boolean | undefined }): void {
    const latest = this.#latest;
    this.#latest = undefined;
    if (latest !== undefined && isOutOfView.latest) {
      this.#far = latest;
      this.#options.onFarEdit(latest.author);
    } else if (this.#far !== undefined && isOutOfView.far === false) {
      this.#far = undefined;
      this.#options.onFarEditSeen();
    }
  }
}

function placed({ author, position }: PlacedEdit, doc: Text): RemoteEdit {
  return { author, line: doc.lineAt(Math.min(position, doc.length)).number };
}

export function remoteEdits(options: RemoteEditsOptions, onReady: (edits: RemoteEdits) => void) {
  return ViewPlugin.define((view) => {
    const edits = new RemoteEdits(view, options);
    onReady(edits);
    return edits;
  });
}
