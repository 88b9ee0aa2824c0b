import { resolve } from "node:path";
import type { MetricGroup } from "../observability/metric-groups";
import type { TelemetryConfig } from "../observability/telemetry/telemetry";
import type { BackupPolicy } from "./backup-policy";
import { checkEnvironment, type Mistake } from "./check-environment";
import type { Environment } from "./environment";
import { describeUnknown, unknownVariables } from "./unknown-variables";

const hourMs = 60 * 60 * 1000;

/** How the server backs itself up. */
export interface BackupConfig {
  readonly directory: string;
  readonly everyMs: number;
  readonly keep: BackupPolicy;
  /** Is each backup read again, as a restore would? */
  readonly rehearse: boolean;
}

export interface Config {
  /** 0 lets the system choose a free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  /** Where people reach this server, if that is not what the `Host` header of their requests says. Its path ends with a slash. */
  readonly baseUrl: URL | undefined;
  readonly logLevel: Environment["SCRIPTORIUM_LOG_LEVEL"];
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
  /** Undefined where the server does not back itself up. */
  readonly backups: BackupConfig | undefined;
  /** Where documents are kept as files, too; undefined where they are not. */
  readonly mirrorDirectory: string | undefined;
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

/** Says, one line per variable, all that is wrong with the configuration. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the configuration out of environment variables. Blank ones count as not set. One with our prefix that nearly has the
 * name of a variable is a mistake; others that mean nothing may be those of another release.
 *
 * @throws {ConfigError} naming every bad variable.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { values: data, mistakes } = checkEnvironment(env);
  const misspelt = unknownVariables(env).filter(({ meant }) => meant !== undefined);
  if (data === undefined || misspelt.length > 0) {
    const lines = [
      ...mistakes.map(drawMistake),
      ...misspelt.map((unknown) => `  ${unknown.name}: ${describeUnknown(unknown)}`),
    ];
    throw new ConfigError(`The configuration is not valid:\n${lines.join("\n")}`);
  }
  return Object.freeze({
    port: data.PORT,
    host: data.SCRIPTORIUM_HOST,
    dataDirectory: resolve(data.SCRIPTORIUM_DATA_DIR),
    baseUrl: data.SCRIPTORIUM_BASE_URL,
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
    backups: toBackupConfig(data),
    mirrorDirectory: data.SCRIPTORIUM_MIRROR_DIR && resolve(data.SCRIPTORIUM_MIRROR_DIR),
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

function toBackupConfig(data: Environment): BackupConfig | undefined {
  if (data.SCRIPTORIUM_BACKUP_DIR === undefined) return undefined;
  return Object.freeze({
    directory: resolve(data.SCRIPTORIUM_BACKUP_DIR),
    everyMs: data.SCRIPTORIUM_BACKUP_EVERY * hourMs,
    keep: data.SCRIPTORIUM_BACKUP_KEEP,
    rehearse: data.SCRIPTORIUM_BACKUP_REHEARSE === "true",
  });
}

/** One line. */
function drawMistake({ variable, value, message }: Mistake): string {
  return `  ${variable}=${value}: ${message}`;
}
