import { strings } from "../ui/strings";
import { ImportError } from "./import-error";

/** Why a file was not imported, in a sentence. What the server says is said as it is. */
export function explainFailure(error: Error): string {
  return error instanceof ImportError ? strings.import.failures[error.code] : error.message;
}
