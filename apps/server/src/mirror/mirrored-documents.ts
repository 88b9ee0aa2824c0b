import type { DocumentId } from "@scriptorium/ids";
import type { RevisedText } from "../projections/messages";
import type { CatalogueEntry } from "../projections/projection-reader";
import type { TextSet } from "../sync/server-edits";

/** What the text of a file was made of. */
export interface FileBase {
  /** As decimal text. */
  readonly revision: string;
  /** Authors of later edits that are in it, too. */
  readonly also?: readonly string[] | undefined;
}

/** What the mirror needs of the documents. */
export interface MirroredDocuments {
  /** Whether all documents that there are can be found. */
  isComplete(): boolean;
  find(id: DocumentId): CatalogueEntry | undefined;
  /** All outside the trash, some at a time. */
  pages(): Iterable<readonly CatalogueEntry[]>;
  /** Those outside the trash that were edited at a moment or later. */
  editedSince(timeMs: number): readonly CatalogueEntry[];
  text(id: DocumentId): Promise<RevisedText>;
  /**
   * @param base what the text was made of; undefined if it stands for itself
   * @param author a ULID, under which the edit is found again
   */
  setText(id: DocumentId, text: string, base: FileBase | undefined, author: string): Promise<TextSet>;
  /** Whether there is an edit by `author` behind a revision. */
  hasEdit(id: DocumentId, author: string, revision: bigint): Promise<boolean>;
  create(document: {
    readonly title: string;
    readonly language: string | undefined;
    readonly text: string;
  }): Promise<CatalogueEntry>;
  /** A ULID for who has edited a file. */
  mintAuthor(): string;
}
