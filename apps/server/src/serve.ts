import { readConfig } from "./config/config";
import { unknownVariables } from "./config/unknown-variables";
import { explainStartFailure } from "./explain-start-failure";
import { createLogger } from "./observability/logger";
import { OperationError } from "./operations/operation-error";
import { createProgress } from "./operations/progress";
import { type Server, startServer } from "./server";
import { readVersion } from "./version";
import { webDirectory } from "./web-directory";

/**
 * The server as a process: configuration in, a clean end on SIGTERM and SIGINT. Resolves once it has stopped.
 *
 * @throws {ConfigError} or {OperationError} where the operator can do something about it. What was begun may still be there:
 *   whoever calls this ends the process then
 */
export async function serve(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = readConfig(env);
  const logger = createLogger(config.logLevel);
  for (const { name } of unknownVariables(env)) {
    logger.warn({ variable: name }, "there is no such variable in this release: it does nothing");
  }
  let server: Server | undefined;
  const stopped = new Promise<void>((resolve, reject) => {
    let stopping = false;
    const stop = (signal: string) => {
      if (stopping) return;
      stopping = true;
      logger.info({ signal }, "stopping");
      // A start can be cut short at any moment: the next one goes on where it was.
      if (server === undefined) process.exit(0);
      server.close().then(resolve, (error: unknown) => {
        logger.fatal({ err: error }, "could not stop cleanly");
        reject(error);
      });
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });

  try {
    server = await startServer({
      config,
      logger,
      version: readVersion(new URL("../package.json", import.meta.url)),
      webDirectory: webDirectory(),
      projectionWorkerFile: new URL("./projection-worker.js", import.meta.url),
      searchWorkerFile: new URL("./search-worker.js", import.meta.url),
      retentionWorkerFile: new URL("./retention-worker.js", import.meta.url),
      backupWorkerFile: new URL("./backup-worker.js", import.meta.url),
      progress: (label) => createProgress(process.stderr, label, () => performance.now()),
    });
  } catch (error) {
    const why = explainStartFailure(error, config);
    throw why === undefined ? error : new OperationError("CANNOT_SERVE", why, { cause: error });
  }
  const { port, metricsPort, recovery } = server;
  if (recovery.truncatedBytes > 0) {
    logger.warn({ truncatedBytes: recovery.truncatedBytes }, "cut off a torn record at the end of the log");
  }
  const url =
    config.baseUrl?.href ?? `http://${config.host === "127.0.0.1" ? "localhost" : config.host}:${port}`;
  logger.info(
    { port, metricsPort, dataDirectory: config.dataDirectory, durability: config.durability, recovery },
    "serving",
  );
  process.stderr.write(`Scriptorium is at ${url}\n`);
  await stopped;
}
