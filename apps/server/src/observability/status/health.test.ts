import { expect, test } from "vitest";
import { checkHealth, type HealthFacts } from "./health";

const GiB = 1024 ** 3;
const well: HealthFacts = {
  log: "open",
  projectionsStand: false,
  projectionsLagSeconds: 0.4,
  searchLagSeconds: 20,
  damagedDocuments: 0,
  diskFreeBytes: 50 * GiB,
  diskSizeBytes: 100 * GiB,
  eventLoopLagSeconds: 0.01,
  backup: undefined,
};
const hour = 3600;

function wrongWith(facts: Partial<HealthFacts>): string[] {
  return checkHealth({ ...well, ...facts }).flatMap(({ name, state }) =>
    state === "good" ? [] : [`${name} ${state}`],
  );
}

test("finds nothing wrong where nothing is", () => {
  expect(wrongWith({})).toEqual([]);
  expect(checkHealth(well)).toHaveLength(6);
  const backup = { isFailing: false, ageSeconds: 25 * hour, everySeconds: 24 * hour };
  expect(wrongWith({ backup })).toEqual([]);
  expect(checkHealth({ ...well, backup })).toHaveLength(7);
});

test.each<[Partial<HealthFacts>, string]>([
  [{ log: "full" }, "log bad"],
  [{ log: "failed" }, "log bad"],
  [{ diskFreeBytes: 4 * GiB }, "disk warning"],
  [{ diskFreeBytes: 0.2 * GiB }, "disk bad"],
  [{ diskFreeBytes: 0.5 * GiB, diskSizeBytes: 20 * GiB }, "disk warning"],
  [{ projectionsLagSeconds: 11 }, "projections warning"],
  [{ projectionsStand: true }, "projections bad"],
  [{ damagedDocuments: 1 }, "damage warning"],
  [{ searchLagSeconds: 301 }, "search warning"],
  [{ eventLoopLagSeconds: 0.2 }, "eventLoop warning"],
  [{ backup: { isFailing: true, ageSeconds: hour, everySeconds: 24 * hour } }, "backup warning"],
  [{ backup: { isFailing: false, ageSeconds: 49 * hour, everySeconds: 24 * hour } }, "backup warning"],
])("of %j says: %s", (facts, found) => {
  expect(wrongWith(facts)).toEqual([found]);
});

test("takes a small disk that is nearly empty for a good one", () => {
  expect(wrongWith({ diskSizeBytes: 2 * GiB, diskFreeBytes: 1.5 * GiB })).toEqual([]);
});
