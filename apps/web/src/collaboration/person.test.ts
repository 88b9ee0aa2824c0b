import { expect, test } from "vitest";
import { colourOf } from "./colour-of";
import { describePerson, readPerson } from "./person";

const ada = { id: "a1", name: "Ada", onLight: "#1f5fd0", onDark: "#6fa8ff" };

test("reads back what it tells", () => {
  expect(readPerson(describePerson(ada), 7, "Guest")).toEqual(ada);
});

test("takes the one colour of a stock client for both themes", () => {
  expect(readPerson({ name: "Grace", color: "#30bced" }, 7, "Guest")).toEqual({
    id: "client-7",
    name: "Grace",
    onLight: "#30bced",
    onDark: "#30bced",
  });
});

test.each([undefined, "x", { name: 7 }, { name: "Eve", color: "red; background: url(//x)" }])(
  "believes nothing of %j",
  (user) => {
    const { onLight, onDark } = colourOf("client-7");
    expect(readPerson(user, 7, "Guest")).toEqual({ id: "client-7", name: "Guest", onLight, onDark });
  },
);

test("cuts an endless name", () => {
  expect(readPerson({ name: "x".repeat(1000) }, 7, "Guest").name).toHaveLength(40);
});
