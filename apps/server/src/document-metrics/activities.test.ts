import { type DocumentId, UlidGenerator } from "@scriptorium/ids";
import { expect, onTestFinished, test } from "vitest";
import { decodeUsageRecord } from "../storage/catalogue-record";
import { CatalogueKind, Stream } from "../storage/stream";
import { HandLog } from "../testing/hand-log";
import { Activities } from "./activities";

const hourMs = 60 * 60 * 1000;

function start() {
  const log = new HandLog();
  let nowMs = 0;
  const activities = new Activities({
    log,
    projected: () => log.entries.at(-1)?.position ?? 0,
    now: () => nowMs,
  });
  onTestFinished(async () => {
    const stopped = activities.stop();
    await log.commit();
    await stopped;
  });
  const records = () =>
    log.entries.map(({ stream, kind, payload }) => {
      expect([stream, kind]).toEqual([Stream.catalogue, CatalogueKind.usage]);
      return decodeUsageRecord(payload);
    });
  const at = (ms: number) => {
    nowMs = ms;
  };
  return { log, activities, records, at, id: new UlidGenerator<DocumentId>().next() };
}

test("writes one record of a document that stays open, an hour after something was gathered", () => {
  const { activities, records, at, id } = start();
  const activity = activities.open(id);
  activity.joined(0);
  at(hourMs - 1);
  activities.sweep();
  expect(records()).toEqual([]);
  at(hourMs);
  activities.sweep();
  activities.sweep();
  expect(records()).toEqual([{ views: 1, exports: 0, connectionsPeak: 1 }]);
  at(3 * hourMs);
  activities.sweep();
  expect(records(), "nothing new, no record").toHaveLength(1);
  expect(activities.find(id)).toBe(activity);
});

test("writes when the room closes, and forgets the document then", () => {
  const { activities, records, id } = start();
  const activity = activities.open(id);
  activity.joined(0);
  activity.left();
  activities.close(id);
  expect(records()).toEqual([{ views: 1, exports: 0, connectionsPeak: 1 }]);
  activities.sweep();
  expect(activities.find(id)).toBeUndefined();
});

test("a room that takes the place of one that failed keeps what was noted", () => {
  const { activities, id } = start();
  const activity = activities.open(id);
  expect(activities.open(id)).toBe(activity);
  activities.close(id);
  activities.sweep();
  expect(activities.find(id)).toBe(activity);
});

test("writes everything at the end, once that is durable", async () => {
  const { log, activities, records, id } = start();
  activities.exported(id);
  let isStopped = false;
  const stopped = activities.stop().then(() => {
    isStopped = true;
  });
  expect(records()).toEqual([{ views: 0, exports: 1, connectionsPeak: 0 }]);
  await Promise.resolve();
  expect(isStopped).toBe(false);
  await log.commit();
  await stopped;
});

test("keeps what the log refuses or loses, and tries again", async () => {
  const { log, activities, records, at, id } = start();
  activities.exported(id);
  at(hourMs);
  log.unavailableBecause = "full";
  activities.sweep();
  log.unavailableBecause = undefined;
  activities.sweep();
  await log.fail(new Error("lost"));
  expect(activities.find(id)?.usageBehind(0).exports).toBe(1);
  at(2 * hourMs);
  activities.sweep();
  expect(records().map(({ exports }) => exports)).toEqual([1, 1]);
});
