import type { FastifyInstance } from "fastify";
import type { EditTracer } from "./edit-trace";

/** What is told to a collector of OpenTelemetry, where one is configured. */
export interface Telemetry {
  readonly edits: EditTracer;
  /** The fsync of a commit took so long, and has just ended. */
  synced(seconds: number): void;
  /** Makes a trace of a part of the requests. To be called before routes are added. */
  traceRequests(app: FastifyInstance): void;
  /** Hands over what is left, within a few seconds. */
  close(): Promise<void>;
}

export interface TelemetryConfig {
  /** The collector's address for OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: URL;
  readonly serviceName: string;
  /** The part of edits and requests that are traced, 0 to 1. */
  readonly sampled: number;
  /** How often metrics are sent. */
  readonly metricsEveryMs: number;
}
