import { expect, test } from "vitest";
import { reconnectDelayMs } from "./reconnect-delay";

const delays = (failures: number, closeCode?: number) =>
  [0, 0.5, 1].map((random) => reconnectDelayMs({ failures, closeCode, random, backoffMsMax: 2500 }));

test("waits for between half the backoff and all of it, which doubles up to its limit", () => {
  expect(delays(1)).toEqual([100, 150, 200]);
  expect(delays(2, 1006)).toEqual([200, 300, 400]);
  expect(delays(5)).toEqual([1250, 1875, 2500]);
  expect(delays(1000)).toEqual([1250, 1875, 2500]);
});

test("comes back to a server that restarts within a second, and then as usual", () => {
  expect(delays(1, 1012)).toEqual([0, 500, 1000]);
  expect(delays(2, 1012)).toEqual([200, 300, 400]);
});

test.each([1013, 4529])("gives a server that closes with %i four times as long", (code) => {
  expect(delays(1, code)).toEqual([400, 600, 800]);
  expect(delays(9, code)).toEqual([5000, 7500, 10_000]);
});
