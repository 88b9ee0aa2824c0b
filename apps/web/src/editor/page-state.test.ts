import { expect, test } from "vitest";
import { pageState } from "./page-state";

const closed = (code: number) => ({ state: "closed", edits: 0, code, reason: "" }) as const;

test("shows a text that is on this device, whatever the server says", () => {
  expect(pageState({ ready: true, outage: closed(4404), unknownToApi: true })).toBe("writing");
  expect(pageState({ ready: true, outage: { state: "offline" }, unknownToApi: false })).toBe("writing");
});

test("says why there is no text", () => {
  const page = (outage: Parameters<typeof pageState>[0]["outage"], unknownToApi = false) =>
    pageState({ ready: false, outage, unknownToApi });
  expect(page(undefined)).toBe("loading");
  expect(page(undefined, true)).toBe("missing");
  expect(page(closed(4404))).toBe("missing");
  expect(page(closed(4410))).toBe("deleted");
  expect(page(closed(4403))).toBe("refused");
  expect(page(closed(4409))).toBe("loading");
  expect(page({ state: "offline" })).toBe("unreachable");
});
