import type { FastifyInstance } from "fastify";
import type { Metrics } from "../observability/metrics";

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Where no file of the web app is. */
const pages = /^\/(api\/|d\/|(metrics|healthz|readyz|ids|status)?$)/;

/** Counts requests and what they take. To be called before routes are added. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  const { instruments, httpRequests, httpSeconds } = metrics;
  let open = 0;
  let peak = 0;
  app.addHook("onRequest", async () => {
    peak = Math.max(peak, ++open);
  });
  app.addHook("onResponse", async (request, reply) => {
    open--;
    const method = methods.has(request.method) ? request.method : "other";
    httpRequests.inc({ method, status: `${Math.floor(reply.statusCode / 100)}xx` });
    if (instruments.has("latency")) {
      httpSeconds.observe({ method, route: routeOf(request.routeOptions.url) }, reply.elapsedTime / 1000);
    }
  });
  const gauge = (name: string, help: string, read: () => number) =>
    instruments.observe("traffic", "gauge", name, help, read);
  gauge("scriptorium_http_requests_open", "HTTP requests that are being answered", () => open);
  gauge(
    "scriptorium_http_requests_open_peak",
    "Most HTTP requests answered at once since the start",
    () => peak,
  );
}

/** The pattern of the route, never what stands in the address: that may be anything. */
function routeOf(pattern: string | undefined): string {
  if (pattern === undefined) return "(none)";
  // Each folder of files has a route of its own.
  return pages.test(pattern) ? pattern : "(file)";
}
