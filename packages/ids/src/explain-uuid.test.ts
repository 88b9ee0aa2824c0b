import fc from "fast-check";
import { MAX, NIL, v1, v3, v4, v5, v6, v7, validate, version } from "uuid";
import { expect, test } from "vitest";
import { bits, moment } from "../test/arbitraries";
import { explainUuid } from "./explain-uuid";
import type { UuidExplanation } from "./explanation";
import { formatUuid, parseUuid } from "./uuid";

function explained(text: string): UuidExplanation {
  const value = parseUuid(text);
  if (value === undefined) {
    throw new Error(`${text} is no UUID`);
  }
  return explainUuid(value);
}

function written(explanation: UuidExplanation, field: string): string | undefined {
  return explanation.fields.find(({ name }) => name === field)?.value;
}

// RFC 9562, appendices A and B. Its moment is 2022-02-22, 14:22:22 five hours west of Greenwich.
const rfcTime = { ms: 1645557742000, iso: "2022-02-22T19:22:22.000Z" };

test("A.1: reads v1", () => {
  const explanation = explained("C232AB00-9414-11EC-B3C8-9F6BDECED846");
  expect(explanation).toMatchObject({
    version: 1,
    canonical: "c232ab00-9414-11ec-b3c8-9f6bdeced846",
    time: rfcTime,
    sequence: 0x33c8,
    node: "9f:6b:de:ce:d8:46",
    entropyBits: 61,
  });
  expect(explanation.notes.join()).toContain("138648505420000000 ticks");
  expect(written(explanation, "time_low")).toBe("0xc232ab00");
  expect(written(explanation, "time_mid")).toBe("0x9414");
  expect(written(explanation, "time_high")).toBe("0x1ec");
  expect(written(explanation, "variant")).toBe("10");
});

test("A.2: reads v3", () => {
  const explanation = explained("5df41881-3aed-3515-88a7-2f4a814cf09e");
  expect(explanation).toMatchObject({ version: 3, entropyBits: 0 });
  expect(written(explanation, "hash_a")).toBe("0x5df418813aed");
  expect(written(explanation, "hash_b")).toBe("0x515");
  expect(written(explanation, "hash_c")).toBe("0x08a72f4a814cf09e");
});

test("A.3: reads v4", () => {
  const explanation = explained("919108f7-52d1-4320-9bac-f847db4148a8");
  expect(explanation).toMatchObject({ version: 4, entropyBits: 122 });
  expect(written(explanation, "random_a")).toBe("0x919108f752d1");
  expect(written(explanation, "random_b")).toBe("0x320");
  expect(written(explanation, "random_c")).toBe("0x1bacf847db4148a8");
});

