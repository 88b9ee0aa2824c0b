import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";

const ulid = fc
  .array(fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"), { minLength: 26, maxLength: 26 })
  .map((characters) => characters.join(""));

test("reads back every cursor it gave out, safe in a URL", () => {
  fc.assert(
    fc.property(fc.nat({ max: 8_640_000_000_000_000 }), ulid, (updatedMs, id) => {
      const cursor = encodeCursor({ updatedMs, id });
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeCursor(cursor)).toEqual({ updatedMs, id });
    }),
  );
});

const encoded = (text: string) => Buffer.from(text).toString("base64url");

test.each([
  ["nothing", ""],
  ["what is no base64url", "%%%"],
  ["a cursor without an ID", encoded("1700000000000.")],
  ["a cursor without a time", encoded(".01HZY0000000000000000000AB")],
  ["a negative time", encoded("-5.01HZY0000000000000000000AB")],
  ["an ID that is too long", encoded("5.01HZY0000000000000000000ABC")],
  ["more after the ID", encoded("5.01HZY0000000000000000000AB\n")],
])("answers %s with 400", (_what, cursor) => {
  expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ name: "Problem", status: 400 }));
});

test("answers arbitrary text with a cursor or with 400, nothing else", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(decodeCursor(text).id).toHaveLength(26);
      } catch (error) {
        expect(error).toMatchObject({ name: "Problem", status: 400 });
      }
    }),
  );
});
