import { resolve } from "node:path";
import { z } from "zod";
import { type MetricGroup, metricGroups, parseMetricGroups } from "../observability/metric-groups";
import type { TelemetryConfig } from "../observability/telemetry/telemetry";
import { readSecret } from "./secret";

const MiB = 1024 * 1024;

const atLeast = (least: number) => z.coerce.number().int().min(least).max(Number.MAX_SAFE_INTEGER);

/** All that a tool like `openssl rand -hex 8` makes is long enough; words are not. */
const tokenLengthMin = 16;

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  SCRIPTORIUM_HOST: z.string().min(1).default("127.0.0.1"),
  SCRIPTORIUM_DATA_DIR: z.string().min(1).default("./data"),
  SCRIPTORIUM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  SCRIPTORIUM_LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
    .default("info"),
  SCRIPTORIUM_DURABILITY: z.enum(["fsync", "interval", "os"]).default("fsync"),
  SCRIPTORIUM_NODE: z.coerce.number().int().min(0).max(1023).optional(),
  SCRIPTORIUM_HISTORY_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  SCRIPTORIUM_MESSAGE_BYTES_MAX: z.coerce
    .number()
    .int()
    .min(1024)
    .max(256 * MiB)
    .default(16 * MiB),
  SCRIPTORIUM_DOCUMENT_BYTES_MAX: atLeast(64 * 1024).default(64 * MiB),
  SCRIPTORIUM_CONNECTIONS_MAX: atLeast(1).default(10_000),
  SCRIPTORIUM_CONNECTIONS_PER_DOCUMENT_MAX: atLeast(1).default(1000),
  SCRIPTORIUM_OPENINGS_PER_SECOND: atLeast(1).default(500),
  SCRIPTORIUM_MESSAGES_PER_SECOND: atLeast(1).default(10_000),
  SCRIPTORIUM_BYTES_PER_SECOND: atLeast(1024).default(8 * MiB),
  SCRIPTORIUM_SEND_BUFFER_BYTES: atLeast(64 * 1024).default(MiB),
  SCRIPTORIUM_TRUSTED_PROXIES: atLeast(0).default(0),
  SCRIPTORIUM_METRICS: z.string().default("all").transform(toMetricGroups),
  SCRIPTORIUM_METRICS_DOCUMENTS: z.coerce.number().int().min(0).max(128).default(20),
  SCRIPTORIUM_METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  SCRIPTORIUM_OPERATOR_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "must be of visible ASCII characters, without spaces")
    .min(tokenLengthMin, `must have at least ${tokenLengthMin} characters`)
    .optional(),
  // OpenTelemetry's own names, which collectors are configured by everywhere.
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default("scriptorium"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.01),
  OTEL_METRIC_EXPORT_INTERVAL: atLeast(100).default(60_000),
});

export interface Config {
  /** 0 lets the system choose a free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  /** Where people reach this server, if that is not what the `Host` header of their requests says. */
  readonly baseUrl: URL | undefined;
  readonly logLevel: z.infer<typeof environment>["SCRIPTORIUM_LOG_LEVEL"];
  readonly durability: "fsync" | "interval" | "os";
  /** Snowflake node, 0–1023: differs between servers that write to one log. Undefined lets the data directory choose. */
  readonly node: number | undefined;
  /** Undefined without a collector of OpenTelemetry. */
  readonly telemetry: TelemetryConfig | undefined;
  readonly metrics: {
    readonly groups: ReadonlySet<MetricGroup>;
    /** Of how many documents there are metrics of their own: those that are edited most. */
    readonly documentsMax: number;
    /** Where `/metrics` is, and nothing else; undefined for the port of everything. */
    readonly port: number | undefined;
  };
  /** What the operator's requests must bring; undefined where they need nothing. */
  readonly operatorToken: string | undefined;
  /** Records older than this may be dropped; undefined keeps everything. */
  readonly historyDays: number | undefined;
  /** Largest WebSocket message and HTTP body accepted, in bytes. */
  readonly messageBytesMax: number;
  readonly limits: {
    readonly documentBytesMax: number;
    readonly connectionsMax: number;
    readonly connectionsPerDocumentMax: number;
    /** Per address. */
    readonly openingsPerSecond: number;
    /** Per connection, like all below. */
    readonly messagesPerSecond: number;
    readonly bytesPerSecond: number;
    readonly sendBufferBytes: number;
    /** How many proxies in front of this server add an address to `X-Forwarded-For`. */
    readonly trustedProxies: number;
  };
}

