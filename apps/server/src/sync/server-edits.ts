import { type ActorId, type DocumentId, ulidToBytes } from "@scriptorium/ids";
import type { EditAnswer } from "../projections/messages";
import type { ProjectionReader } from "../projections/projection-reader";
import type { Projections } from "../projections/projections";
import { type DocumentLog, LogUnavailableError } from "../storage/document-log";
import { readAsOf, type TextBase } from "../texts/read-as-of";
import type { Person } from "./person";
import type { Room } from "./room";
import type { Rooms } from "./rooms";
import { readUpdateFacts } from "./update-facts";

/** A text that somebody has elsewhere, and that a document is to say. */
export interface NewText {
  readonly text: string;
  /** What it was made of; undefined if it stands for itself, whatever the document says. */
  readonly base?: TextBase | undefined;
  readonly author: ActorId;
  /** Who that is, if they have a name. */
  readonly person?: Person | undefined;
}

/** What came of it. */
export interface TextSet {
  /** Of the edit; where nothing was to be changed, the newest of the text. 0n before the first. */
  readonly revision: bigint;
  /** In UTF-16 units, as Yjs counts. */
  readonly inserted: number;
  readonly deleted: number;
  /** Whether the text of that revision is what was wanted, and nothing that others have written meanwhile. */
  readonly isExact: boolean;
}

/** Why a text was not set; nothing was changed. */
export class EditRefusedError extends Error {
  override readonly name = "EditRefusedError";
  readonly code: "NOT_PRESENT" | "READ_ONLY" | "DOCUMENT_FULL" | "CONFLICT";

  constructor(code: EditRefusedError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

export interface ServerEditsOptions {
  readonly log: Pick<DocumentLog, "readDocument" | "horizonRevision">;
  readonly rooms: Pick<Rooms, "acquire" | "release">;
  readonly projections: Pick<Projections, "prepareEdit"> & {
    readonly catalogue: Pick<ProjectionReader, "checkpoint">;
  };
  /** Whether there is such a document, outside the trash. */
  readonly isPresent: (id: DocumentId) => boolean;
  /** A document of this size takes no insertions. */
  readonly documentBytesMax: number;
}

type Prepared = Extract<EditAnswer, { type: "prepared" }>;

/**
 * Edits that the server makes itself, for those who have a whole text and no replica. They go the way of all edits: through the
 * room, into the log, to everybody who is there. What they are is found out in the projections' thread, so that no document is
 * built in this one.
 */
export class ServerEdits {
  readonly #options: ServerEditsOptions;
  /** By document, the end of the last edit: two at once would each insert what the other does. */
  readonly #last = new Map<DocumentId, Promise<unknown>>();

  constructor(options: ServerEditsOptions) {
    this.#options = options;
  }

  /**
   * Sets a document's text with the least edit, merged with what others write meanwhile. Resolves when it is durable.
   *
   * @throws {EditRefusedError}, {AsOfError}, {ProjectionsStoppedError}: nothing was changed.
   *   {LogUnavailableError}: it may be lost.
   */
  setText(id: DocumentId, wanted: NewText): Promise<TextSet> {
    const before = this.#last.get(id) ?? Promise.resolve();
    const done = before.then(() => this.#setText(id, wanted));
    const settled = done.catch(() => undefined);
    this.#last.set(id, settled);
    return done.finally(() => {
      if (this.#last.get(id) === settled) this.#last.delete(id);
    });
  }

  async #setText(id: DocumentId, wanted: NewText): Promise<TextSet> {
    const { rooms } = this.#options;
    const room = await rooms.acquire(id);
    try {
      this.#assertTakes(room, false);
      const prepared = await this.#prepare(id, wanted);
      const { edit, isExact, revision } = prepared;
      if (edit !== undefined) return await this.#take(room, wanted, { ...prepared, edit });
      return { revision: BigInt(revision ?? 0), inserted: 0, deleted: 0, isExact };
    } finally {
      rooms.release(room);
    }
  }

  async #prepare(id: DocumentId, { text, base }: NewText): Promise<Prepared> {
    const { log, projections } = this.#options;
    if (base === undefined || base.also === undefined) {
      // Most often it is the newest, and the log need not be read.
      const revision = base && { revision: String(base.revision), updates: undefined };
      const answer = await projections.prepareEdit(id, { text, base: revision });
      if (answer.type === "prepared" || base === undefined) return assertPrepared(answer);
    }
    const checkpoint = projections.catalogue.checkpoint(id);
    const updates = await readAsOf({ log, checkpoint }, id, base);
    // With later edits it is no revision.
    const revision = base.also === undefined ? String(base.revision) : undefined;
    return assertPrepared(await projections.prepareEdit(id, { text, base: { revision, updates } }));
  }

  async #take(
    room: Room,
    { author, person }: NewText,
    { edit, isExact, position, revision }: Prepared & { readonly edit: NonNullable<Prepared["edit"]> },
  ): Promise<TextSet> {
    const { update, inserted, deleted } = edit;
    const facts = readUpdateFacts(update);
    // Since it was prepared, all may have changed.
    this.#assertTakes(room, facts.structs.length > 0);
    const judgement = room.content.judge(facts);
    if (judgement === "gap") {
      throw new EditRefusedError(
        "CONFLICT",
        "the text that it is based on has parts that the document lacks",
      );
    }
    if (judgement === "known") return { revision: BigInt(revision ?? 0), inserted: 0, deleted: 0, isExact };
    const isAlone = room.position === position;
    const authorBytes = ulidToBytes(author);
    // Before the edit, so that whoever reads the log knows whose it is.
    if (person !== undefined) room.sign(authorBytes, person);
    const appended = room.take("several", authorBytes, update, facts);
    room.activity.edited({ person: person?.id }, performance.now());
    await appended.durable.catch((cause: unknown) => {
      throw new LogUnavailableError(cause instanceof Error ? cause.message : String(cause), { cause });
    });
    return { revision: appended.revision, inserted, deleted, isExact: isExact && isAlone };
  }

  #assertTakes(room: Room, inserts: boolean): void {
    const { isPresent, documentBytesMax } = this.#options;
    if (!isPresent(room.documentId)) {
      throw new EditRefusedError("NOT_PRESENT", "the document is in the trash");
    }
    if (room.readOnlyBecause !== undefined) throw new EditRefusedError("READ_ONLY", room.readOnlyBecause);
    if (room.hasFailed) throw new LogUnavailableError("the room of the document failed");
    const { bytes } = room.content;
    if (inserts && bytes > documentBytesMax) {
      throw new EditRefusedError("DOCUMENT_FULL", `the document is full: it has ${bytes} bytes`);
    }
  }
}

function assertPrepared(answer: EditAnswer): Prepared {
  if (answer.type === "prepared") return answer;
  throw new Error("all that makes the base was given");
}
