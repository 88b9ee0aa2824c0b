/** What went wrong between this page and the server. Callers branch on `code`; codes are stable. */
export class WebError extends Error {
  override readonly name = "WebError";
  readonly code: "UNREACHABLE" | "INVALID_RESPONSE" | "NOT_FOUND" | "NO_TOKEN" | "REFUSED";

  /** @param message a sentence for the reader of the page */
  constructor(code: WebError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
