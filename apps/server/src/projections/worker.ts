import { parentPort, workerData } from "node:worker_threads";
import { ulidFromBytes } from "@scriptorium/ids";
import BetterSqlite3 from "better-sqlite3";
import { collectGarbage } from "../threads/collect-garbage";
import { yieldToMainThread } from "../threads/yield-to-main-thread";
import type {
  EditAnswer,
  ProjectionReport,
  ProjectionRequest,
  RevisedText,
  RevisedTextCounts,
  WorkerOptions,
} from "./messages";
import { ProjectionStore } from "./projection-store";
import { Projector } from "./projector";

/** After so long without a request the thread counts as idle, in milliseconds. */
const idleMs = 5000;

/** What was asked for of a text. */
type TextAnswer =
  | ({ readonly type: "text" } & RevisedText)
  | { readonly type: "edit"; readonly answer: EditAnswer }
  | { readonly type: "counts"; readonly counts: RevisedTextCounts };

/** The projections' thread: takes requests one at a time and makes due checkpoints in between. */
async function run(options: WorkerOptions): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("the projections run in a worker thread only");
  const report = (message: ProjectionReport) => port.postMessage(message);

  const store = ProjectionStore.open(options.databaseFile, options.logEnd, options.logBegin);
  const { applied } = store.progress();
  const projector = await Projector.open({
    logDirectory: options.logDirectory,
    store,
    events: {
      checkpointed: (documentId, position) => report({ type: "checkpointed", documentId, position }),
      quarantined: (documentId, position, error) =>
        report({ type: "quarantined", documentId, position, error }),
      damaged: ({ message, keys }) =>
        report({ type: "damaged", message, documents: keys?.map((key) => ulidFromBytes(key)) }),
    },
  });

  const requests: ProjectionRequest[] = [];
  let wake = () => {};
  port.on("message", (request: ProjectionRequest) => {
    requests.push(request);
    wake();
  });
  report({ type: "ready", applied });
  await projector.begin(options.logEnd);

  for (;;) {
    const request = requests.shift();
    if (request !== undefined) {
      if (await handle(request)) break;
    } else if (projector.checkpointNext()) {
      await new Promise(setImmediate);
    } else {
      // Checkpoints leave whole documents behind.
      const tidying = setTimeout(collectGarbage, idleMs);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      clearTimeout(tidying);
    }
  }
  store.close();
  await projector.close();
  port.close();

  /** True when the worker is to end. */
  async function handle(request: ProjectionRequest): Promise<boolean> {
    switch (request.type) {
      case "advance":
        await projector.advance(request.through);
        report({ type: "advanced", position: projector.position });
        return false;
      case "text":
        await answerText(request, (documentId) => ({
          type: "text",
          ...projector.revisedText(documentId),
        }));
        return false;
      case "counts":
        await answerText(request, (documentId) => ({
          type: "counts",
          counts: projector.textCounts(documentId),
        }));
        return false;
      case "edit":
        await answerText(request, (documentId) => ({
          type: "edit",
          answer: projector.prepareEdit(documentId, request),
        }));
        return false;
      case "settle":
        projector.settle(request.documentId);
        return false;
      case "settleThrough":
        projector.settleThrough(request.position);
        report({ type: "settledThrough", position: request.position });
        return false;
      case "close":
        projector.flush(Date.now() + request.budgetMs);
        return true;
    }
  }

  async function answerText(
    { request, documentId, through }: ProjectionRequest & { type: "text" | "counts" | "edit" },
    answer: (documentId: string) => TextAnswer,
  ) {
    // What fails in here has lost its place in the log: it ends the worker.
    await projector.advance(through);
    try {
      report({ request, ...answer(documentId) });
    } catch (error) {
      report({ type: "textFailed", request, error: String(error) });
    }
  }
}

yieldToMainThread();
const options = workerData as WorkerOptions;
try {
  await run(options);
} catch (error) {
  // The next start builds anew what cannot be read.
  if (error instanceof BetterSqlite3.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) {
    ProjectionStore.discard(options.databaseFile);
  }
  // Errors of native modules do not survive the way to another thread.
  throw new Error(error instanceof Error ? (error.stack ?? String(error)) : String(error));
}
