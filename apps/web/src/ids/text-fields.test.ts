import { explain } from "@scriptorium/ids";
import { expect, test } from "vitest";
import { textFields } from "./text-fields";

function fieldsIn(id: string): string {
  const [reading] = explain(id);
  if (reading === undefined) throw new Error(`${id} has no reading`);
  const characters = textFields(reading);
  expect(characters.map(({ character }) => character).join("")).toBe(reading.canonical);
  return characters.map(({ field }) => field ?? "-").join("");
}

test("the first ten characters of a ULID are its time", () => {
  expect(fieldsIn("01ARZ3NDEKTSV4RRFFQ69G5FAV")).toBe(`${"0".repeat(10)}${"1".repeat(16)}`);
});

test("a digit of a UUID belongs to the field of its bits, a hyphen to none", () => {
  expect(fieldsIn("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")).toBe("00000000-0000-1222-4444-444444444444");
});

test("every character of a NanoID is random, hyphens as well", () => {
  expect(fieldsIn("V1StGXR8-Z5jdHi6B-myT")).toBe("0".repeat(21));
});

test("the decimal digits of a Snowflake belong to no field", () => {
  expect(fieldsIn("325000000000000000")).toBe("-".repeat(18));
});
