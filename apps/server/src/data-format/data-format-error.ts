export type DataFormatErrorCode =
  /** Written by a newer release; nothing was changed. */
  | "NEWER"
  /** What says which format it is cannot be read; nothing was changed. */
  | "UNREADABLE"
  /** A migration could not be carried out. What was done of it is kept, and the next start goes on. */
  | "MIGRATION_FAILED";

/** Says to an operator why the data directory cannot be opened as it is, and what to do. Codes are stable. */
export class DataFormatError extends Error {
  override readonly name = "DataFormatError";
  readonly code: DataFormatErrorCode;

  constructor(code: DataFormatErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
