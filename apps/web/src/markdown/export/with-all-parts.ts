import { ExportError } from "./export-error";

/**
 * Does `work`, which loads code as it needs it.
 *
 * @throws {ExportError} PART_MISSING: some of it could not be loaded, also where `work` went on without. In the preview a
 *   diagram that cannot be drawn is shown as it was written; in a file that is handed on nobody would know.
 */
export async function withAllParts<Result>(work: () => Promise<Result>): Promise<Result> {
  let missing: Event | undefined;
  const note = (event: Event) => {
    missing = event;
  };
  // The loader of files tells of each import that fails, whoever catches the error.
  window.addEventListener("missing", note);
  try {
    const result = await work();
    if (missing !== undefined) throw new ExportError("PART_MISSING");
    return result;
  } catch (cause) {
    throw missing === undefined ? cause : new ExportError("PART_MISSING", { cause });
  } finally {
    window.removeEventListener("missing", note);
  }
}
