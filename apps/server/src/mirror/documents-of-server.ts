import { type ActorId, type DocumentId, ulidToBytes } from "@scriptorium/ids";
import type { Documents } from "../documents/documents";
import { type CatalogueSort, cursorBehind } from "../projections/catalogue-order";
import type { CatalogueEntry } from "../projections/projection-reader";
import type { DocumentLog } from "../storage/document-log";
import { Stream } from "../storage/stream";
import type { ServerEdits } from "../sync/server-edits";
import type { MirroredDocuments } from "./mirrored-documents";

export interface DocumentsOfServerOptions {
  readonly documents: Documents;
  readonly edits: ServerEdits;
  readonly log: Pick<DocumentLog, "readDocument">;
  readonly mintActor: () => ActorId;
  /** Whether the catalogue has caught up with the log. */
  readonly isComplete: () => boolean;
  /** A document was made of a file. */
  readonly noteCreated: () => void;
}

/** Who has edited a file, nobody knows: that is what authors are called who have done so. */
const person = { id: "scriptorium-mirror", name: "Files" };
const pageLength = 100;

/** The documents of this server, as its mirror needs them. */
export function documentsOfServer(options: DocumentsOfServerOptions): MirroredDocuments {
  const { documents, edits, log, mintActor, isComplete, noteCreated } = options;

  function* pagesBy(sort: CatalogueSort): Generator<readonly CatalogueEntry[], void, undefined> {
    let last: CatalogueEntry | undefined;
    do {
      const after = last && cursorBehind(last, sort);
      const page = documents.list({ deleted: false, sort, after, limit: pageLength });
      yield page;
      last = page.length < pageLength ? undefined : page.at(-1);
    } while (last !== undefined);
  }

  return {
    isComplete,
    find: (id) => documents.find(id),
    pages: () => pagesBy("created"),
    editedSince(timeMs) {
      const edited: CatalogueEntry[] = [];
      for (const page of pagesBy("updated")) {
        const since = page.filter(({ updatedMs }) => updatedMs >= timeMs);
        edited.push(...since);
        if (since.length < page.length) break;
      }
      return edited;
    },
    text: (id) => documents.revisedText(id),
    setText(id, text, base, author) {
      const also = base?.also?.map((name) => ulidToBytes(name as ActorId));
      const made = base && { revision: BigInt(base.revision), ...(also && { also }) };
      return edits.setText(id, { text, base: made, author: author as ActorId, person });
    },
    async hasEdit(id, author, revision) {
      const bytes = ulidToBytes(author as ActorId);
      const range = {
        stream: Stream.text,
        after: 0,
        sinceRevision: revision + 1n,
        onDamage: () => undefined,
      };
      for await (const entry of log.readDocument(ulidToBytes(id as DocumentId), range)) {
        if (Buffer.compare(entry.author, bytes) === 0) return true;
      }
      return false;
    },
    async create(document) {
      const entry = await documents.create(mintActor(), document);
      noteCreated();
      return entry;
    },
    mintAuthor: mintActor,
  };
}
