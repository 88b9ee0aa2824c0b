import { CloseCode } from "./close-code";

const closeCodes = {
  MALFORMED: CloseCode.malformed,
  TOO_LARGE: CloseCode.tooLarge,
  NOT_ALLOWED: CloseCode.notAllowed,
} as const;

/** A message that breaks the protocol. Nothing of it was used; `closeCode` is what the connection is closed with. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: keyof typeof closeCodes;

  constructor(code: ProtocolError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get closeCode(): CloseCode {
    return closeCodes[this.code];
  }
}
