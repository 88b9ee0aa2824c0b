import { join } from "node:path";
import { parseDocumentId } from "@scriptorium/ids";
import { expect, onTestFinished, test } from "vitest";
import { EmbeddedLog } from "../storage/embedded-log";
import { temporaryDirectory } from "../testing/temporary-directory";
import { ProjectionStore } from "./projection-store";
import { Projections, ProjectionsStoppedError } from "./projections";

/** A worker that does as the ID of the document whose text it is asked for says: dies, or answers. */
const moodyWorker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", (request) => {
      if (request.type === "close") parentPort.close();
      if (request.type === "advance") parentPort.postMessage({ type: "advanced", position: request.through });
      if (request.type !== "text") return;
      if (request.documentId.endsWith("X")) throw new Error("died of a text");
      parentPort.postMessage({ type: "text", request: request.request, text: "alive" });
    });
    parentPort.postMessage({ type: "ready", applied: 0 });
  `)}`,
);

const [deadly, harmless] = ["01HZY00000000000000000000X", "01HZY00000000000000000000A"].map(parseDocumentId);

test("puts another worker in the place of one that died, and goes on", async () => {
  if (deadly === undefined || harmless === undefined) expect.fail("these are IDs");
  const directory = await temporaryDirectory();
  const databaseFile = join(directory, "projections.db");
  ProjectionStore.open(databaseFile, 0).close();
  const logDirectory = join(directory, "log");
  const log = await EmbeddedLog.open({
    directory: logDirectory,
    durability: "os",
    node: 0,
    payloadBytesMax: 1000,
  });
  onTestFinished(() => log.close());
  const failures: string[] = [];
  let replaced = () => {};
  const replacement = new Promise<void>((resolve) => {
    replaced = resolve;
  });
  const projections = await Projections.start({
    log,
    logDirectory,
    databaseFile,
    workerFile: moodyWorker,
    onQuarantined: () => {},
    onDamaged: () => {},
    onFailure: (error) => {
      failures.push(error.message);
      // A text that is asked for from now on waits for no dead worker.
      expect(projections.failure).toBeInstanceOf(ProjectionsStoppedError);
      const poll = setInterval(() => {
        if (projections.failure !== undefined) return;
        clearInterval(poll);
        replaced();
      }, 1);
    },
    restartMs: 1,
  });
  onTestFinished(() => projections.close(0));

  expect(await projections.text(harmless)).toBe("alive");
  await expect(projections.text(deadly)).rejects.toThrow(ProjectionsStoppedError);
  await replacement;
  expect(await projections.text(harmless)).toBe("alive");
  expect(failures).toEqual(["died of a text"]);
});
