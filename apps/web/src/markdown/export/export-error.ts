/** Callers branch on `code`; codes are stable. */
export class ExportError extends Error {
  override readonly name = "ExportError";
  /** PART_MISSING: code that the text needs cannot be loaded, without a network for instance. */
  readonly code: "PART_MISSING";

  constructor(code: ExportError["code"], options?: ErrorOptions) {
    super("code that the text needs cannot be loaded", options);
    this.code = code;
  }
}
