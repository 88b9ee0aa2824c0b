import { type Span, SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RateLimit } from "./rate-limit";
import { contextOf, isSampled } from "./trace-parent";

/**
 * Makes a trace of a part of the requests: of those that belong to a trace which is recorded, and by chance. Named by the
 * route, never by what stands in the address.
 *
 * @param sampled the part, 0 to 1
 */
export function traceRequests(
  app: FastifyInstance,
  {
    tracer,
    sampled,
    limit,
  }: { readonly tracer: Tracer; readonly sampled: number; readonly limit: RateLimit },
): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook("onRequest", async (request) => {
    const { traceparent } = request.headers;
    const parent = contextOf(typeof traceparent === "string" ? traceparent : undefined);
    if (!isSampled(parent) && Math.random() >= sampled) return;
    if (!limit.allows(performance.now())) return;
    const { method } = request;
    const route = request.routeOptions.url;
    const attributes = { "http.request.method": method, ...(route !== undefined && { "http.route": route }) };
    const name = route === undefined ? method : `${method} ${route}`;
    spans.set(request, tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent));
  });
  app.addHook("onResponse", async (request, reply) => {
    const span = spans.get(request);
    span?.setAttributes({ "http.response.status_code": reply.statusCode, "scriptorium.request": request.id });
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}
