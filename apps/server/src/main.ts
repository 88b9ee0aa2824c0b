import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LogError } from "@scriptorium/log";
import { ConfigError, readConfig } from "./config/config";
import { createLogger } from "./observability/logger";
import { startServer } from "./server";

/** The process: configuration in, a running server out, a clean end on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const here = dirname(fileURLToPath(import.meta.url));
  const server = await startServer({
    config,
    logger,
    webDirectory: join(here, "..", "..", "web", "dist"),
    projectionWorkerFile: new URL("./projection-worker.js", import.meta.url),
  });
  const { port, recovery } = server;
  if (recovery.truncatedBytes > 0) {
    logger.warn({ truncatedBytes: recovery.truncatedBytes }, "cut off a torn record at the end of the log");
  }
  const url =
    config.baseUrl?.href ?? `http://${config.host === "127.0.0.1" ? "localhost" : config.host}:${port}`;
  logger.info(
    { port, dataDirectory: config.dataDirectory, durability: config.durability, recovery },
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

try {
  await main();
} catch (error) {
  // These two say by themselves what the operator can do; a stack would only hide it.
  const expected = error instanceof ConfigError || error instanceof LogError;
  console.error(expected ? error.message : error);
  process.exit(1);
}
