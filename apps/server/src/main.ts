import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProgress } from "./cli/terminal/progress";
import { readConfig } from "./config/config";
import { unknownVariables } from "./config/unknown-variables";
import { explainStartFailure, type StartFacts } from "./explain-start-failure";
import { createLogger } from "./observability/logger";
import { type Server, startServer } from "./server";
import { readVersion } from "./version";

/** Known once the configuration is. */
let facts: StartFacts | undefined;

/** The process: configuration in, a running server out, a clean end on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  facts = config;
  const logger = createLogger(config.logLevel);
  for (const { name } of unknownVariables(process.env)) {
    logger.warn({ variable: name }, "there is no such variable in this release: it does nothing");
  }
  let server: Server | undefined;
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, "stopping");
    // A start can be cut short at any moment: the next one goes on where it was.
    if (server === undefined) process.exit(0);
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.fatal({ err: error }, "could not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  const here = dirname(fileURLToPath(import.meta.url));
  server = await startServer({
    config,
    logger,
    version: readVersion(new URL("../package.json", import.meta.url)),
    webDirectory: join(here, "..", "..", "web", "dist"),
    projectionWorkerFile: new URL("./projection-worker.js", import.meta.url),
    searchWorkerFile: new URL("./search-worker.js", import.meta.url),
    retentionWorkerFile: new URL("./retention-worker.js", import.meta.url),
    backupWorkerFile: new URL("./backup-worker.js", import.meta.url),
    progress: (label) => createProgress(process.stderr, label, () => performance.now()),
  });
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
  console.error(`Scriptorium is at ${url}`);
}

try {
  await main();
} catch (error) {
  console.error(explainStartFailure(error, facts) ?? error);
  process.exit(1);
}
