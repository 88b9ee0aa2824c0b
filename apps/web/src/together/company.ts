import { Compartment, StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { DocumentSession } from "../collaboration/document-session";
import { listParticipants } from "../collaboration/list-participants";
import type { Person } from "../collaboration/person";
import { Observable } from "../ui/observable";
import { strings } from "../ui/strings";
import { ActivityReport } from "./activity-report";
import { Announcements } from "./announcements";
import { Arrivals } from "./arrivals";
import { edgeWatch } from "./edge-watch";
import { type Edges, noEdges } from "./edges";
import { summariseEdits } from "./edit-summary";
import { findPerson } from "./find-person";
import { flash, flashMs, setFlash } from "./flash";
import { Follower, following } from "./follower";
import type { RemoteEdit } from "./remote-edit";
import { type RemoteEdits, remoteEdits } from "./remote-edits";
import { viewSharing } from "./view-sharing";

/** How long it is said that somebody who was followed has left. */
const farewellMs = 5000;
/** For how long a change is "just now". */
const justNowMs = 15_000;

/** Whom one follows. */
export interface Followed extends Person {
  readonly hasLeft: boolean;
}

interface CompanyOptions {
  readonly view: EditorView;
  readonly session: DocumentSession;
  readonly self: Person;
  /** Whether what others do to the text is announced to screen readers. */
  readonly announcesEdits: () => boolean;
}

/** The others in a document: where they are, what they do, and going there. One for each editor. */
export class Company {
  readonly edges = new Observable<Edges>(noEdges);
  readonly followed = new Observable<Followed | undefined>(undefined);
  /** Who made the latest change out of view, if that was just now; the name is undefined where it is not known. */
  readonly farEdit = new Observable<{ readonly name: string | undefined } | undefined>(undefined);
  readonly announcements = new Announcements();
  readonly #options: CompanyOptions;
  readonly #slot = new Compartment();
  readonly #follower: Follower;
  readonly #arrivals: Arrivals;
  readonly #activity: ActivityReport;
  #edits: RemoteEdits | undefined;
  #flashTimer: ReturnType<typeof setTimeout> | undefined;
  #farewellTimer: ReturnType<typeof setTimeout> | undefined;
  #farEditTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CompanyOptions) {
    const { view, session, self } = options;
    const { doc, text, provider } = session;
    const { awareness } = provider;
    this.#options = options;
    this.#follower = new Follower({ view, awareness, text, onStop: () => this.#endFollowing() });
    this.#arrivals = new Arrivals(provider, self.id, {
      onJoin: (name) => this.announcements.say(strings.together.joined(name)),
      onLeave: this.#onLeave,
    });
    this.#activity = new ActivityReport(awareness, text);
    const edits = remoteEdits(
      {
        doc,
        awareness,
        selfId: self.id,
        onEdits: this.#onEdits,
        onFarEdit: (author) => this.#showFarEdit(author),
        onFarEditSeen: () => this.farEdit.set(undefined),
      },
      (watching) => {
        this.#edits = watching;
      },
    );
    const extension = [
      flash,
      edits,
      edgeWatch(this.edges),
      viewSharing(awareness, text, self.id),
      following(this.#follower),
    ];
    view.dispatch({ effects: StateEffect.appendConfig.of(this.#slot.of(extension)) });
  }

  /** Shows where somebody's caret is. Says so if they have none. */
  goTo(personId: string): void {
    const { view, session } = this.#options;
    const { caret } = findPerson(view.state, session.provider.awareness, session.text, personId);
    const name = this.#find(personId)?.name;
    if (name === undefined) return;
    this.stopFollowing();
    if (caret === undefined) {
      this.announcements.say(strings.together.nowhere(name));
      return;
    }
    this.#show(caret);
    this.announcements.say(strings.together.at(name, view.state.doc.lineAt(caret).number));
  }

  /** Shows the latest change out of view. */
  goToFarEdit(): void {
    const position = this.#edits?.farPosition;
    this.#forgetFarEdit();
    if (position === undefined) return;
    this.stopFollowing();
    this.#show(position);
  }

  follow(personId: string): void {
    const person = this.#find(personId);
    if (person === undefined) return;
    clearTimeout(this.#farewellTimer);
    this.#follower.follow(personId);
    this.followed.set({ ...person, hasLeft: false });
    this.announcements.say(strings.together.following(person.name));
  }

  stopFollowing(): void {
    this.#follower.unfollow();
    this.#endFollowing();
  }

  destroy(): void {
    for (const timer of [this.#flashTimer, this.#farewellTimer, this.#farEditTimer]) clearTimeout(timer);
    this.#arrivals.destroy();
    this.#activity.destroy();
    this.announcements.destroy();
    this.#options.view.dispatch({ effects: this.#slot.reconfigure([]) });
  }

  #find(personId: string) {
    const { session, self } = this.#options;
    const states = session.provider.awareness.getStates();
    return listParticipants(states, self, strings.people.anonymous).find(({ id }) => id === personId);
  }

  #endFollowing(): void {
    if (this.followed.get()?.hasLeft === false) this.followed.set(undefined);
  }

  readonly #onLeave = ({ id, name }: { readonly id: string; readonly name: string }) => {
    this.announcements.say(strings.together.left(name));
    const followed = this.followed.get();
    if (followed?.id !== id) return;
    this.#follower.unfollow();
    this.followed.set({ ...followed, name, hasLeft: true });
    this.#farewellTimer = setTimeout(() => this.followed.set(undefined), farewellMs);
  };

  readonly #onEdits = (edits: readonly RemoteEdit[]) => {
    const { view, announcesEdits } = this.#options;
    if (view.hasFocus && announcesEdits()) this.announcements.say(summariseEdits(edits));
  };

  #showFarEdit(author: RemoteEdit["author"]): void {
    // What the one does whom one follows is about to come into view.
    if (author !== undefined && author.id === this.#follower.personId) return;
    const known = this.farEdit.get();
    if (known === undefined || known.name !== author?.name) this.farEdit.set({ name: author?.name });
    clearTimeout(this.#farEditTimer);
    this.#farEditTimer = setTimeout(() => this.#forgetFarEdit(), justNowMs);
  }

  #forgetFarEdit(): void {
    this.#edits?.forgetFarEdit();
    this.farEdit.set(undefined);
  }

  #show(position: number): void {
    const { view } = this.#options;
    view.dispatch({
      effects: [EditorView.scrollIntoView(position, { y: "center" }), setFlash.of(position)],
    });
    clearTimeout(this.#flashTimer);
    this.#flashTimer = setTimeout(() => view.dispatch({ effects: setFlash.of(undefined) }), flashMs);
  }
}
