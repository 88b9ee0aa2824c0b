import { expect, test } from "vitest";
import { Schedule } from "./schedule";

test("takes what waits longest, each document once, as of its newest change", () => {
  const schedule = new Schedule();
  schedule.add({ documentId: "A", position: 1 }, 0);
  schedule.add({ documentId: "B", position: 2 }, 0);
  schedule.add({ documentId: "A", position: 3 }, 0);
  expect([schedule.take(0), schedule.take(0), schedule.take(0)]).toMatchObject([
    { documentId: "A", position: 3 },
    { documentId: "B", position: 2 },
    undefined,
  ]);
});

test("has a document rest in proportion to what it took, and others for a while", () => {
  const schedule = new Schedule();
  schedule.rest("large", 500, 1000);
  schedule.add({ documentId: "large", position: 1 }, 0);
  schedule.add({ documentId: "small", position: 2 }, 0);
  expect([schedule.take(2999), schedule.nextMs()]).toEqual([undefined, 3000]);
  expect(schedule.take(3000)?.documentId).toBe("small");
  expect([schedule.take(10_999), schedule.nextMs()]).toEqual([undefined, 11_000]);
  expect(schedule.take(11_000)?.documentId).toBe("large");
  expect(schedule.nextMs()).toBeUndefined();
});
