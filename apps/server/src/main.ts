import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LogError } from "@scriptorium/log";
import { ConfigError, readConfig } from "./config/config";
import { unknownVariables } from "./config/unknown-variables";
import { createLogger } from "./observability/logger";
import { startServer } from "./server";
import { readVersion } from "./version";

/** The process: configuration in, a running server out, a clean end on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  for (const { name } of unknownVariables(process.env)) {
    logger.warn({ variable: name }, "there is no such variable in this release: it does nothing");
  }
  const here = dirname(fileURLToPath(import.meta.url));
  const server = await startServer({
    config,
    logger,
    version: readVersion(new URL("../package.json", import.meta.url)),
    webDirectory: join(here, "..", "..", "web", "dist"),
    projectionWorkerFile: new URL("./projection-worker.js", import.meta.url),
    searchWorkerFile: new URL("./search-worker.js", import.meta.url),
    retentionWorkerFile: new URL("./retention-worker.js", import.meta.url),
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

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, "stopping");
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
}

/** What the operator can do something about, in a sentence; everything else with its stack. */
function explain(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof LogError) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const port = (error instanceof Error && "port" in error && error.port) || (process.env.PORT ?? 8080);
  const address = `${process.env.SCRIPTORIUM_HOST ?? "127.0.0.1"}, port ${port}`;
  switch (code) {
    case "EADDRINUSE":
      return `Something else listens on ${address} already. Stop it, or choose another PORT.`;
    case "EACCES":
      return `This user may not listen on ${address}. Choose a PORT of 1024 or more.`;
    case "EADDRNOTAVAIL":
      return `This machine has no address ${address}. Check SCRIPTORIUM_HOST.`;
    default:
      return error;
  }
}

try {
  await main();
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
