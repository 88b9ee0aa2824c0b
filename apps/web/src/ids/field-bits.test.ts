import { explain } from "@scriptorium/ids";
import { expect, test } from "vitest";
import { fieldBits } from "./field-bits";

test.each([
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "325000000000000000",
  "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
  "00000000-0000-0000-0000-000000000000",
])("the bits of %s are those of its fields", (id) => {
  const [reading] = explain(id);
  if (reading === undefined) throw new Error("no reading");
  const bits = fieldBits(reading);
  expect(bits).toMatch(new RegExp(`^[01]{${reading.bits}}$`));
  for (const { from, length, value } of reading.fields) {
    const isBinary = value.length === length && /^[01]+$/.test(value);
    expect(BigInt(`0b${bits.slice(from, from + length)}`)).toBe(
      isBinary ? BigInt(`0b${value}`) : BigInt(value),
    );
  }
});

test("a NanoID has six bits for each of its characters", () => {
  const [reading] = explain("us-useandom-26T198340");
  expect(reading && fieldBits(reading)).toMatch(/^000000000001001000000000[01]{102}$/);
});
