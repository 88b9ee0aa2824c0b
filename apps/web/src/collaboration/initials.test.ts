import { expect, test } from "vitest";
import { initials } from "./initials";

test.each([
  ["Quiet Heron", "QH"],
  ["ada", "A"],
  ["  Grace  van der  Berg ", "GB"],
  ["🦉 night", "🦉N"],
  ["", "?"],
])("shortens %j to %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
