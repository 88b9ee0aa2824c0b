import { expect, test } from "vitest";
import { indentStyleOf, indentUnitOf, settingsOf, tabSizeOf } from "./indent-style";

const none = { language: undefined, tabSize: undefined, indentUnit: undefined };

test("is two spaces, and tabs of four columns, where nobody has chosen", () => {
  expect(indentStyleOf(none)).toEqual({ tabs: false, width: 2 });
  expect(indentUnitOf(none)).toBe("  ");
  expect(tabSizeOf(none)).toBe(4);
});

test.each([
  { tabs: true, width: 8 },
  { tabs: false, width: 3 },
])("is what was set: %j", (style) => {
  expect(indentStyleOf({ ...none, ...settingsOf(style) })).toEqual(style);
});

test("leaves the size of tabs alone when spaces are chosen", () => {
  expect(settingsOf({ tabs: false, width: 4 })).toEqual({ indentUnit: "    " });
});
