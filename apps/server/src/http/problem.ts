import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";

/** An error that HTTP answers as a problem detail (RFC 9457). `detail` says what to do about it. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly detail: string;

  constructor(status: number, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.status = status;
    this.detail = detail;
  }
}

export function sendProblem(reply: FastifyReply, { status, detail }: Pick<Problem, "status" | "detail">) {
  return reply
    .code(status)
    .type("application/problem+json")
    .send({ type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail });
}
