import { z } from "zod";
import { type MetricGroup, metricGroups, parseMetricGroups } from "../observability/metric-groups";
import { type BackupPolicy, parseBackupPolicy } from "./backup-policy";
import { baseUrlSchema } from "./base-url";

const MiB = 1024 * 1024;

const atLeast = (least: number) => z.coerce.number().int().min(least).max(Number.MAX_SAFE_INTEGER);
const port = () => z.coerce.number().int().min(0).max(65535);
const httpAddress = () => z.url({ protocol: /^https?$/ });

/** All that a tool like `openssl rand -hex 8` makes is long enough; words are not. */
const tokenLengthMin = 16;

/** What is said of a variable beside its description. */
interface VariableNotes {
  /** What holds while it is not set, where that is no plain value; Markdown. */
  readonly unset?: string;
  /** Shown to nobody, and also read from the file that the variable with `_FILE` at the end of its name names. */
  readonly secret?: true;
}

function about<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  notes: VariableNotes = {},
): Schema {
  return schema.meta({ description, ...notes });
}

/**
 * Every environment variable, in the order of the manual, with what the manual says of it in Markdown: the README's table
 * is made of this.
 */
export const environment = z.object({
  PORT: about(port().default(8080), "port to serve on; `0` lets the system choose"),
  SCRIPTORIUM_HOST: about(
    z.string().min(1).default("127.0.0.1"),
    "address to listen on; `0.0.0.0` lets other machines in. There is no sign-in yet: whoever reaches the server reads and writes every document",
  ),
  SCRIPTORIUM_DATA_DIR: about(
    z.string().min(1).default("./data"),
    "where everything is kept; one process at a time",
  ),
  SCRIPTORIUM_BASE_URL: about(
    baseUrlSchema.optional(),
    "where people reach the server, if a proxy has it under a path or rewrites the `Host` header: `https://example.org/write/`",
  ),
  SCRIPTORIUM_LOG_LEVEL: about(
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    "`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`",
  ),
  SCRIPTORIUM_DURABILITY: about(
    z.enum(["fsync", "interval", "os"]).default("fsync"),
    "when an edit counts as saved: `fsync`, on disk; `interval`, synced every 100 ms; `os`, handed to the operating system",
  ),
  SCRIPTORIUM_NODE: about(
    z.coerce.number().int().min(0).max(1023).optional(),
    "0–1023, part of every revision ID; two servers never have one data directory at once",
    { unset: "chosen at the first start, kept in `data/state/node`" },
  ),
  SCRIPTORIUM_HISTORY_DAYS: about(
    z.coerce.number().int().min(1).max(36_500).optional(),
    "how long every single edit is kept, in whole days; unset: for ever. What is older is dropped in the background, but for what the documents were then ([how](docs/adr/0006-retention-horizon.md))",
  ),
  SCRIPTORIUM_BACKUP_DIR: about(
    z.string().min(1).optional(),
    "where the server backs itself up while people type, best on another disk: a directory that no other server uses ([how](docs/backup-and-restore.md)); unset: it does not",
  ),
  SCRIPTORIUM_BACKUP_EVERY: about(
    z.coerce.number().min(0.001).max(8760).default(24),
    "hours between two backups",
  ),
  SCRIPTORIUM_BACKUP_KEEP: about(
    z.string().default("3 last, 7 daily, 4 weekly").transform(toBackupPolicy),
    "which backups stay: the newest so many (`14`), or the newest of each of so many hours, days, weeks or months; the others are removed once a newer one is proven",
  ),
  SCRIPTORIUM_BACKUP_REHEARSE: about(
    z.enum(["true", "false"]).default("true"),
    "whether each backup is read again and rehearsed, as `scriptorium restore --dry-run` does: every hash, every checksum, every record",
  ),
  SCRIPTORIUM_MIRROR_DIR: about(
    z.string().min(1).optional(),
    "where every document is kept as a file, too, and edits of these files come back: a directory apart from the data ([how](docs/mirror.md)); unset: there is no such thing",
  ),
  SCRIPTORIUM_MESSAGE_BYTES_MAX: about(
    z.coerce
      .number()
      .int()
      .min(1024)
      .max(256 * MiB)
      .default(16 * MiB),
    "largest WebSocket message and request body, in bytes",
  ),
  SCRIPTORIUM_DOCUMENT_BYTES_MAX: about(
    atLeast(64 * 1024).default(64 * MiB),
    "a document of this size takes deletions only; a client that inserts is told so, and keeps its edits",
  ),
  SCRIPTORIUM_CONNECTIONS_MAX: about(
    atLeast(1).default(10_000),
    "connections in all; beyond that, clients are asked to come back later",
  ),
  SCRIPTORIUM_CONNECTIONS_PER_DOCUMENT_MAX: about(atLeast(1).default(1000), "the same, for one document"),
  SCRIPTORIUM_OPENINGS_PER_SECOND: about(
    atLeast(1).default(500),
    "connections that one address may open per second in the long run; at once, twenty times as many",
  ),
  SCRIPTORIUM_MESSAGES_PER_SECOND: about(
    atLeast(1).default(10_000),
    "messages that one connection may send per second in the long run; at once, thirty times as many. A client that sends faster is read more slowly, and loses nothing",
  ),
  SCRIPTORIUM_BYTES_PER_SECOND: about(atLeast(1024).default(8 * MiB), "the same for bytes"),
  SCRIPTORIUM_SEND_BUFFER_BYTES: about(
    atLeast(64 * 1024).default(MiB),
    "what may wait in memory for a client that reads slowly; the rest waits in the log",
  ),
  SCRIPTORIUM_TRUSTED_PROXIES: about(
    atLeast(0).default(0),
    "how many proxies in front of the server add an address to `X-Forwarded-For`: set it behind a proxy, or all clients count as one address",
  ),
  SCRIPTORIUM_OPERATOR_TOKEN: about(
    z
      .string()
      .regex(/^[\x21-\x7e]+$/, "must be of visible ASCII characters, without spaces")
      .min(tokenLengthMin, `must have at least ${tokenLengthMin} characters`)
      .optional(),
    "what `/metrics`, `/status` and `/api/v1/status` ask for, as a bearer token: 16 characters or more. Unset, everybody may see them. Also `SCRIPTORIUM_OPERATOR_TOKEN_FILE`, a file that holds it",
    { secret: true },
  ),
  SCRIPTORIUM_METRICS: about(
    z.string().default("all").transform(toMetricGroups),
    `what is measured: \`all\`, \`basic\` (nothing of people and documents), \`off\`, or some of ${metricGroups.map((group) => `\`${group}\``).join(", ")}, with commas between them`,
  ),
  SCRIPTORIUM_METRICS_DOCUMENTS: about(
    z.coerce.number().int().min(0).max(128).default(20),
    "how many documents have metrics of their own, up to 128: those that were edited most in the last 5 minutes, hour and day",
  ),
  SCRIPTORIUM_METRICS_PORT: about(
    port().optional(),
    "a port for `/metrics` alone, on `SCRIPTORIUM_HOST`; it is not on the other one then",
  ),
  // OpenTelemetry's own names, which collectors are configured by everywhere.
  OTEL_EXPORTER_OTLP_ENDPOINT: about(
    httpAddress().optional(),
    "address of an OpenTelemetry collector that takes OTLP over HTTP, such as `http://localhost:4318`: it is sent all metrics, and traces. Other variables of OpenTelemetry's exporters, such as `OTEL_EXPORTER_OTLP_HEADERS`, hold, too",
  ),
  OTEL_TRACES_SAMPLER_ARG: about(
    z.coerce.number().min(0).max(1).default(0.01),
    "the part of edits and requests that are traced, 0 to 1. What belongs to a trace that is recorded elsewhere (`traceparent`, as a header or a parameter of a WebSocket's address) is always traced, up to 100 a second",
  ),
  OTEL_METRIC_EXPORT_INTERVAL: about(
    atLeast(100).default(60_000),
    "how often the collector is sent metrics, in milliseconds",
  ),
  OTEL_SERVICE_NAME: about(z.string().min(1).default("scriptorium"), "how the server is called there"),
});

