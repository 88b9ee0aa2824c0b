import fc from "fast-check";
import { parse, stringify, v4, validate } from "uuid";
import { expect, test } from "vitest";
import { bits, sixteenBytes } from "../test/arbitraries";
import { bytesToBigInt } from "./bytes";
import { formatUuid, parseUuid } from "./uuid";

const example = "919108f7-52d1-4320-9bac-f847db4148a8";
const exampleBits = 0x919108f752d143209bacf847db4148a8n;

test.each([
  example,
  example.toUpperCase(),
  `{${example}}`,
  `urn:uuid:${example}`,
  `URN:UUID:${example.toUpperCase()}`,
  example.replaceAll("-", ""),
])("reads the form %s", (text) => {
  expect(parseUuid(text)).toBe(exampleBits);
});

test.each([
  "",
  example.slice(1),
  `${example}0`,
  ` ${example}`,
  `${example}\n`,
  `{${example}`,
  `${example}}`,
  `urn:uuid:{${example}}`,
  `urn:${example}`,
  example.replace("-", ""),
  example.replaceAll("-", "_"),
  example.replace("f", "g"),
])("refuses %j", (text) => {
  expect(parseUuid(text)).toBeUndefined();
});

test("reads back every 128 bits", () => {
  fc.assert(
    fc.property(bits(128), (value) => {
      expect(parseUuid(formatUuid(value))).toBe(value);
    }),
  );
});

test("reads and writes as the uuid package does", () => {
  fc.assert(
    fc.property(sixteenBytes, (random) => {
      const text = v4({ random });
      expect(validate(text)).toBe(true);
      const value = bytesToBigInt(parse(text));
      expect(parseUuid(text)).toBe(value);
      expect(formatUuid(value)).toBe(stringify(parse(text)));
    }),
  );
});
