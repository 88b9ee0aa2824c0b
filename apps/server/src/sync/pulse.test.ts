import { expect, test } from "vitest";
import { showsLife } from "./pulse";

const idle = { receivedBytes: 10, sentBytes: 20, waitingBytes: 0 };
const waiting = { ...idle, waitingBytes: 5 };

test.each([
  ["nothing happened", idle, idle, false],
  ["a part of a message came in", idle, { ...idle, receivedBytes: 11 }, true],
  ["bytes left that nobody need have read", idle, { ...idle, sentBytes: 24 }, false],
  ["bytes left for which there was no room before", waiting, { ...waiting, sentBytes: 21 }, true],
  ["more waits, and nothing leaves", waiting, { ...waiting, waitingBytes: 9 }, false],
])("takes for alive whoever reads or writes: %s", (_what, before, now, isAlive) => {
  expect(showsLife(before, now)).toBe(isAlive);
});