export type Environment = z.infer<typeof environment>;
export type VariableName = keyof typeof environment.shape;

/** A variable as a manual describes it. */
export interface Variable {
  readonly name: VariableName;
  /** Markdown. */
  readonly description: string;
  /** As one would set it; undefined if there is none. */
  readonly fallback: string | undefined;
  /** What holds while it is not set, where that is no plain value; Markdown. */
  readonly unset: string | undefined;
  readonly isSecret: boolean;
}

/** Every variable, in the order of the manual. */
export const variables: readonly Variable[] = Object.entries(environment.shape).map(([name, schema]) => {
  const {
    description = "",
    unset,
    secret,
  } = (schema.meta() ?? {}) as VariableNotes & { description?: string };
  return {
    name: name as VariableName,
    description,
    fallback: fallbackOf(schema),
    unset,
    isSecret: secret === true,
  };
});

function fallbackOf(schema: z.ZodType): string | undefined {
  // Behind a transformation the default is what would have been set.
  const plain = schema instanceof z.ZodPipe ? (schema.in as z.ZodType) : schema;
  const value = plain.safeParse(undefined).data;
  return value === undefined ? undefined : String(value);
}

function toMetricGroups(text: string, context: z.RefinementCtx): ReadonlySet<MetricGroup> {
  const groups = parseMetricGroups(text);
  if (groups !== undefined) return groups;
  const names = metricGroups.join(", ");
  context.addIssue({ code: "custom", message: `must be all, basic, off, or some of ${names}` });
  return z.NEVER;
}

function toBackupPolicy(text: string, context: z.RefinementCtx): BackupPolicy {
  const policy = parseBackupPolicy(text);
  if (policy !== undefined) return policy;
  const message = 'must be a number, or some of "N last, N hourly, N daily, N weekly, N monthly"';
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}