const tokenName = "SCRIPTORIUM_OPERATOR_TOKEN";

function toMetricGroups(text: string, context: z.RefinementCtx): ReadonlySet<MetricGroup> {
  const groups = parseMetricGroups(text);
  if (groups !== undefined) return groups;
  const names = metricGroups.join(", ");
  context.addIssue({ code: "custom", message: `must be all, basic, off, or some of ${names}` });
  return z.NEVER;
}

/** Says, one line per variable, all that is wrong with the configuration. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the configuration out of environment variables. Blank ones count as not set.
 *
 * @throws {ConfigError} naming every bad variable.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ""));
  const token = readSecret(given, tokenName);
  const parsed = environment.safeParse({ ...given, [tokenName]: token.value });
  if (!parsed.success || token.fault !== undefined) {
    const lines = (parsed.error?.issues ?? []).map(({ path, message }) => {
      const name = path.join(".");
      // A secret does not belong into a log.
      return `  ${name}=${name === tokenName ? "…" : (given[name] ?? "")}: ${message}`;
    });
    if (token.fault !== undefined) lines.push(`  ${token.fault}`);
    throw new ConfigError(`The configuration is not valid:\n${lines.join("\n")}`);
  }
  const { data } = parsed;
  return Object.freeze({
    port: data.PORT,
    host: data.SCRIPTORIUM_HOST,
    dataDirectory: resolve(data.SCRIPTORIUM_DATA_DIR),
    baseUrl: data.SCRIPTORIUM_BASE_URL === undefined ? undefined : new URL(data.SCRIPTORIUM_BASE_URL),
    logLevel: data.SCRIPTORIUM_LOG_LEVEL,
    durability: data.SCRIPTORIUM_DURABILITY,
    node: data.SCRIPTORIUM_NODE,
    telemetry:
      data.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? undefined
        : Object.freeze({
            endpoint: new URL(data.OTEL_EXPORTER_OTLP_ENDPOINT),
            serviceName: data.OTEL_SERVICE_NAME,
            sampled: data.OTEL_TRACES_SAMPLER_ARG,
            metricsEveryMs: data.OTEL_METRIC_EXPORT_INTERVAL,
          }),
    metrics: Object.freeze({
      groups: data.SCRIPTORIUM_METRICS,
      documentsMax: data.SCRIPTORIUM_METRICS_DOCUMENTS,
      port: data.SCRIPTORIUM_METRICS_PORT,
    }),
    operatorToken: data.SCRIPTORIUM_OPERATOR_TOKEN,
    historyDays: data.SCRIPTORIUM_HISTORY_DAYS,
    messageBytesMax: data.SCRIPTORIUM_MESSAGE_BYTES_MAX,
    limits: Object.freeze({
      documentBytesMax: data.SCRIPTORIUM_DOCUMENT_BYTES_MAX,
      connectionsMax: data.SCRIPTORIUM_CONNECTIONS_MAX,
      connectionsPerDocumentMax: data.SCRIPTORIUM_CONNECTIONS_PER_DOCUMENT_MAX,
      openingsPerSecond: data.SCRIPTORIUM_OPENINGS_PER_SECOND,
      messagesPerSecond: data.SCRIPTORIUM_MESSAGES_PER_SECOND,
      bytesPerSecond: data.SCRIPTORIUM_BYTES_PER_SECOND,
      sendBufferBytes: data.SCRIPTORIUM_SEND_BUFFER_BYTES,
      trustedProxies: data.SCRIPTORIUM_TRUSTED_PROXIES,
    }),
  });
}
