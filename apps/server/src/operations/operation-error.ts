export type OperationErrorCode =
  /** The command line cannot be understood. */
  | "USAGE"
  /** There is nothing at the place that was named, or something else than what was meant. */
  | "NOT_FOUND"
  /** Something is in the way, and would be lost. */
  | "IN_THE_WAY"
  /** Written by a newer release. */
  | "UNSUPPORTED_VERSION"
  /** What was read is damaged. */
  | "DAMAGED"
  /** The operator did not say yes. */
  | "DECLINED"
  /** The server cannot have its address, or its data directory. */
  | "CANNOT_SERVE"
  /** SIGINT or SIGTERM came. */
  | "INTERRUPTED";

/** Says to an operator why a command cannot go on, and what to do. Codes are stable. */
export class OperationError extends Error {
  override readonly name = "OperationError";
  readonly code: OperationErrorCode;

  constructor(code: OperationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
