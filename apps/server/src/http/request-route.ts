import type { FastifyInstance } from "fastify";
import type { Metrics } from "../observability/metrics";
import type { OperatorToken } from "../security/operator-token";
import { addressOf } from "../sync/admission";
import { operatorOnly } from "./operator-only";

export interface RequestRouteOptions {
  readonly metrics: Metrics;
  readonly operatorToken: OperatorToken;
  /** How many proxies are taken at their word. */
  readonly trustedProxies: number;
}

/**
 * `GET /debug/request`: how the request arrived, so that `scriptorium doctor` can tell whether the proxies before the server
 * are as it was told.
 */
export function requestRoute(
  app: FastifyInstance,
  { metrics, operatorToken, trustedProxies }: RequestRouteOptions,
): void {
  app.get("/debug/request", { onRequest: operatorOnly(operatorToken, metrics) }, async ({ raw }, reply) => {
    const forwarded = [raw.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
    return reply.header("cache-control", "no-store").send({
      host: raw.headers.host ?? null,
      forwardedFor: forwarded.map((address) => address.trim()).filter((address) => address !== ""),
      trustedProxies,
      client: addressOf(raw, trustedProxies),
    });
  });
}
