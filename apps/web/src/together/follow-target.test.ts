import { expect, test } from "vitest";
import { followTarget } from "./follow-target";

const hundredFit = (from: number, to: number) => to - from <= 100;

test("shows what they see", () => {
  expect(followTarget({ shown: { from: 500, to: 900 }, caret: 550 }, hundredFit)).toEqual({
    kind: "top",
    position: 500,
  });
});

test("shows their caret where the window is too small for all that they see", () => {
  expect(followTarget({ shown: { from: 500, to: 900 }, caret: 800 }, hundredFit)).toEqual({
    kind: "caret",
    position: 800,
  });
});

test("leaves a caret alone from which they have scrolled away", () => {
  const target = { kind: "top", position: 500 };
  expect(followTarget({ shown: { from: 500, to: 900 }, caret: 10 }, hundredFit)).toEqual(target);
  expect(followTarget({ shown: { from: 500, to: 900 }, caret: 2000 }, hundredFit)).toEqual(target);
});

test("follows the caret of a client that tells nothing more, and nothing of one without a caret", () => {
  expect(followTarget({ shown: undefined, caret: 7 }, hundredFit)).toEqual({ kind: "caret", position: 7 });
  expect(followTarget({ shown: undefined, caret: undefined }, hundredFit)).toBeUndefined();
});
