import { expect, test } from "vitest";
import { summariseEdits } from "./edit-summary";

const ada = { id: "a", name: "Ada" };
const grace = { id: "g", name: "Grace" };

test("tells who edited which line, once", () => {
  const edits = Array.from({ length: 30 }, () => ({ author: ada, line: 12 }));
  expect(summariseEdits(edits)).toBe("Ada edited line 12.");
});

test("tells between which lines somebody edited, and of two people", () => {
  expect(
    summariseEdits([
      { author: ada, line: 14 },
      { author: grace, line: 3 },
      { author: ada, line: 12 },
    ]),
  ).toBe("Ada edited lines 12 to 14. Grace edited line 3.");
});

test("names nobody where it is not known who it was, or where they are many", () => {
  expect(summariseEdits([{ author: undefined, line: 5 }])).toBe("Somebody edited line 5.");
  const many = [ada, grace, undefined].map((author, line) => ({ author, line: line + 1 }));
  expect(summariseEdits(many)).toBe("Several people edited the text.");
});

test("is silent where nothing was edited", () => {
  expect(summariseEdits([])).toBe("");
});
