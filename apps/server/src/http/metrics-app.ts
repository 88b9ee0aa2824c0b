import Fastify, { type FastifyInstance } from "fastify";
import type { Metrics } from "../observability/metrics";
import type { OperatorToken } from "../security/operator-token";
import { metricsRoute } from "./operator-routes";
import { Problem, sendProblem } from "./problem";

/** `/metrics` on a port of its own, and nothing else. */
export function createMetricsApp(metrics: Metrics, token: OperatorToken): FastifyInstance {
  const app = Fastify({ logger: false });
  app.setErrorHandler((error, _request, reply) =>
    sendProblem(
      reply,
      error instanceof Problem
        ? error
        : new Problem("FAILED", "The metrics cannot be told.", { cause: error }),
    ),
  );
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new Problem("NOTHING_HERE", "There is only /metrics at this port.")),
  );
  metricsRoute(app, metrics, token);
  return app;
}
