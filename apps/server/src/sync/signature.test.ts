import { expect, test } from "vitest";
import { type Person, personIn } from "./person";
import { Signature } from "./signature";

const ada: Person = { id: "1", name: "Ada" };
const grace: Person = { id: "1", name: "Grace" };

test("says nothing of somebody who has not said anything", () => {
  const signature = new Signature();
  expect([signature.due(0), signature.person]).toEqual([undefined, undefined]);
});

test("is due once, and again when the name has changed, but at most once a minute", () => {
  const signature = new Signature();
  signature.identify(ada);
  expect(signature.due(0)).toBe(ada);
  signature.said(ada, 0);
  signature.identify({ ...ada });
  expect(signature.due(60_000)).toBeUndefined();
  signature.identify(grace);
  expect([signature.due(59_999), signature.due(60_000)]).toEqual([undefined, grace]);
  signature.identify(ada);
  expect(signature.due(60_000), "back to what the log knows").toBeUndefined();
});

test("a name that changes while it is being said is due again", () => {
  const signature = new Signature();
  signature.identify(ada);
  signature.identify(grace);
  signature.said(ada, 0);
  expect(signature.due(60_000)).toBe(grace);
});

test.each<[string, unknown, Person | undefined]>([
  ["a person", { user: { id: "7", name: "Ada" }, cursor: null }, { id: "7", name: "Ada" }],
  ["a name alone", { user: { name: " Ada\n\u0000\u2028" } }, { id: undefined, name: "Ada" }],
  ["an ID alone", { user: { id: "7" } }, { id: "7", name: "" }],
  ["a long name", { user: { name: "é".repeat(500) } }, { id: undefined, name: "é".repeat(100) }],
  ["half a character", { user: { name: "A\ud83d" } }, { id: undefined, name: "A" }],
  ["emoji", { user: { name: "😀".repeat(101) } }, { id: undefined, name: "😀".repeat(100) }],
  ["values of other types", { user: { id: 7, name: ["Ada"] } }, undefined],
  ["nothing but spaces", { user: { name: "  " } }, undefined],
  ["no user", { cursor: {} }, undefined],
  ["null", null, undefined],
  ["a text", "user", undefined],
])("believes of a state with %s what is a short line", (_what, state, person) => {
  expect(personIn(state)).toEqual(person);
});
