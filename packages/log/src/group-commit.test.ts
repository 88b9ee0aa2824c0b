import { expect, onTestFinished, test, vi } from "vitest";
import { FaultyFiles, Gate, systemError } from "../test/faulty-files";
import {
  appendEach,
  fingerprint,
  keyOf,
  logErrorOf,
  numbers,
  openLog,
  positionsOf,
  recordOf,
  temporaryDirectory,
} from "../test/support";
import type { Commit } from "./committer";
import type { LogOptions } from "./options";

async function openFaulty(options: Partial<LogOptions> = {}) {
  const directory = await temporaryDirectory();
  const files = new FaultyFiles();
  const commits: Commit[] = [];
  const log = await openLog({ directory, files, onCommit: (commit) => commits.push(commit), ...options });
  return { directory, files, commits, log };
}

/** Holds the next sync, and those after it, until the gate opens. */
function holdSyncs(files: FaultyFiles): Gate {
  const gate = new Gate();
  files.intercept = ({ kind }) => (kind === "sync" ? gate.pass() : undefined);
  return gate;
}

function hasSettled(promise: Promise<unknown>): () => boolean {
  let settled = false;
  promise.then(
    () => {
      settled = true;
    },
    () => {
      settled = true;
    },
  );
  return () => settled;
}

test("records appended while a sync is in flight share the next commit", async () => {
  const { files, commits, log } = await openFaulty();
  const gate = holdSyncs(files);
  const first = log.append(recordOf(1));
  await gate.arrival;
  const later = numbers(2, 101).map((number) => log.append(recordOf(number)));
  expect(new Set(later.map(({ durable }) => durable)).size).toBe(1);
  gate.open();
  await first.durable;
  await later[0]?.durable;
  expect(commits.map(({ records }) => records)).toEqual([1, 100]);
  expect(files.calls.filter(({ kind }) => kind === "sync")).toHaveLength(3);
  expect(log.statistics()).toMatchObject({ commits: 2, appends: 101, syncs: 2, durablePosition: 101 });
});

test("records appended in one go share one commit", async () => {
  const { commits, log } = await openFaulty();
  await Promise.all(numbers(1, 50).map((number) => log.append(recordOf(number)).durable));
  expect(commits).toHaveLength(1);
});

test("nothing is durable, or readable, before its sync has returned", async () => {
  const { files, log } = await openFaulty();
  const gate = holdSyncs(files);
  const { durable } = log.append(recordOf(1));
  const settled = hasSettled(durable);
  await gate.arrival;
  await new Promise(setImmediate);
  expect(settled()).toBe(false);
  expect(log.durablePosition).toBe(0);
  expect(await positionsOf(log.read())).toEqual([]);
  expect(log.statistics().pendingBytes).toBeGreaterThan(0);
  gate.open();
  await durable;
  expect(log.durablePosition).toBe(1);
  expect(await positionsOf(log.read())).toEqual([1]);
});

test("announces commits in order, after they are durable, until told to stop", async () => {
  const { log } = await openFaulty();
  const heard: number[] = [];
  const stop = log.onDurable((position) => {
    expect(log.durablePosition).toBe(position);
    heard.push(position);
  });
  await appendEach(
    log,
    numbers(1, 5).map((number) => recordOf(number)),
  );
  stop();
  await log.append(recordOf(6)).durable;
  expect(heard).toEqual([1, 2, 3, 4, 5]);
});

test("a listener that throws stops nobody", async () => {
  const { log } = await openFaulty();
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const heard: number[] = [];
  log.onDurable(() => {
    throw new Error("mine");
  });
  log.onDurable((position) => heard.push(position));
  await appendEach(log, [recordOf(1), recordOf(2)]);
  expect(heard).toEqual([1, 2]);
  expect(warn).toHaveBeenCalledTimes(2);
});

test("writes everything when the disk takes only some bytes at a time", async () => {
  const { directory, files, log } = await openFaulty();
  files.writeBytesMax = 7;
  await Promise.all(numbers(1, 10).map((number) => log.append(recordOf(number)).durable));
  await log.close();
  expect(await positionsOf((await openLog({ directory })).read())).toEqual(numbers(1, 10));
});

