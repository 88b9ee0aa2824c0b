import { expect, test } from "vitest";
import { DocumentActivity } from "./activity";

const second = 1000;
const ada = { person: "ada" };
const none = { views: 0, exports: 0, connectionsPeak: 0 };

test("tells the edits and editors of the last minute, a person with two connections once", () => {
  const activity = new DocumentActivity();
  activity.joined(0);
  for (const editor of [ada, { person: "ada" }, { person: undefined }]) activity.edited(editor, 0);
  activity.edited(ada, 59 * second);
  expect(activity.pulse(59.9 * second)).toEqual({ connections: 1, editors: 2, editsPerMinute: 4 });
  expect(activity.pulse(60 * second)).toEqual({ connections: 1, editors: 1, editsPerMinute: 1 });
  activity.left();
  expect(activity.pulse(1000 * second)).toEqual({ connections: 0, editors: 0, editsPerMinute: 0 });
});

test("the rate counts every edit of the last sixty seconds, whatever was asked and left out in between", () => {
  const activity = new DocumentActivity();
  const edits: number[] = [];
  for (let at = 0; at < 400; at += 1 + (at % 7) * 3) {
    for (let count = 0; count <= at % 3; count++) {
      activity.edited(ada, at * second);
      edits.push(at);
    }
    const { editsPerMinute } = activity.pulse(at * second);
    expect(editsPerMinute).toBe(edits.filter((edit) => edit > at - 60).length);
  }
});

test("tells how long edits took to become durable, of the last 256 and the last five minutes", () => {
  const activity = new DocumentActivity();
  expect(activity.latency(0)).toEqual({ durableP50Ms: null, durableP99Ms: null, samples: 0 });
  for (let ms = 1; ms <= 300; ms++) activity.becameDurable(ms, ms);
  expect(activity.latency(300)).toEqual({ durableP50Ms: 172, durableP99Ms: 298, samples: 256 });
  activity.becameDurable(4.567, 301 * second);
  expect(activity.latency(302 * second)).toEqual({ durableP50Ms: 4.57, durableP99Ms: 4.57, samples: 1 });
});

test("gathers usage until it is saved, and shows it until the projections do", () => {
  const activity = new DocumentActivity();
  const saved: unknown[] = [];
  const save = (usage: unknown) => 100 * saved.push(usage);
  activity.saveUsage(save);
  expect(saved).toEqual([]);

  activity.joined(5);
  activity.joined(6);
  activity.left();
  activity.exported(7);
  const usage = { views: 2, exports: 1, connectionsPeak: 2 };
  expect([activity.gatheringSinceMs, activity.usageBehind(0)]).toEqual([5, usage]);
  activity.saveUsage(save);
  expect(saved).toEqual([usage]);
  expect([activity.gatheringSinceMs, activity.usageBehind(99)]).toEqual([undefined, usage]);
  expect(activity.usageBehind(100)).toEqual(none);

  activity.joined(8);
  expect(activity.usageBehind(100), "no new peak").toEqual({ views: 1, exports: 0, connectionsPeak: 0 });
});

test("what the log did not take is still there, and what it lost comes back", () => {
  const activity = new DocumentActivity();
  activity.joined(5);
  const refuse = () => {
    throw new Error("full");
  };
  expect(() => activity.saveUsage(refuse)).toThrow("full");
  expect(activity.gatheringSinceMs).toBe(5);
  activity.saveUsage(() => 7);
  activity.takeBack(7, 9);
  activity.takeBack(7, 9);
  expect(activity.usageBehind(0)).toEqual({ views: 1, exports: 0, connectionsPeak: 1 });
});

test("is forgotten once nobody is here, nothing is unsaved, and the minute is over", () => {
  const activity = new DocumentActivity();
  activity.joined(0);
  activity.edited(ada, 0);
  activity.saveUsage(() => 7);
  const later = 60 * second;
  expect(activity.isForgettable(6, later - 1), "somebody is here").toBe(false);
  activity.left();
  expect(activity.isForgettable(6, later - 1), "edited a moment ago").toBe(false);
  expect(activity.isForgettable(6, later), "the projections lag").toBe(false);
  expect(activity.isForgettable(7, later)).toBe(true);
});
