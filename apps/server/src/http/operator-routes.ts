import type { FastifyInstance } from "fastify";
import type { Metrics } from "../observability/metrics";
import type { OperatorToken } from "../security/operator-token";
import { operatorOnly } from "./operator-only";

interface OperatorRoutesOptions {
  readonly notReadyBecause: () => string | undefined;
  readonly damagedDocuments: () => number;
}

/** What operators' tools ask: is it alive, is it ready. */
export function operatorRoutes(
  app: FastifyInstance,
  { notReadyBecause, damagedDocuments }: OperatorRoutesOptions,
): void {
  app.get("/healthz", async () => ({ status: "alive" }));

  app.get("/readyz", async (_request, reply) => {
    const reason = notReadyBecause();
    if (reason === undefined) return { status: "ready", damagedDocuments: damagedDocuments() };
    return reply.code(503).header("retry-after", "1").send({ status: "not ready", reason });
  });
}

/** `GET /metrics`: all figures as Prometheus reads them. */
export function metricsRoute(app: FastifyInstance, metrics: Metrics, token: OperatorToken): void {
  app.get("/metrics", { onRequest: operatorOnly(token, metrics) }, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
