import type { IncomingHttpHeaders } from "node:http";
import { UlidGenerator } from "@scriptorium/ids";
import Fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { basePathOf, withoutBasePath } from "../config/base-path";
import type { Documents } from "../documents/documents";
import type { Logger } from "../observability/logger";
import type { Metrics } from "../observability/metrics";
import type { Telemetry } from "../observability/telemetry/telemetry";
import { ProjectionsStoppedError } from "../projections/projections";
import { isAllowedOrigin } from "../security/origin";
import { LogUnavailableError } from "../storage/document-log";
import { type DebugRoutesOptions, debugRoutes } from "./debug-routes";
import { type DocumentsRoutesOptions, documentsRoutes } from "./documents-routes";
import { type ExportRouteOptions, exportRoute } from "./export-route";
import { idsRoutes } from "./ids-routes";
import { type ImportRouteOptions, importRoute } from "./import-route";
import { type MetricsRoutesOptions, metricsRoutes } from "./metrics-routes";
import { observeRequests } from "./observe-requests";
import { metricsRoute, operatorRoutes } from "./operator-routes";
import { Problem, sendProblem, sendRefusal } from "./problem";
import { type RequestRouteOptions, requestRoute } from "./request-route";
import { type StatusRouteOptions, statusPath, statusRoute } from "./status-route";
import { tagsRoutes } from "./tags-routes";
import { type TextRoutesOptions, textRoutes } from "./text-routes";
import { webApp } from "./web-app";

export interface AppOptions
  extends DebugRoutesOptions,
    Omit<DocumentsRoutesOptions, "basePath">,
    ExportRouteOptions,
    ImportRouteOptions,
    MetricsRoutesOptions,
    RequestRouteOptions,
    StatusRouteOptions,
    TextRoutesOptions {
  readonly documents: Documents;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Undefined where no collector is configured. */
  readonly telemetry?: Telemetry | undefined;
  /** Whether `/metrics` has a port of its own. */
  readonly metricsElsewhere: boolean;
  readonly bodyBytesMax: number;
  readonly baseUrl: URL | undefined;
  readonly webDirectory: string;
  /** The Snowflake node of the revisions that are minted here. */
  readonly node: number;
  /** Undefined once requests can be answered, else why not yet. */
  readonly notReadyBecause: () => string | undefined;
  /** How many documents are read-only because of damage in the log. */
  readonly damagedDocuments: () => number;
  /** Undefined while all works, else what does not. Reading goes on. */
  readonly impairedBecause: () => string | undefined;
}

/** The HTTP side of the server. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { documents, metrics, logger, notReadyBecause } = options;
  const basePath = basePathOf(options.baseUrl);
  const app = Fastify({
    logger: false,
    rewriteUrl: ({ url = "/" }) => withoutBasePath(url, basePath),
    genReqId: requestIdOf,
    bodyLimit: options.bodyBytesMax,
    // What is no ID is explained, too; by itself it would be no address from 100 characters on.
    routerOptions: { maxParamLength: 1000 },
    // What fails before there is a route, such as an address that cannot be decoded.
    frameworkErrors: (error, _request, reply) => {
      sendRefusal(reply, error.statusCode ?? 400, error.message);
    },
  });
  mapErrors(app, metrics, logger);
  options.telemetry?.traceRequests(app);
  observeRequests(app, metrics);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    logger.debug(
      {
        request: request.id,
        method: request.method,
        // Not the address: that may hold what somebody searched for.
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      "request",
    );
  });
  app.addHook("onRequest", async (request, reply) => {
    if (!request.url.startsWith("/api/")) return;
    reply.header("cache-control", "no-store");
    // The operator wants to know, above all then.
    if (request.routeOptions.url === statusPath) return;
    const reason = notReadyBecause();
    if (reason !== undefined) {
      reply.header("retry-after", "1");
      throw new Problem("NOT_READY", `The server is not ready: ${reason}. Try again shortly.`);
    }
  });
  app.addHook("onRequest", async (request) => {
    // Browsers send some requests of other sites without asking first, and what changes nothing is harmless.
    const isReading = request.method === "GET" || request.method === "HEAD";
    if (!isReading && !isAllowedOrigin(request.raw, options.baseUrl)) {
      throw new Problem("FOREIGN_ORIGIN", "Pages of another origin may not change anything here.");
    }
  });
  operatorRoutes(app, {
    notReadyBecause: () => notReadyBecause() ?? options.impairedBecause(),
    damagedDocuments: options.damagedDocuments,
  });
  if (!options.metricsElsewhere) metricsRoute(app, metrics, options.operatorToken);
  statusRoute(app, options);
  requestRoute(app, options);
  debugRoutes(app, options);
  documentsRoutes(app, { ...options, basePath });
  textRoutes(app, options);
  exportRoute(app, options);
  importRoute(app, options);
  metricsRoutes(app, options);
  tagsRoutes(app, documents);
  idsRoutes(app, { documents, node: options.node });
  await webApp(app, options.webDirectory, basePath);
  return app;
}

const requestIds = new UlidGenerator();

/** What a proxy calls the request, or else a new ULID. */
function requestIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && /^[\w.:-]{1,64}$/.test(given) ? given : requestIds.next();
}

function mapErrors(app: FastifyInstance, metrics: Metrics, logger: Logger): void {
  app.setErrorHandler((error: FastifyError | Problem | LogUnavailableError, request, reply) => {
    if (error instanceof Problem) return sendProblem(reply, error);
    if (error instanceof LogUnavailableError) {
      reply.header("retry-after", "5");
      return sendProblem(reply, new Problem("NOT_SAVED", `The change was not saved: ${error.message}`));
    }
    if (error instanceof ProjectionsStoppedError) {
      reply.header("retry-after", "5");
      return sendProblem(
        reply,
        new Problem("PROJECTIONS_STOPPED", `${error.message}. What was sent is kept. Try again shortly.`),
      );
    }
    const status = "statusCode" in error ? (error.statusCode ?? 500) : 500;
    if (status < 500) return sendRefusal(reply, status, error.message);
    metrics.errors.inc({ kind: "request" });
    logger.error({ err: error, request: request.id, route: request.routeOptions.url }, "request failed");
    return sendProblem(reply, new Problem("FAILED", "The server failed to answer. Its log says why."));
  });
}
