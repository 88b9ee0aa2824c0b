/** Why a file was not imported. Callers branch on `code`; codes are stable. */
export class ImportError extends Error {
  override readonly name = "ImportError";
  readonly code:
    | "BINARY"
    | "ENCODING"
    | "TOO_LARGE"
    | "UNREADABLE"
    | "ZIP_BROKEN"
    | "ZIP_ENCRYPTED"
    | "ZIP_UNSUPPORTED"
    | "ZIP_TOO_LARGE"
    | "ZIP_TOO_MANY"
    | "ZIP_EMPTY"
    | "ZIP_NESTED";

  constructor(code: ImportError["code"], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
