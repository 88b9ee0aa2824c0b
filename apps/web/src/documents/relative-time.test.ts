import { afterEach, expect, test } from "vitest";
import { speak } from "../ui/strings";
import { catalogue as german } from "../ui/strings/de";
import { catalogue as english } from "../ui/strings/en";
import { relativeTime } from "./relative-time";

const at = (year: number, month: number, day: number, hour: number, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime();
const now = at(2025, 3, 14, 15);

afterEach(() => speak(english));

test.each([
  [now - 5_000, "just now"],
  [now + 5_000, "just now"],
  [now - 60_000, "1 minute ago"],
  [at(2025, 3, 14, 14, 1), "59 minutes ago"],
  [at(2025, 3, 14, 9), "6 hours ago"],
  [at(2025, 3, 13, 16), "yesterday"],
  [at(2025, 3, 13, 1), "yesterday"],
  [at(2025, 3, 11, 23), "3 days ago"],
  [at(2025, 3, 7, 15), "Mar 7"],
  [at(2024, 12, 31, 15), "Dec 31, 2024"],
])("says how long ago %i was", (then, words) => {
  expect(relativeTime(then, now)).toBe(words);
});

test("counts hours, not days, shortly after midnight", () => {
  expect(relativeTime(at(2025, 3, 13, 23), at(2025, 3, 14, 1))).toBe("2 hours ago");
});

test.each([
  [now - 5_000, "gerade eben"],
  [now - 60_000, "vor 1 Minute"],
  [at(2025, 3, 13, 1), "gestern"],
  [at(2025, 3, 7, 15), "7. März"],
  [at(2024, 12, 31, 15), "31. Dez. 2024"],
])("says in German how long ago %i was", (then, words) => {
  speak(german);
  expect(relativeTime(then, now)).toBe(words);
});
