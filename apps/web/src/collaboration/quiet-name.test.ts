import { expect, test } from "vitest";
import { quietName } from "./quiet-name";

test("makes two words from two draws", () => {
  const draws = [13 / 16, 6 / 16];
  expect(quietName(() => draws.shift() ?? 0)).toBe("Quiet Heron");
});

test("has a name at both ends of the range", () => {
  expect(quietName(() => 0)).toBe("Amber Bittern");
  expect(quietName(() => 0.999999)).toBe("Wry Wren");
});
