import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";

/** The statuses of all problems by their codes. Clients branch on codes, which are stable: they may be told in any language. */
const statuses = {
  INVALID_REQUEST: 400,
  INVALID_ID: 400,
  INVALID_CURSOR: 400,
  INVALID_RANGE: 400,
  OPERATOR_ONLY: 401,
  FOREIGN_ORIGIN: 403,
  READ_ONLY: 403,
  NOTHING_HERE: 404,
  UNKNOWN_DOCUMENT: 404,
  UNKNOWN_SCHEME: 404,
  BUSY: 409,
  IN_TRASH: 410,
  UNKNOWN_BASE: 412,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  NOT_IMPORTED: 422,
  FAILED: 500,
  NOT_READY: 503,
  NOT_SAVED: 503,
  PROJECTIONS_STOPPED: 503,
  TOO_MANY_STREAMS: 503,
} as const;

export type ProblemCode = keyof typeof statuses;

/** What a problem says beside its title. */
interface ProblemDetails {
  readonly code: ProblemCode;
  readonly status: number;
  /** What to do about it, in English. */
  readonly detail: string;
  /** The paths of what is wrong in the request. */
  readonly fields?: readonly string[] | undefined;
  /** What programs can read of it beside that. */
  readonly fault?: object | undefined;
}

type ProblemOptions = ErrorOptions & Pick<ProblemDetails, "fields" | "fault">;

/** An error that HTTP answers as a problem detail (RFC 9457). */
export class Problem extends Error implements ProblemDetails {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly fields: readonly string[] | undefined;
  readonly fault: object | undefined;

  constructor(code: ProblemCode, detail: string, { fields, fault, ...options }: ProblemOptions = {}) {
    super(detail, options);
    this.code = code;
    this.status = statuses[code];
    this.detail = detail;
    this.fields = fields;
    this.fault = fault;
  }
}

export function sendProblem(reply: FastifyReply, { code, status, detail, fields, fault }: ProblemDetails) {
  return reply
    .code(status)
    .type("application/problem+json")
    .send({
      type: "about:blank",
      title: STATUS_CODES[status] ?? "Error",
      status,
      detail,
      code,
      fields,
      fault,
    });
}

/** What Fastify, or Node, refuses by itself, with a status below 500. */
export function sendRefusal(reply: FastifyReply, status: number, detail: string) {
  const code = status === 413 ? "TOO_LARGE" : status === 415 ? "UNSUPPORTED_MEDIA_TYPE" : "INVALID_REQUEST";
  return sendProblem(reply, { code, status, detail });
}
