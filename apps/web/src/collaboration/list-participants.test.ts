import { expect, test } from "vitest";
import { listParticipants } from "./list-participants";
import { describePerson } from "./person";

const person = (id: string, name: string) => ({ id, name, onLight: "#1f5fd0", onDark: "#6fa8ff" });
const ada = person("a", "Ada");

test("puts oneself first, the others by name", () => {
  const states = new Map([
    [1, { user: describePerson(person("w", "Wren")) }],
    [2, { user: describePerson(ada) }],
    [3, { user: describePerson(person("g", "Grace")) }],
  ]);
  expect(listParticipants(states, ada, "Guest").map(({ name, self }) => [name, self])).toEqual([
    ["Ada", true],
    ["Grace", false],
    ["Wren", false],
  ]);
});

test("counts a person with two tabs once, and oneself even before awareness knows", () => {
  const grace = describePerson(person("g", "Grace"));
  const states = new Map<number, Record<string, unknown>>([
    [1, { user: grace }],
    [2, { user: grace, cursor: null }],
    [3, {}],
  ]);
  expect(listParticipants(states, ada, "Guest").map(({ name }) => name)).toEqual(["Ada", "Grace"]);
});

test("tells of a person with two tabs what the livelier one says, and takes silence for being here", () => {
  const told = (activity: unknown) => ({ user: describePerson(person("g", "Grace")), activity });
  const activityIn = (...states: Record<string, unknown>[]) =>
    listParticipants(new Map(states.entries()), ada, "Guest")[1]?.activity;
  expect(activityIn(told("typing"), told("away"))).toBe("typing");
  expect(activityIn(told("away"), told("here"))).toBe("here");
  expect(activityIn(told("away"))).toBe("away");
  expect(activityIn(told(undefined))).toBe("here");
});
