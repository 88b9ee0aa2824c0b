import { existsSync } from "node:fs";
import { join } from "node:path";
import { readFormat } from "../../data-format/format-file";
import { OperationError } from "../../operations/operation-error";
import type { Arguments } from "../arguments";
import type { Context } from "../command";

/**
 * The log in the data directory that the operator means.
 *
 * @throws {OperationError} NOT_FOUND: there is none. {DataFormatError}: it is of a newer release
 */
export function logDirectoryOf(args: Arguments, context: Context): string {
  const dataDirectory = context.dataDirectory(args.text("data"));
  const directory = join(dataDirectory, "log");
  readFormat(dataDirectory);
  if (existsSync(directory)) return directory;
  throw new OperationError(
    "NOT_FOUND",
    `there is no log in ${directory}. Say where the data is, with --data or SCRIPTORIUM_DATA_DIR`,
  );
}
