import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type ActorId, type DocumentId, UlidGenerator } from "@scriptorium/ids";
import { CloseCode } from "@scriptorium/protocol";
import type { FastifyInstance } from "fastify";
import { backUpInWorker } from "./backups/back-up-in-worker";
import { ScheduledBackups } from "./backups/scheduled-backups";
import type { Config } from "./config/config";
import { prepareData } from "./data-format/prepare-data";
import { stateDirectory } from "./data-format/state-directory";
import { Activities } from "./document-metrics/activities";
import { DocumentMetrics } from "./document-metrics/document-metrics";
import { MetricsStreams } from "./document-metrics/metrics-streams";
import { TextFigures } from "./document-metrics/text-figures";
import { Documents } from "./documents/documents";
import { createApp } from "./http/app";
import { createMetricsApp } from "./http/metrics-app";
import { documentsOfServer } from "./mirror/documents-of-server";
import { Mirror } from "./mirror/mirror";
import type { MirroredDocuments } from "./mirror/mirrored-documents";
import { prepareDirectory } from "./mirror/prepare-directory";
import { ActivityFile } from "./observability/activity/activity-file";
import { EventLoopMonitor } from "./observability/event-loop-monitor";
import type { Logger } from "./observability/logger";
import { createMetrics, type Metrics } from "./observability/metrics";
import { observeActivity } from "./observability/observe-activity";
import { observeServer } from "./observability/observe-server";
import { FigureHistory } from "./observability/status/figure-history";
import { healthFacts } from "./observability/status/health-facts";
import { reportStatus, type StatusSources } from "./observability/status/status";
import type { Telemetry } from "./observability/telemetry/telemetry";
import type { Progress } from "./operations/progress";
import { Projections } from "./projections/projections";
import { foldInWorker } from "./retention/fold-in-worker";
import { Retention } from "./retention/retention";
import { Search } from "./search/search";
import { OperatorToken } from "./security/operator-token";
import { EmbeddedLog } from "./storage/embedded-log";
import { adoptNextLog, nextLogDirectory } from "./storage/next-log";
import { nodeOfDirectory } from "./storage/node-id";
import { Gateway } from "./sync/gateway";
import { Rooms } from "./sync/rooms";
import { ServerEdits } from "./sync/server-edits";

export interface Server {
  readonly port: number;
  /** Where `/metrics` is, if it has a port of its own. */
  readonly metricsPort: number | undefined;
  /** What recovery found in the log. */
  readonly recovery: EmbeddedLog["recovery"];
  /** Stops accepting, flushes, closes connections with 1012. Everything acknowledged is on disk when it resolves. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** Of this server. */
  readonly version: string;
  readonly webDirectory: string;
  readonly projectionWorkerFile: URL;
  readonly searchWorkerFile: URL;
  readonly retentionWorkerFile: URL;
  readonly backupWorkerFile: URL;
  /** Shows whoever started it how far a long piece of work has come. */
  readonly progress: (label: string) => Progress;
}

/** How long a shutdown waits for connections to end by themselves. */
const connectionBudgetMs = 1000;
const dayMs = 24 * 60 * 60 * 1000;
/** How long a shutdown may spend on checkpoints; what is not made then is made again from the log. */
const checkpointBudgetMs = 2000;

