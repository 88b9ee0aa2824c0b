import type { FastifyInstance } from "fastify";
import type { Metrics } from "../observability/metrics";

interface OperatorRoutesOptions {
  readonly metrics: Metrics;
  readonly notReadyBecause: () => string | undefined;
  readonly damagedDocuments: () => number;
}

/** What operators and their tools ask: is it alive, is it ready, how is it doing. */
export function operatorRoutes(
  app: FastifyInstance,
  { metrics, notReadyBecause, damagedDocuments }: OperatorRoutesOptions,
): void {
  app.get("/healthz", async () => ({ status: "alive" }));

  app.get("/readyz", async (_request, reply) => {
    const reason = notReadyBecause();
    if (reason === undefined) return { status: "ready", damagedDocuments: damagedDocuments() };
    return reply.code(503).header("retry-after", "1").send({ status: "not ready", reason });
  });

  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