test("a full disk rejects, keeps serving, and goes on when there is space", async () => {
  const { directory, files, log } = await openFaulty();
  await appendEach(log, [recordOf(1), recordOf(2)]);
  const before = await fingerprint(directory);

  files.spaceBytes = 100;
  const gate = new Gate();
  files.intercept = ({ kind }) => (kind === "write" ? gate.pass() : undefined);
  const inFlight = [log.append(recordOf(3)), log.append(recordOf(4))];
  await gate.arrival;
  const behind = log.append(recordOf(5));
  gate.open();
  for (const { durable } of [...inFlight, behind]) {
    expect((await logErrorOf(() => durable)).code).toBe("DISK_FULL");
  }
  expect(log.statistics()).toMatchObject({ state: "full", durablePosition: 2, pendingBytes: 0 });
  expect(await fingerprint(directory)).toEqual(before);
  expect(await positionsOf(log.read())).toEqual([1, 2]);

  files.spaceBytes = 0;
  expect((await logErrorOf(() => log.append(recordOf(6)).durable)).code).toBe("DISK_FULL");
  files.spaceBytes = 70;
  expect((await logErrorOf(() => log.append(recordOf(7)).durable)).code).toBe("DISK_FULL");
  expect(await fingerprint(directory)).toEqual(before);

  files.spaceBytes = Number.POSITIVE_INFINITY;
  const back = log.append(recordOf(8));
  expect(back.position).toBe(8);
  await back.durable;
  await log.append(recordOf(9)).durable;
  expect(log.statistics().state).toBe("open");
  expect(await positionsOf(log.read())).toEqual([1, 2, 8, 9]);
  expect(await positionsOf(log.readKey(keyOf(2)))).toEqual([2, 8]);
  await log.close();
  const reopened = await openLog({ directory });
  expect(reopened.recovery).toMatchObject({ records: 4, truncatedBytes: 0 });
  expect(await positionsOf(reopened.read({ after: 4 }))).toEqual([8, 9]);
  expect(reopened.nextPosition).toBe(10);
});

test("what found no space is gone for good before it is rejected", async () => {
  const { files, log } = await openFaulty();
  await log.append(recordOf(1)).durable;
  const callsOf = async (number: number) => {
    files.calls.length = 0;
    expect((await logErrorOf(() => log.append(recordOf(number)).durable)).code).toBe("DISK_FULL");
    return files.calls.map(({ kind, name }) =>
      kind === "syncDirectory" ? kind : `${kind} ${name.slice(-6)}`,
    );
  };
  files.spaceBytes = 20;
  expect(await callsOf(2)).toEqual([
    ...["write 01.seg", "sync 01.seg", "write 01.seg"],
    ...["truncate 01.seg", "sync 01.seg"],
  ]);
  // The next attempt begins a segment; the header fits, the record does not.
  files.spaceBytes = 70;
  expect(await callsOf(3)).toEqual([
    ...["create 03.seg", "write 03.seg", "sync 03.seg", "syncDirectory"],
    ...["write 03.seg", "sync 03.seg", "write 03.seg", "remove 03.seg", "syncDirectory"],
  ]);
  // Not even the header fits.
  files.spaceBytes = 7;
  expect(await callsOf(4)).toEqual(expect.arrayContaining(["create 04.seg", "remove 04.seg"]));
});

test("on a full disk one batch at a time finds out; the others are refused at once", async () => {
  const { files, log } = await openFaulty();
  files.spaceBytes = 0;
  expect((await logErrorOf(() => log.append(recordOf(1)).durable)).code).toBe("DISK_FULL");
  files.spaceBytes = Number.POSITIVE_INFINITY;
  const gate = holdSyncs(files);
  const probe = log.append(recordOf(2));
  await gate.arrival;
  expect((await logErrorOf(() => log.append(recordOf(3)))).code).toBe("DISK_FULL");
  gate.open();
  await probe.durable;
  await log.append(recordOf(4)).durable;
  expect(await positionsOf(log.read())).toEqual([2, 3]);
});

test("a log whose first segment found no space still opens", async () => {
  const { directory, files, log } = await openFaulty();
  files.spaceBytes = 10;
  expect((await logErrorOf(() => log.append(recordOf(1)).durable)).code).toBe("DISK_FULL");
  files.spaceBytes = Number.POSITIVE_INFINITY;
  await log.append(recordOf(2)).durable;
  await log.close();
  const reopened = await openLog({ directory });
  expect(await positionsOf(reopened.read())).toEqual([2]);
});

