import { expect, onTestFinished, test } from "vitest";
import { ProjectionsStoppedError } from "../projections/projections";
import { Search } from "./search";

/** A worker that answers each search with as many hits as it was asked before, and dies of "deadly". */
const countingWorker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from "node:worker_threads";
    let asked = 0;
    parentPort.on("message", (request) => {
      if (request.type === "close") parentPort.close();
      if (request.type !== "find") return;
      if (request.query.query === "deadly") throw new Error("died of a search");
      parentPort.postMessage({ type: "found", hits: Array(asked++).fill({ entry: {}, tier: 0, snippet: [] }) });
    });
  `)}`,
);

function startSearch(onFailure: (error: Error) => void = () => {}): Search {
  const search = new Search({
    projections: { text: async () => "", onAdvanced: () => () => {} },
    databaseFile: "",
    projectionsFile: "",
    workerFile: countingWorker,
    onFailure,
    restartMs: 1,
  });
  onTestFinished(() => search.close());
  return search;
}

const lasting = new AbortController().signal;
const query = (text: string) =>
  ({ query: text, deleted: false, sort: "updated", after: undefined, limit: 10 }) as const;

test("searches that nobody waits for any more cost nothing", async () => {
  const search = startSearch();
  const gone = new AbortController();
  const first = search.find(query("a"), lasting);
  const overtaken = ["ab", "abc"].map((text) => search.find(query(text), gone.signal));
  const last = search.find(query("abcd"), lasting);
  gone.abort();
  // Were the two in between answered by the worker, the last would have three hits.
  expect((await Promise.all([first, ...overtaken, last])).map((hits) => hits.length)).toEqual([0, 0, 0, 1]);
});

test("a search that ends the worker is refused, and the next ones are answered by another", async () => {
  const failures: string[] = [];
  const search = startSearch((error) => failures.push(error.message));
  const refused = [search.find(query("deadly"), lasting), search.find(query("a"), lasting)];
  for (const each of refused) await expect(each).rejects.toBeInstanceOf(ProjectionsStoppedError);
  await expect
    .poll(() => search.find(query("a"), lasting).catch(() => undefined), { interval: 5 })
    .toEqual(expect.any(Array));
  expect(failures).toEqual(["died of a search"]);
});
