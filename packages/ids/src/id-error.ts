/** Callers branch on `code`; codes are stable. */
export class IdError extends Error {
  override readonly name = "IdError";
  readonly code: "BAD_BYTES" | "BAD_NODE" | "BAD_NAMESPACE" | "ID_OUT_OF_RANGE" | "TIME_OUT_OF_RANGE";

  constructor(code: IdError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