/**
 * Opens the data directory, which is migrated first if it is of an older release, and serves it.
 *
 * @throws {DataFormatError}; {LogError} if the log is damaged or another process holds it.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { config, logger, version } = options;
  const logBefore = await adoptNextLog(config.dataDirectory);
  if (logBefore !== undefined) logger.info({ logBefore }, "finished an import that was interrupted");
  await prepareData({ ...options, dataDirectory: config.dataDirectory });
  const state = stateDirectory(config.dataDirectory);
  if (config.mirrorDirectory !== undefined)
    await prepareDirectory(config.mirrorDirectory, config.dataDirectory);
  const metrics = createMetrics(config.metrics.groups);
  const telemetry = await createTelemetry(options, metrics);
  const logDirectory = join(config.dataDirectory, "log");
  const log = await openLog(options, logDirectory, metrics, telemetry);
  const projectionsFile = join(config.dataDirectory, "projections", "projections.db");
  const projections = await Projections.start({
    log,
    logDirectory,
    databaseFile: projectionsFile,
    workerFile: options.projectionWorkerFile,
    onQuarantined: (document, position, error) => {
      metrics.updatesQuarantined.inc();
      metrics.errors.inc({ kind: "quarantine" });
      logger.error({ document, position, error }, "an update cannot be applied and is left out");
    },
    onDamaged: ({ message, documents }) => {
      metrics.errors.inc({ kind: "damage" });
      logger.error(
        { damage: message, documents: documents ?? "any" },
        "a part of the log cannot be read: the documents it may concern are read-only",
      );
    },
    onFailure: (error) => {
      metrics.errors.inc({ kind: "projections" });
      logger.error({ err: error }, "the projections stopped and will be started again");
    },
  });
  const notReadyBecause = () =>
    projections.isCatchingUp ? `the projections are ${projections.lag} records behind the log` : undefined;

  const { damagedDocuments } = projections.catalogue;
  if (damagedDocuments > 0) {
    logger.warn({ documents: damagedDocuments }, "documents are read-only, since the log is damaged");
  }

  const activities = new Activities({ log, projected: () => log.durablePosition - projections.lag });
  const rooms = new Rooms({ log, projections, activities, metrics, logger });
  const search = new Search({
    projections,
    projectionsFile,
    databaseFile: join(config.dataDirectory, "projections", "search.db"),
    workerFile: options.searchWorkerFile,
    onFailure: (error) => {
      metrics.errors.inc({ kind: "search" });
      logger.error({ err: error }, "the search stopped and will be started again");
    },
  });
  const documents = new Documents(log, projections, search);
  const isPresent = (id: DocumentId) => documents.find(id)?.deletedMs === null;
  const { documentBytesMax } = config.limits;
  const edits = new ServerEdits({ log, rooms, projections, isPresent, documentBytesMax });
  const documentMetrics = new DocumentMetrics({
    projections,
    activities,
    texts: new TextFigures({ count: (id) => projections.textCounts(id) }),
    openRevision: (id) => rooms.revision(id),
  });
  const metricsStreams = new MetricsStreams({
    peek: (id) => documentMetrics.peek(id),
    version: (id) => activities.find(id)?.version,
  });
  const actors = new UlidGenerator<ActorId>();
  const retention = createRetention(options, log, projections);
  const backups = createBackups(options);
  const mirror = createMirror(options, {
    metrics,
    documents: documentsOfServer({
      ...{ documents, edits, log, mintActor: () => actors.next() },
      isComplete: () => !projections.isCatchingUp && projections.failure === undefined,
      noteCreated: () => metrics.documentsCreated.inc(),
    }),
  });
  documents.onChanged((id) => mirror?.documentChanged(id));
  projections.onAdvanced(() => mirror?.textsChanged());
  const { instruments } = metrics;
  const eventLoop = instruments.has("saturation") ? new EventLoopMonitor() : undefined;
  observeServer(metrics, {
    ...{ log, projections, search, rooms, retention, backups, mirror, eventLoop, version },
    dataDirectory: config.dataDirectory,
    durability: config.durability,
  });
  const activityFile =
    instruments.has("users") || instruments.has("documents")
      ? await ActivityFile.open(join(state, "activity.json.gz"), logger)
      : undefined;
  const activity = activityFile?.activity;
  const connectionsOf = (id: string) => rooms.editors(id);
  const history = new FigureHistory(metrics.registry, (group) => instruments.has(group));
  const statusSources: StatusSources = {
    ...{ version, history, activity, connectionsOf },
    durability: config.durability,
    node: log.node,
    health: () =>
      healthFacts({ log, projections, search, eventLoop, backups, dataDirectory: config.dataDirectory }),
    titleOf: (id) => projections.catalogue.document(id)?.title,
  };
  const operatorToken = new OperatorToken(config.operatorToken);
  const app = await createApp({
    version,
    documents,
    documentMetrics,
    metricsStreams,
    node: log.node,
    baseUrl: config.baseUrl,
    mintActor: () => actors.next(),
    setText: (id, text) => edits.setText(id, text),
    editors: (id) => rooms.editors(id),
    announce: (id, event) => rooms.announce(id, event),
    closeDeleted: (id) => {
      rooms.closeRoom(id, CloseCode.deleted, "the document was deleted");
      metricsStreams.end(id);
    },
    noteExport: (id) => activities.exported(id),
    metrics,
    metricsElsewhere: config.metrics.port !== undefined,
    operatorToken,
    trustedProxies: config.limits.trustedProxies,
    status: () => {
      gateway.reportEdits();
      return reportStatus(statusSources);
    },
    logger,
    telemetry,
    bodyBytesMax: config.messageBytesMax,
    webDirectory: options.webDirectory,
    notReadyBecause,
    damagedDocuments: () => projections.catalogue.damagedDocuments,
    impairedBecause: () => log.unavailableBecause ?? projections.failure?.message,
  });
  const gateway = new Gateway({
    rooms,
    documentState: (id) => {
      const document = documents.find(id);
      if (document === undefined) return "unknown";
      return document.deletedMs === null ? "present" : "deleted";
    },
    notReadyBecause,
    baseUrl: config.baseUrl,
    messageBytesMax: config.messageBytesMax,
    limits: config.limits,
    metrics,
    logger,
    tracer: telemetry?.edits,
    observer: activity,
  });
  if (activity !== undefined) {
    const { documentsMax } = config.metrics;
    observeActivity(metrics, { activity, documentsMax, connectionsOf, refresh: () => gateway.reportEdits() });
  }
  gateway.attach(app.server);
  await app.listen({ port: config.port, host: config.host });
  const metricsApp = await serveMetrics(config, metrics, operatorToken);
  retention?.start();
  backups?.start();
  mirror?.start();
  history.start();

  return {
    port: portOf(app),
    metricsPort: metricsApp && portOf(metricsApp),
    recovery: log.recovery,
    async close() {
      // Node takes a connection that has not sent a whole request yet for a busy one, and would wait for ever.
      const impatience = setTimeout(() => app.server.closeAllConnections(), connectionBudgetMs);
      metricsStreams.close();
      await Promise.all([gateway.drain(connectionBudgetMs), app.close()]);
      clearTimeout(impatience);
      await mirror?.close();
      await activities.stop();
      history.close();
      eventLoop?.close();
      await metricsApp?.close();
      await activityFile?.close();
      await retention?.close();
      await backups?.close();
      await search.close();
      await projections.close(checkpointBudgetMs);
      await log.close();
      await telemetry?.close();
    },
  };
}

function portOf({ server }: FastifyInstance): number {
  return (server.address() as AddressInfo).port;
}

/** Undefined where they have no port of their own. */
async function serveMetrics(
  { metrics: { port }, host }: Config,
  metrics: Metrics,
  operatorToken: OperatorToken,
): Promise<FastifyInstance | undefined> {
  if (port === undefined) return undefined;
  const app = createMetricsApp(metrics, operatorToken);
  await app.listen({ port, host });
  return app;
}

