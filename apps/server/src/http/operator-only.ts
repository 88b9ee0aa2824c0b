import type { FastifyReply, FastifyRequest } from "fastify";
import type { Metrics } from "../observability/metrics";
import type { OperatorToken } from "../security/operator-token";
import { Problem } from "./problem";

/** A hook for routes that are the operator's. */
export function operatorOnly(token: OperatorToken, { operatorRefused }: Pick<Metrics, "operatorRefused">) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (token.admits(request.headers.authorization)) return;
    operatorRefused.inc();
    reply.header("www-authenticate", 'Bearer realm="scriptorium operator"');
    throw new Problem(
      "OPERATOR_ONLY",
      "This is the operator's: send SCRIPTORIUM_OPERATOR_TOKEN as a bearer token.",
    );
  };
}
