import { expect, test } from "vitest";
import { Roster } from "./roster";

const ada = ["a", "Ada"] as const;
const grace = ["g", "Grace"] as const;
const people = (...entries: (readonly [string, string])[]) => new Map(entries);

test("says nothing of those who were there before", () => {
  const roster = new Roster();
  expect(roster.observe(people(ada, grace), true, 0).joined).toEqual([]);
  expect(roster.observe(people(ada, grace), true, 9000)).toEqual({ joined: [], left: [] });
});

test("takes those whom it hears of while it comes in itself for having been there", () => {
  const roster = new Roster();
  roster.observe(people(), false, 0);
  roster.observe(people(), true, 1000);
  expect(roster.observe(people(ada), true, 2500).joined).toEqual([]);
  expect(roster.observe(people(ada, grace), true, 3000).joined).toEqual(["Grace"]);
});

test("tells who comes at once, and who leaves when they stay away", () => {
  const roster = new Roster();
  roster.observe(people(), true, 0);
  expect(roster.observe(people(ada), true, 5000).joined).toEqual(["Ada"]);
  const gone = roster.observe(people(), true, 6000);
  expect(gone).toEqual({ joined: [], left: [], lookAgainAtMs: 10_000 });
  expect(roster.observe(people(), true, 10_000).left).toEqual([{ id: "a", name: "Ada" }]);
  expect(roster.observe(people(), true, 11_000).left).toEqual([]);
});

test("says nothing of somebody who loads the page again, or takes another name", () => {
  const roster = new Roster();
  roster.observe(people(ada), true, 0);
  roster.observe(people(), true, 1000);
  expect(roster.observe(people(["a", "Ada L"]), true, 2000).joined).toEqual([]);
  expect(roster.observe(people(["a", "Ada L"]), true, 20_000)).toEqual({ joined: [], left: [] });
});

test("says nothing while one is cut off oneself, and gives the others time to come back", () => {
  const roster = new Roster();
  roster.observe(people(ada, grace), true, 0);
  expect(roster.observe(people(), false, 1000)).toEqual({ joined: [], left: [] });
  expect(roster.observe(people(), true, 60_000)).toMatchObject({ left: [], lookAgainAtMs: 64_000 });
  expect(roster.observe(people(ada), true, 61_000).joined).toEqual([]);
  expect(roster.observe(people(ada), true, 64_000).left).toEqual([{ id: "g", name: "Grace" }]);
});