test("A.4: reads v5", () => {
  const explanation = explained("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  expect(explanation).toMatchObject({ version: 5, entropyBits: 0 });
  expect(written(explanation, "hash_a")).toBe("0x2ed6657de927");
  expect(written(explanation, "hash_b")).toBe("0x68b");
  expect(written(explanation, "hash_c")).toBe("0x15e12665a8aea6a2");
});

test("A.5: reads v6", () => {
  const explanation = explained("1EC9414C-232A-6B00-B3C8-9F6BDECED846");
  expect(explanation).toMatchObject({
    version: 6,
    time: rfcTime,
    sequence: 0x33c8,
    node: "9f:6b:de:ce:d8:46",
  });
  expect(explanation.notes.join()).toContain("138648505420000000 ticks");
  expect(written(explanation, "time_high")).toBe("0x1ec9414c");
  expect(written(explanation, "time_mid")).toBe("0x232a");
  expect(written(explanation, "time_low")).toBe("0xb00");
});

test("A.6: reads v7", () => {
  const explanation = explained("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
  expect(explanation).toMatchObject({ version: 7, time: rfcTime, entropyBits: 74 });
  expect(written(explanation, "unix_ts_ms")).toBe(String(0x017f22e279b0));
  expect(written(explanation, "rand_a")).toBe("0xcc3");
  expect(written(explanation, "rand_b")).toBe("0x18c4dc0c0c07398f");
});

test("B.1 and B.2: read v8", () => {
  const byTime = explained("2489E9AD-2EE2-8E00-8EC9-32D5F69181C0");
  expect(byTime).toMatchObject({ version: 8, entropyBits: 0 });
  expect(written(byTime, "custom_a")).toBe("0x2489e9ad2ee2");
  expect(written(byTime, "custom_b")).toBe("0xe00");
  expect(written(byTime, "custom_c")).toBe("0x0ec932d5f69181c0");
  expect(explained("5c146b14-3c52-8afd-938a-375d0df1fbf6")).toMatchObject({ version: 8 });
});

test("reads v2: a local account and a time without its low bits", () => {
  const explanation = explained("000003e8-9414-21ec-b301-9e6bdeced846");
  expect(explanation).toMatchObject({
    version: 2,
    localId: 1000,
    localDomain: 1,
    sequence: 0x33,
    node: "9e:6b:de:ce:d8:46",
    entropyBits: 6,
  });
  // The v1 of the same high bits, its low ones 0: within 430 seconds before A.1's moment.
  const time = { iso: "2022-02-22T19:16:56.189Z" };
  expect(explanation).toMatchObject({ time });
  expect(explained("00000000-9414-11ec-b301-9e6bdeced846")).toMatchObject({ version: 1, time });
});

test("tells a network card's address from a made-up node", () => {
  const card = explained("c232ab00-9414-11ec-b3c8-9e6bdeced846");
  const madeUp = explained("c232ab00-9414-11ec-b3c8-9f6bdeced846");
  expect(card.fields.at(-1)?.meaning).toContain("network card of the machine");
  expect(madeUp.fields.at(-1)?.meaning).toContain("random");
  expect(card.entropyBits).toBe(14);
});

test("reads nil and max as the constants they are", () => {
  expect(explained(NIL)).toMatchObject({ version: "nil", entropyBits: 0 });
  expect(explained(MAX)).toMatchObject({ version: "max", entropyBits: 0 });
});

test.each([
  ["0", "0", 1],
  ["7", "0", 1],
  ["c", "110", 3],
  ["d", "110", 3],
  ["e", "111", 3],
  ["f", "111", 3],
])(
  "reads no version where octet 8 begins with %s: the variant is not the RFC's",
  (digit, variant, length) => {
    const explanation = explained(`c232ab00-9414-41ec-${digit}3c8-9f6bdeced846`);
    expect(explanation.version).toBe("unknown");
    expect(explanation.fields.find(({ name }) => name === "variant")).toMatchObject({
      from: 64,
      length,
      value: variant,
    });
  },
);

test.each(["0", "9", "a", "f"])("reads version digit %s as not defined", (digit) => {
  const explanation = explained(`c232ab00-9414-${digit}1ec-b3c8-9f6bdeced846`);
  expect(explanation.version).toBe("unknown");
  expect(explanation.notes.join()).toContain(`this says ${Number.parseInt(digit, 16)}`);
});

test("agrees with the uuid package on version and validity of any bits", () => {
  fc.assert(
    fc.property(bits(128), fc.nat(15), (random, digit) => {
      const rfcShaped =
        BigInt.asUintN(62, random) | (0b10n << 62n) | (BigInt(digit) << 76n) | ((random >> 80n) << 80n);
      const text = formatUuid(rfcShaped);
      const explanation = explainUuid(rfcShaped);
      expect(explanation.version).toBe(validate(text) ? version(text) : "unknown");
    }),
  );
});

test("reads the version that the uuid package minted", () => {
  const minted = [v1(), v3("ada", v3.DNS), v4(), v5("ada", v5.DNS), v6(), v7()];
  expect(minted.map((text) => explained(text).version)).toEqual([1, 3, 4, 5, 6, 7]);
});

test("reads the time, sequence and node that the uuid package was given", () => {
  const octets = fc.uint8Array({ minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(moment, fc.nat(9999), fc.nat(0x3fff), octets, (msecs, nsecs, clockseq, node) => {
      const said = {
        time: { ms: msecs, iso: new Date(msecs).toISOString() },
        sequence: clockseq,
        node: Array.from(node, (octet) => octet.toString(16).padStart(2, "0")).join(":"),
      };
      const options = { msecs, nsecs, clockseq, node };
      expect(explained(v1(options))).toMatchObject({ version: 1, ...said });
      expect(explained(v6(options))).toMatchObject({ version: 6, ...said });
      expect(explained(v7({ msecs }))).toMatchObject({ version: 7, time: said.time });
    }),
  );
});

test("dates the first and the last v1 of all", () => {
  expect(explained("00000000-0000-1000-8000-000000000000")).toMatchObject({
    time: { iso: "1582-10-15T00:00:00.000Z" },
  });
  expect(explained("ffffffff-ffff-1fff-8000-000000000000")).toMatchObject({
    time: { iso: "5236-03-31T21:21:00.684Z" },
  });
});
