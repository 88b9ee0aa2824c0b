import type { FastifyInstance } from "fastify";
import type { Metrics } from "../observability/metrics";
import type { StatusReport } from "../observability/status/status";
import type { OperatorToken } from "../security/operator-token";
import { operatorOnly } from "./operator-only";

export interface StatusRouteOptions {
  readonly metrics: Metrics;
  readonly operatorToken: OperatorToken;
  readonly status: () => StatusReport;
}

export const statusPath = "/api/v1/status";

/** `GET /api/v1/status`: how the server is and what it does, for the operator's page. */
export function statusRoute(
  app: FastifyInstance,
  { metrics, operatorToken, status }: StatusRouteOptions,
): void {
  app.get(statusPath, { onRequest: operatorOnly(operatorToken, metrics) }, async () => status());
}
