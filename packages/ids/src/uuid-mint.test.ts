import fc from "fast-check";
import { v1, v1ToV6, v4, v5, validate, version } from "uuid";
import { expect, test } from "vitest";
import { clockReadings, moment, sixteenBytes } from "../test/arbitraries";
import { scriptedClock, scriptedRandom } from "../test/scripted";
import { systemClock, systemRandom } from "./sources";
import { GregorianUuidGenerator, mintUuidV4, mintUuidV5, mintUuidV7, mintUuidV8 } from "./uuid-mint";

test("mints v6 in sort order, without repeats, whatever the clock does", () => {
  fc.assert(
    fc.property(clockReadings, (readings) => {
      const generator = new GregorianUuidGenerator(scriptedClock(readings), systemRandom);
      const minted = readings.map(() => generator.v6());
      expect(minted).toEqual([...new Set(minted)].sort());
    }),
  );
});

test("mints v1 that the uuid package turns into the v6 of the same moment", () => {
  fc.assert(
    fc.property(clockReadings, sixteenBytes, (readings, random) => {
      const source = scriptedRandom([random]);
      const v1s = new GregorianUuidGenerator(scriptedClock(readings), source);
      const v6s = new GregorianUuidGenerator(scriptedClock(readings), source);
      for (const _reading of readings) {
        expect(v1ToV6(v1s.v1())).toBe(v6s.v6());
      }
    }),
  );
});

test("mints the v1 that the uuid package makes of the same time, sequence and node", () => {
  fc.assert(
    fc.property(moment, fc.uint8Array({ minLength: 8, maxLength: 8 }), (msecs, random) => {
      const clockseq = ((random[0] ?? 0) * 256 + (random[1] ?? 0)) & 0x3fff;
      const node = random.slice(2);
      node[0] = (node[0] ?? 0) | 1;
      const generator = new GregorianUuidGenerator(() => msecs, scriptedRandom([random]));
      expect(generator.v1()).toBe(v1({ msecs, nsecs: 0, clockseq, node }));
      expect(generator.v1()).toBe(v1({ msecs, nsecs: 1, clockseq, node }));
    }),
  );
});

test("mints the v4 that the uuid package makes of the same random bytes", () => {
  fc.assert(
    fc.property(sixteenBytes, (random) => {
      expect(mintUuidV4(scriptedRandom([random]))).toBe(v4({ random: random.slice() }));
    }),
  );
});

test("mints what the uuid package finds valid, and of the version asked for", () => {
  const gregorian = new GregorianUuidGenerator(systemClock, systemRandom);
  const minted = [
    gregorian.v1(),
    mintUuidV4(systemRandom),
    gregorian.v6(),
    mintUuidV7(systemClock, systemRandom),
    mintUuidV8(systemRandom),
  ];
  expect(minted.every((text) => validate(text))).toBe(true);
  expect(minted.map((text) => version(text))).toEqual([1, 4, 6, 7, 8]);
});

test("mints the v5 of RFC 9562, appendix A.4", async () => {
  expect(await mintUuidV5(v5.DNS, "www.example.com")).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
});

test("mints the same v5 as the uuid package", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uuid(), fc.string({ unit: "grapheme" }), async (namespace, name) => {
      expect(await mintUuidV5(namespace, name)).toBe(v5(name, namespace));
    }),
  );
});

test("refuses a namespace that is no UUID", async () => {
  await expect(mintUuidV5("example.com", "ada")).rejects.toMatchObject({ code: "BAD_NAMESPACE" });
});
