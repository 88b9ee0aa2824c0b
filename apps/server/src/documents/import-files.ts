import type { ActorId } from "@scriptorium/ids";
import { type Candidate, findCandidates, isEtherpad } from "../files/candidates";
import { decodeText } from "../files/decode-text";
import { documentOfFile } from "../files/document-of-file";
import type { ImportLimits } from "../files/limits";
import { Refusal } from "../files/refusal";
import type { CatalogueEntry } from "../projections/projection-reader";
import { LogUnavailableError } from "../storage/document-log";
import type { Documents } from "./documents";

/** What became of files. */
export interface ImportedFiles {
  readonly created: readonly { readonly file: string; readonly id: string; readonly title: string }[];
  readonly refused: readonly { readonly file: string; readonly because: string }[];
}

export interface ImportFilesOptions {
  readonly documents: Pick<Documents, "create">;
  readonly mintActor: () => ActorId;
  readonly limits: ImportLimits;
  /** Of one import. */
  readonly filesMax: number;
  /** Aborted when nobody waits for it any more: what was made until then stays. */
  readonly signal: AbortSignal;
}

/**
 * Makes a document of each text file at a path: that of one file, or all in a zip archive. One after the other, so that no
 * more than one is in memory.
 *
 * @param name how whoever sent it calls it; its directories and ending say what it is
 * @throws {LogUnavailableError} and then nothing was made
 */
export async function importFiles(
  path: string,
  name: string,
  { documents, mintActor, limits, filesMax, signal }: ImportFilesOptions,
): Promise<ImportedFiles> {
  const created: ImportedFiles["created"][number][] = [];
  const refused: ImportedFiles["refused"][number][] = [];
  let unavailable: LogUnavailableError | undefined;
  for await (const found of findCandidates(path, limits)) {
    if (signal.aborted) break;
    const file = nameOf(found.path, name);
    const refuse = (because: string) => refused.push({ file, because });
    if ("refusal" in found) refuse(found.refusal);
    else if (created.length + refused.length >= filesMax) {
      refuse(`is beyond the ${filesMax} files that are taken at once, like all that come after it`);
      break;
    } else if (unavailable !== undefined) refuse(`was not saved: ${unavailable.message}`);
    else {
      try {
        const { id, title } = await create(file, found);
        created.push({ file, id, title });
      } catch (error) {
        if (error instanceof Refusal) refuse(error.message);
        else if (error instanceof LogUnavailableError && created.length > 0) {
          unavailable = error;
          refuse(`was not saved: ${error.message}`);
        } else throw error;
      }
    }
  }
  return { created, refused };

  async function create(file: string, candidate: Candidate): Promise<CatalogueEntry> {
    if (isEtherpad(file)) {
      throw new Refusal(
        "is a pad with its revisions, which have to take their places in the log: stop the server, and use scriptorium import",
      );
    }
    const text = decodeText(await candidate.read());
    return documents.create(mintActor(), documentOfFile(file, text));
  }
}

/** What is in an archive is called as it is there; one file, as whoever sent it calls it. */
function nameOf(path: string, name: string): string {
  const at = path.indexOf("/");
  return at === -1 ? name : path.slice(at + 1);
}
