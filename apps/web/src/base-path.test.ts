// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  document.head.replaceChildren();
  history.replaceState(null, "", "/");
});

/** The module as a page loads it that the server has written `basePath` into. */
async function loadUnder(basePath: string | undefined) {
  vi.resetModules();
  if (basePath !== undefined) {
    const meta = document.createElement("meta");
    meta.name = "base-path";
    meta.content = basePath;
    document.head.append(meta);
  }
  return import("./base-path");
}

test("a page that names no path is at the root", async () => {
  const { basePath, underBase, pagePath } = await loadUnder(undefined);
  history.replaceState(null, "", "/d/1?a=b");
  expect(basePath).toBe("/");
  expect(underBase("/api/v1/ids")).toBe("/api/v1/ids");
  expect(pagePath()).toBe("/d/1");
});

test.each([
  ["/write/d/1", "/d/1"],
  ["/write/", "/"],
  ["/write", "/"],
])("under /write/ the page at %s is %s", async (pathname, page) => {
  const { underBase, pagePath } = await loadUnder("/write/");
  history.replaceState(null, "", pathname);
  expect(underBase("/ws")).toBe("/write/ws");
  expect(pagePath()).toBe(page);
});
