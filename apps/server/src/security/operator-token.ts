import { createHash, timingSafeEqual } from "node:crypto";

/**
 * What tells the operator from everybody else: a bearer token (RFC 6750), one for all that is the operator's. Where none
 * is configured everybody may see it.
 */
export class OperatorToken {
  /** Hashes are compared, which are of one length whatever somebody tries. */
  readonly #digest: Buffer | undefined;

  constructor(token: string | undefined) {
    this.#digest = token === undefined ? undefined : digestOf(token);
  }

  /** Whether one is configured. */
  get isSet(): boolean {
    return this.#digest !== undefined;
  }

  /** @param authorization the header of that name */
  admits(authorization: string | undefined): boolean {
    if (this.#digest === undefined) return true;
    const [, token] = /^bearer +(\S+) *$/i.exec(authorization ?? "") ?? [];
    return token !== undefined && timingSafeEqual(digestOf(token), this.#digest);
  }
}

function digestOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
