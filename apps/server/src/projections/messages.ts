import type { Quarantined } from "./materialise";
import type { PreparedEdit } from "./prepare-edit";
import type { TextCounts } from "./statistics/count-text";

export interface WorkerOptions {
  readonly logDirectory: string;
  readonly databaseFile: string;
  /** Newest durable position of the log when the worker starts. */
  readonly logEnd: number;
  /** Position of the last record that the log has dropped. */
  readonly logBegin: number;
}

/** From the server to the projections' worker. */
export type ProjectionRequest =
  /** The log is durable through this position: read on. */
  | { readonly type: "advance"; readonly through: number }
  /** Answered by `text`, as of at least `through`. */
  | { readonly type: "text"; readonly request: number; readonly documentId: string; readonly through: number }
  /** Answered by `counts`, as of at least `through`. */
  | {
      readonly type: "counts";
      readonly request: number;
      readonly documentId: string;
      readonly through: number;
    }
  /** Answered by `edit`, as of at least `through`. */
  | ({
      readonly type: "edit";
      readonly request: number;
      readonly documentId: string;
      readonly through: number;
    } & SetText)
  /** Nobody edits this document any more. */
  | { readonly type: "settle"; readonly documentId: string }
  /** Answered by `settledThrough`, when checkpoints hold all updates up to the position. */
  | { readonly type: "settleThrough"; readonly position: number }
  /** Make checkpoints for so many milliseconds at most, then end. */
  | { readonly type: "close"; readonly budgetMs: number };

/** What a text is to become. */
export interface SetText {
  readonly text: string;
  /**
   * What the text is based on: a revision, as decimal text, if it is one, and, where that is not the newest, the updates
   * that make it. Undefined if it is the text as it is.
   */
  readonly base:
    | { readonly revision: string | undefined; readonly updates: readonly Uint8Array[] | undefined }
    | undefined;
}

/** A text, and how far it goes. */
export interface RevisedText {
  readonly text: string;
  /** Of the newest update in it, as decimal text; null before the first. */
  readonly revision: string | null;
}

/** What is to be done for a {@link SetText}. */
export type EditAnswer =
  /** The base is not the newest revision: ask again, with its updates. */
  | { readonly type: "otherBase" }
  | ({
      readonly type: "prepared";
      /** Of the newest update that was known then. */
      readonly position: number;
      /** Of the same, as decimal text; null before the first. */
      readonly revision: string | null;
    } & PreparedEdit);

export interface RevisedTextCounts extends TextCounts {
  /** Of the newest update that was counted, as decimal text; null before the first. */
  readonly revision: string | null;
}

/** A place in the log that cannot be read. */
export interface Damaged {
  readonly message: string;
  /** Those of which records were there; undefined if any may be among them. */
  readonly documents: readonly string[] | undefined;
}

/** From the projections' worker to the server. */
export type ProjectionReport =
  /** The database is open and shows the log through `applied`. */
  | { readonly type: "ready"; readonly applied: number }
  /** A place in the log cannot be read; the projections go on without it, and mark what it may concern. */
  | ({ readonly type: "damaged" } & Damaged)
  | { readonly type: "advanced"; readonly position: number }
  | ({ readonly type: "text"; readonly request: number } & RevisedText)
  | { readonly type: "edit"; readonly request: number; readonly answer: EditAnswer }
  | { readonly type: "counts"; readonly request: number; readonly counts: RevisedTextCounts }
  | { readonly type: "textFailed"; readonly request: number; readonly error: string }
  | { readonly type: "settledThrough"; readonly position: number }
  | { readonly type: "checkpointed"; readonly documentId: string; readonly position: number }
  | ({ readonly type: "quarantined"; readonly documentId: string } & Quarantined);
