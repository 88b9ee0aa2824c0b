import { DiagLogLevel, diag } from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { AlwaysOnSampler, BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Registry } from "prom-client";
import type { Logger } from "../logger";
import { RateLimit } from "./rate-limit";
import { RegistryProducer } from "./registry-producer";
import { SpanEditTracer } from "./span-edit-tracer";
import type { Telemetry, TelemetryConfig } from "./telemetry";
import { traceRequests } from "./trace-requests";

const tracesPerSecond = 100;
const closeWithinMs = 2000;
const complainEveryMs = 60_000;

/**
 * Begins to tell a collector. Where that cannot be reached, what was to be told is dropped, and the log says so once a
 * minute; nothing else notices. Its own module, since the packages are loaded only where a collector is configured.
 */
export function startTelemetry(config: TelemetryConfig, registry: Registry, logger: Logger): Telemetry {
  complainTo(logger);
  const resource = resourceFromAttributes({ "service.name": config.serviceName });
  const traces = new BasicTracerProvider({
    resource,
    // What is followed is chosen before a span is begun.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: addressOf(config, "v1/traces") }))],
  });
  const metrics = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: addressOf(config, "v1/metrics") }),
        exportIntervalMillis: config.metricsEveryMs,
        exportTimeoutMillis: Math.min(10_000, config.metricsEveryMs),
        metricProducers: [new RegistryProducer(registry)],
      }),
    ],
  });
  const tracer = traces.getTracer("scriptorium");
  const limit = new RateLimit(tracesPerSecond);
  const edits = new SpanEditTracer(tracer, config.sampled, limit);
  return {
    edits,
    synced: (seconds) => edits.synced(seconds),
    traceRequests: (app) => traceRequests(app, { tracer, sampled: config.sampled, limit }),
    async close() {
      const closed = Promise.allSettled([traces.shutdown(), metrics.shutdown()]);
      const impatience = new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref());
      await Promise.race([closed, impatience]);
    },
  };
}

function addressOf({ endpoint }: TelemetryConfig, path: string): string {
  return new URL(path, endpoint.href.endsWith("/") ? endpoint : `${endpoint.href}/`).href;
}

/** The packages report each export that failed. */
function complainTo(logger: Logger): void {
  let saidAtMs = Number.NEGATIVE_INFINITY;
  const complain = (reason: string) => {
    if (performance.now() - saidAtMs < complainEveryMs) return;
    saidAtMs = performance.now();
    logger.warn({ reason }, "the collector cannot be told: check OTEL_EXPORTER_OTLP_ENDPOINT");
  };
  const ignore = () => undefined;
  diag.setLogger(
    { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