/** Undefined where no collector is configured: the packages for it are not even loaded then. */
async function createTelemetry(
  { config, logger }: ServerOptions,
  { registry }: Metrics,
): Promise<Telemetry | undefined> {
  if (config.telemetry === undefined) return undefined;
  const { startTelemetry } = await import("./observability/telemetry/start-telemetry");
  return startTelemetry(config.telemetry, registry, logger);
}

/** Undefined where everything is kept. */
function createRetention(
  { config, logger, retentionWorkerFile }: ServerOptions,
  log: EmbeddedLog,
  projections: Projections,
): Retention | undefined {
  if (config.historyDays === undefined) return undefined;
  const files = {
    logDirectory: join(config.dataDirectory, "log"),
    databaseFile: join(config.dataDirectory, "projections", "horizon.db"),
  };
  return new Retention({
    log,
    projections,
    historyMs: config.historyDays * dayMs,
    fold: (range, signal) => foldInWorker(retentionWorkerFile, { ...files, ...range }, signal),
    logger,
  });
}

/** The log, of which nobody else has made another meanwhile. */
async function openLog(
  options: ServerOptions,
  directory: string,
  metrics: Metrics,
  telemetry: Telemetry | undefined,
): Promise<EmbeddedLog> {
  const { config, logger } = options;
  const { dataDirectory } = config;
  const log = await EmbeddedLog.open({
    directory,
    durability: config.durability,
    node: config.node ?? (() => nodeOfDirectory(join(stateDirectory(dataDirectory), "node"))),
    // A text that is posted becomes an update of a few more bytes, of three times as many where it is no UTF-8.
    payloadBytesMax: 3 * config.messageBytesMax + 1024,
    onProblem: (problem) => {
      metrics.errors.inc({ kind: "log" });
      logger.error({ err: problem, hint: problem.hint }, "the log needs attention");
    },
    onCommit: ({ records, syncSeconds }) => {
      metrics.commitRecords.observe(records);
      metrics.commitSyncSeconds.observe(syncSeconds);
      telemetry?.synced(syncSeconds);
    },
  });
  if (!existsSync(nextLogDirectory(dataDirectory))) return log;
  // An import has ended since the start began: what is open may be a log that began empty while the next took its place.
  await log.close();
  await adoptNextLog(dataDirectory);
  return openLog(options, directory, metrics, telemetry);
}

/** Undefined where documents are not kept as files. */
function createMirror(
  { config, logger }: ServerOptions,
  { documents, metrics }: { readonly documents: MirroredDocuments; readonly metrics: Metrics },
): Mirror | undefined {
  if (config.mirrorDirectory === undefined) return undefined;
  return new Mirror({
    directory: config.mirrorDirectory,
    journalFile: join(stateDirectory(config.dataDirectory), "mirror.jsonl"),
    documents,
    fileBytesMax: config.messageBytesMax,
    ownBytesMax: Math.max(config.messageBytesMax, config.limits.documentBytesMax),
    metrics: metrics.mirror,
    onFailure: (error) => {
      metrics.errors.inc({ kind: "mirror" });
      logger.error({ err: error }, "the mirror could not go on somewhere, and will try again");
    },
    logger,
  });
}

/** Undefined where the server does not back itself up. */
function createBackups({
  config,
  logger,
  version,
  backupWorkerFile,
}: ServerOptions): ScheduledBackups | undefined {
  if (config.backups === undefined) return undefined;
  const { directory: backupDirectory, everyMs, keep, rehearse } = config.backups;
  const run = { dataDirectory: config.dataDirectory, backupDirectory, keep, rehearse, version };
  return new ScheduledBackups({
    directory: backupDirectory,
    everyMs,
    backUp: (startedAt, signal) => backUpInWorker(backupWorkerFile, { ...run, startedAt }, signal),
    logger,
  });
}
