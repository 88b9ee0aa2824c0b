import { expect, test } from "vitest";
import { basePathOf, withoutBasePath } from "./base-path";

test("without a base URL everything is at the root", () => {
  expect(basePathOf(undefined)).toBe("/");
  expect(basePathOf(new URL("https://write.example"))).toBe("/");
  expect(basePathOf(new URL("https://example.org/team/write/"))).toBe("/team/write/");
});

test.each([
  ["/d/1?x=/write/", "/", "/d/1?x=/write/"],
  ["/write/d/1?x=2", "/write/", "/d/1?x=2"],
  ["/write/", "/write/", "/"],
  ["/write/?query=word", "/write/", "/?query=word"],
  ["/d/1", "/write/", "/d/1"],
  ["/writers/1", "/write/", "/writers/1"],
  ["/write", "/write/", "/write"],
  ["/write/write/", "/write/", "/write/"],
])("%s under %s is %s", (address, basePath, expected) => {
  expect(withoutBasePath(address, basePath)).toBe(expected);
});