test.each(["sync", "write"] as const)("a failed %s is final", async (kind) => {
  const { directory, files, log } = await openFaulty();
  await log.append(recordOf(1)).durable;
  const gate = new Gate();
  files.intercept = async (call) => {
    if (call.kind !== kind) return;
    await gate.pass();
    throw systemError("EIO");
  };
  const failing = log.append(recordOf(2));
  await gate.arrival;
  const behind = log.append(recordOf(3));
  gate.open();
  expect((await logErrorOf(() => failing.durable)).code).toBe("FAILED");
  expect((await logErrorOf(() => behind.durable)).code).toBe("FAILED");
  files.intercept = () => {};
  expect((await logErrorOf(() => log.append(recordOf(4)))).code).toBe("FAILED");
  expect(log.statistics()).toMatchObject({ state: "failed", durablePosition: 1, pendingBytes: 0 });
  expect(await positionsOf(log.read())).toEqual([1]);
  await log.close();
  await openLog({ directory });
});

test("a disk that cannot undo what found no space is failed", async () => {
  const { files, log } = await openFaulty();
  files.spaceBytes = 3;
  files.intercept = ({ kind }) => {
    if (kind === "truncate") throw systemError("EIO");
  };
  expect((await logErrorOf(() => log.append(recordOf(1)).durable)).code).toBe("FAILED");
  expect(log.statistics().state).toBe("failed");
});

test("`os` leaves syncing to the system, except when a segment ends and when the log closes", async () => {
  const { files, commits, log } = await openFaulty({
    durability: "os",
    segmentBytesMax: 1024,
    sealing: false,
  });
  const syncs = () => files.calls.filter(({ kind }) => kind === "sync").length;
  expect(syncs()).toBe(1);
  await appendEach(
    log,
    numbers(1, 13).map((number) => recordOf(number)),
  );
  expect([syncs(), log.statistics().segments]).toEqual([1, 1]);
  await log.append(recordOf(14)).durable;
  expect([syncs(), log.statistics().segments]).toEqual([3, 2]);
  expect(commits.every(({ syncSeconds }) => syncSeconds === 0)).toBe(true);
  await log.close();
  expect(syncs()).toBe(4);
});

test("`interval` syncs within its interval, once, and not without need", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { files, log } = await openFaulty({ durability: "interval", intervalMs: 100 });
  const gate = new Gate();
  await appendEach(log, [recordOf(1), recordOf(2), recordOf(3)]);
  expect(log.statistics()).toMatchObject({ syncs: 0, durablePosition: 3 });
  files.intercept = ({ kind }) => {
    if (kind === "sync") void gate.pass();
  };
  vi.advanceTimersByTime(99);
  expect(files.calls.filter(({ kind }) => kind === "sync")).toHaveLength(1);
  vi.advanceTimersByTime(1);
  await gate.arrival;
  await log.append(recordOf(4)).durable;
  expect(log.statistics().syncs).toBe(1);
  await log.close();
  expect(log.statistics().syncs).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
});

test("a failed sync of `interval` fails the appends that follow", async () => {
  const { files, log } = await openFaulty({ durability: "interval", intervalMs: 1 });
  const gate = new Gate();
  files.intercept = ({ kind }) => {
    if (kind !== "sync") return;
    void gate.pass();
    throw systemError("EIO");
  };
  await log.append(recordOf(1)).durable;
  await gate.arrival;
  await vi.waitFor(() => expect(log.statistics().state).toBe("failed"), 20_000);
  expect((await logErrorOf(() => log.append(recordOf(2)))).code).toBe("FAILED");
});

test("close reports a last sync that failed, and gives the directory back", async () => {
  const { directory, files, log } = await openFaulty({ durability: "os" });
  await log.append(recordOf(1)).durable;
  files.intercept = ({ kind }) => {
    if (kind === "sync") throw systemError("EIO");
  };
  expect((await logErrorOf(() => log.close())).code).toBe("FAILED");
  await openLog({ directory });
});

test("with `spacingMs` lets records gather that come soon after a commit, unless they are many", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { commits, log } = await openFaulty({ spacingMs: 1000 });
  vi.advanceTimersByTime(5000);
  // One that comes alone does not wait.
  await log.append(recordOf(1)).durable;
  const [second] = [log.append(recordOf(2)), log.append(recordOf(3))];
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
  vi.advanceTimersByTime(999);
  const third = log.append(recordOf(4));
  expect(log.durablePosition).toBe(1);
  vi.advanceTimersByTime(1);
  await Promise.all([second?.durable, third.durable]);
  expect(commits.map(({ records }) => records)).toEqual([1, 3]);

  await log.append({ ...recordOf(5), payload: new Uint8Array(64 * 1024) }).durable;
  expect(commits.map(({ records }) => records)).toEqual([1, 3, 1]);
  await log.close();
});
